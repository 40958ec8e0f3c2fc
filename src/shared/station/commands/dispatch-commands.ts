import { measuredCategory } from '../../domain/catalogue/measured-category.ts'
import { COURIER_RULES, CourierTableSchema } from '../../domain/shipping/choose-courier-table.ts'
import { lastChoice } from '../areas/courier-for.ts'
import { ordersOfParcel } from '../areas/parcel-orders.ts'
import type { CommandEffect, DecideContext } from '../decision.ts'
import type { ReadTx } from '../store.ts'
import type { CommandOf } from './command.ts'
import { refuseBusy } from './refuse-busy.ts'

/** ORD-7: a table of rules that nobody could read is not saved; null when nothing is wrong. */
export function refuseCourierRules(settings: Readonly<Record<string, unknown>>): CommandEffect | null {
  if (!(COURIER_RULES in settings)) return null
  const isRead = CourierTableSchema.safeParse(settings[COURIER_RULES]).success
  return isRead ? null : { answer: { tag: 'courierRulesFaulty' } }
}

/** ORD-7: a person chooses the courier of an order's parcel, with a reason; '' gives it back to the rules. */
export async function chooseCourierOf(
  tx: ReadTx,
  command: CommandOf<'ChooseCourier'>,
  context: DecideContext,
): Promise<CommandEffect> {
  const { orderId, courier, reason } = command
  const order = await tx.get('orders', orderId)
  if (!order) return { answer: { tag: 'gone' } }
  const busy = await refuseBusy(tx, [order], context)
  if (busy) return busy
  const standing = lastChoice(await ordersOfParcel(tx, order))
  if ((standing?.courier ?? '') === courier) return { answer: { tag: 'unchanged' } }
  if (courier !== '' && reason.trim() === '') return { answer: { tag: 'reasonWanted' } }
  return {
    answer: { tag: 'done' },
    events: [
      {
        type: 'CourierChosen',
        movements: [],
        entities: [`order:${orderId}`],
        body: { orderId, courier, reason: reason.trim() },
      },
    ],
  }
}

/**
 * ORD-8: the extras of an order as they shall be. Only goods that are counted: a measured piece is asked for by its
 * measure and is no extra (`measured`); goods that the catalogue lacks are `unknownSku`.
 */
export async function setExtras(
  tx: ReadTx,
  command: CommandOf<'SetExtras'>,
  context: DecideContext,
): Promise<CommandEffect> {
  const { orderId } = command
  const order = await tx.get('orders', orderId)
  if (!order) return { answer: { tag: 'gone' } }
  const busy = await refuseBusy(tx, [order], context)
  if (busy) return busy
  const lines = summed(command.lines)
  const skus = await tx.getMany(
    'skus',
    lines.map((line) => line.skuCode),
  )
  for (const [index, { skuCode }] of lines.entries()) {
    const sku = skus[index]
    if (!sku?.stamp) return { answer: { tag: 'unknownSku', params: { skuCode } } }
    if (measuredCategory(sku.category)) return { answer: { tag: 'measured', params: { skuCode } } }
  }
  return {
    answer: { tag: 'done' },
    events: [{ type: 'ExtrasSet', movements: [], entities: [`order:${orderId}`], body: { orderId, lines } }],
  }
}

/** One line for each SKU. */
function summed(lines: CommandOf<'SetExtras'>['lines']): { skuCode: string; quantity: number }[] {
  const bySku = new Map<string, number>()
  for (const { skuCode, quantity } of lines) bySku.set(skuCode, (bySku.get(skuCode) ?? 0) + quantity)
  return [...bySku].map(([skuCode, quantity]) => ({ skuCode, quantity }))
}
