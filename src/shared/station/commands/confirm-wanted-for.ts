import { measuredCategory } from '../../domain/catalogue/measured-category.ts'
import type { CommandEffect } from '../decision.ts'
import type { ReadTx } from '../store.ts'
import type { CommandOf } from './command.ts'

/** ORD-6: customer service confirms the wanted measure from the orders screen. */
export async function confirmWantedFor(
  tx: ReadTx,
  command: CommandOf<'ConfirmWanted'>,
): Promise<CommandEffect> {
  const { orderId, lineNo, measureMm } = command
  const order = await tx.get('orders', orderId)
  const line = order?.platform?.lines.find((candidate) => candidate.lineNo === lineNo)
  const sku = line ? await tx.get('skus', line.skuCode) : undefined
  const range = measuredCategory(sku?.category ?? '')
  if (!line || !range) return { answer: { tag: 'notMeasured' } }
  if (measureMm < range.minMm || measureMm > range.maxMm)
    return {
      answer: { tag: 'measureOutOfRange', params: { measureMm, minMm: range.minMm, maxMm: range.maxMm } },
    }
  return {
    answer: { tag: 'done' },
    events: [
      {
        type: 'WantedMeasureConfirmed',
        movements: [],
        entities: [`order:${orderId}`],
        body: { orderId, lineNo, measureMm },
      },
    ],
  }
}
