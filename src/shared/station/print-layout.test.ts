import { describe, expect, it } from 'vitest'
import { builtInLayout } from '../labels/built-in-layouts.ts'
import type { LabelDocument, SkuDocument } from '../labels/label-document.ts'
import { layoutChoiceSetting, layoutSetting } from '../labels/label-layout.ts'
import { chosenLayout } from './print-layout.ts'
import { createTestStation } from './test-station.ts'

const waybill = (courierCode: string): LabelDocument => ({
  kind: 'waybill',
  courierCode,
  courierName: '',
  waybillNumber: '1',
  sortCode: '',
  destination: '',
  recipient: { name: '', phone: '', address: '' },
  sender: { name: '', phone: '', address: '' },
  orderNumbers: [],
  items: [],
  pieceCount: 0,
  weightGrams: null,
  packerName: '',
  printedAt: '',
  copy: 0,
  sample: false,
})
const sku: SkuDocument = { kind: 'sku', code: 'A', name: '', colour: '', size: '', skuCode: 'A' }

/** The layouts used for the documents under these settings. */
async function layoutsUnder(settings: Record<string, unknown>, ...documents: LabelDocument[]) {
  const station = await createTestStation()
  await station.run({ type: 'SaveSettings', settings })
  const layouts = await station.store.read(['settings'], (tx) =>
    Promise.all(documents.map((document) => chosenLayout(tx, document))),
  )
  return layouts.map((layout) => layout && `${layout.layoutId} v${layout.version}`)
}

describe('the layout of a print', () => {
  it('LBL-1 comes as it is while nobody chose or changed one', async () => {
    expect(await layoutsUnder({}, waybill('STO'), sku)).toEqual([null, null])
  })

  it('LBL-1 the courier’s own choice goes before the one for all, changed or as it came', async () => {
    const changed = { ...builtInLayout('waybill-76x130'), version: 4 }
    const settings = {
      [layoutChoiceSetting('waybill')]: 'waybill-100x150',
      [layoutChoiceSetting('waybill', 'SF')]: 'waybill-76x130',
      [layoutSetting('waybill-76x130')]: changed,
    }
    expect(await layoutsUnder(settings, waybill('STO'), waybill('SF'))).toEqual([
      'waybill-100x150 v0',
      'waybill-76x130 v4',
    ])
  })

  it('LBL-1 the usual layout counts as changed without a choice', async () => {
    const settings = {
      [layoutSetting('waybill-100x180')]: { ...builtInLayout('waybill-100x180'), version: 1 },
    }
    expect(await layoutsUnder(settings, waybill('STO'))).toEqual(['waybill-100x180 v1'])
  })

  it('RCV-4 the tag of a measured piece keeps its measure whatever was chosen for plain labels', async () => {
    const measured: SkuDocument = { ...sku, measure: { name: '腰围', millimetres: 772 } }
    const settings = { [layoutChoiceSetting('sku')]: 'sku-50x30' }
    expect(await layoutsUnder(settings, sku, measured)).toEqual(['sku-50x30 v0', null])
  })

  it('LBL-1 a layout that cannot be read or is of another kind is not used', async () => {
    const broken = { [layoutSetting('waybill-100x180')]: { format: 99 } }
    expect(await layoutsUnder(broken, waybill('STO'))).toEqual([null])
    expect(await layoutsUnder({ [layoutChoiceSetting('waybill')]: 'bin-100x50' }, waybill('STO'))).toEqual([
      null,
    ])
  })
})
