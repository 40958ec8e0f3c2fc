import { shortKey } from '../../domain/picking/shorts.ts'
import type { StationEvent } from '../event-types.ts'
import type { ReadTx } from '../store.ts'

/** PIK-3: goods put into a bin whose stock of them was doubted: somebody stands before it and sees what is there. */
export async function liftedByPutaway(
  tx: ReadTx,
  goods: { readonly binCode: string; readonly skuCode: string; readonly measureMm: number | null },
): Promise<StationEvent[]> {
  const { binCode, skuCode, measureMm } = goods
  const row = await tx.get('shorts', shortKey(goods))
  if (row?.state !== 'doubted') return []
  const body = { binCode, skuCode, measureMm, why: 'goodsPut' as const }
  return [{ type: 'ShortLifted', movements: [], entities: [`sku:${skuCode}`, `bin:${binCode}`], body }]
}
