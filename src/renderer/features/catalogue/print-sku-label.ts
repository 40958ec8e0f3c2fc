import type { SkuDocument } from '../../../shared/labels/label-document.ts'
import type { SkuRow } from '../../../shared/station/tables.ts'
import type { StationApp } from '../../app/station-app.ts'

/** The label of an SKU under a code that a barcode can hold (RCV-8). */
export function skuLabel(sku: SkuRow, code: string): SkuDocument {
  const { name, colour, size, display } = sku
  return { kind: 'sku', code, name, colour, size, skuCode: display }
}

/** Gives the SKU a house code if it has none that can be printed, and prints its label; answers the code or null. */
export async function printSkuLabel(station: StationApp, sku: SkuRow): Promise<string | null> {
  const { answer } = await station.run({ type: 'AssignHouseCode', skuCode: sku.code })
  const code = answer.params?.code
  if (typeof code !== 'string') return null
  await station.run({
    type: 'PrintPaper',
    jobId: `sku-${station.env.newId()}`,
    document: skuLabel(sku, code),
    subject: sku.code,
    reason: '',
  })
  return code
}
