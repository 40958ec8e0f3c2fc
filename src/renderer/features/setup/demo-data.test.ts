import { describe, expect, it } from 'vitest'
import { isGtin } from '../../../shared/formats/gtin.ts'
import { TABLE_NAMES } from '../../../shared/station/tables.ts'
import { createTestStation } from '../../../shared/station/test-station.ts'
import { demoBins } from './demo-bins.ts'
import { loadDemoData } from './demo-data.ts'
import { demoSkus } from './demo-goods.ts'
import { demoDemand } from './demo-orders.ts'

describe('demo data', () => {
  it('CAT-1 SKUs are unique and their barcodes pass the check digit', () => {
    const skus = demoSkus()
    expect(skus).toHaveLength(60)
    expect(new Set(skus.map((sku) => sku.code)).size).toBe(60)
    for (const sku of skus) expect(sku.barcodes.every(isGtin)).toBe(true)
  })

  it('orders want only goods that the catalogue has', () => {
    const known = new Set(demoSkus().map((sku) => sku.code))
    expect([...demoDemand().keys()].filter((code) => !known.has(code))).toEqual([])
  })

  it('PUT-1 there are 80 bins, one code each', () => {
    expect(new Set(demoBins().map((bin) => bin.code)).size).toBe(80)
  })

  it('ORD-1 loads through the station; goods loaded again are unchanged', async () => {
    const station = await createTestStation()
    await loadDemoData(station)
    const again = await station.run({ type: 'ImportSkus', file: 'demo', skus: demoSkus() })
    expect(again.answer.counts).toEqual({ accepted: 0, unchanged: 60 })
    const [open, closed, numbers, notice, short] = await station.store.read(TABLE_NAMES, async (tx) => [
      await tx.range('orders', '[queue+deadlineAt]', { from: ['open', 0], to: ['open', 9e15] }),
      await tx.range('orders', '[queue+deadlineAt]', { from: ['closed', 0], to: ['closed', 9e15] }),
      await tx.range('waybills', 'number', { from: '773090', to: '773091' }),
      await tx.get('notices', 'PO-DEMO-0001'),
      await tx.where('readiness', 'state', 'measureWanted'),
    ])
    expect([open?.length, closed?.length, numbers?.length]).toEqual([23, 2, 200])
    expect(notice).toMatchObject({ supplier: '台州久久制衣' })
    // Three jeans orders wait for a waist.
    expect(short).toHaveLength(3)
  })
})
