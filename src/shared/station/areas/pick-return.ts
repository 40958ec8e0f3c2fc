import { type Answer, type Choice, right, stop } from '../../domain/answer.ts'
import { binsInWords } from '../../domain/picking/decide-short.ts'
import type { Movement } from '../../ledger/movement.ts'
import { binOfPlace, cartPlace, DOCK } from '../../ledger/place.ts'
import type { DecideContext, Decision } from '../decision.ts'
import type { StationEvent } from '../event-types.ts'
import type { ReadTx } from '../store.ts'
import type { BalanceRow, MovementRow, OrderRow } from '../tables.ts'
import { refuseLeased } from './order-lease.ts'
import { ordersInWork } from './pick-slots.ts'
import { numberOf } from './pick-stops.ts'

const RETURN_CHOICES: readonly Choice[] = [{ tag: 'returnPieces' }, { tag: 'leavePieces' }]

/**
 * Pieces of an order stand in its cart or slot: they may be put back (ORD-2, PIK-3). `refusal`: why the order does not go
 * on; null when somebody only asked what stands there.
 */
export function offerReturn(order: OrderRow, refusal: Answer | null): Decision {
  const number = numberOf(order)
  const asked = stop('piecesStand', 'PIK-3', { params: { number }, next: 'returnOrLeave' })
  const { verdict: _verdict, reason, rule, params } = refusal ?? asked
  return {
    answer: stop(reason, rule, {
      params: { ...params, number },
      choices: RETURN_CHOICES,
      next: 'returnOrLeave',
    }),
    question: { about: 'returnPieces', choices: RETURN_CHOICES, params: { orderId: order.orderId } },
  }
}

/** PIK-3: everything in the order's cart goes back into the bins that it was picked from. */
export async function returnPieces(tx: ReadTx, orderId: string, context: DecideContext): Promise<Decision> {
  const [order, lease] = await Promise.all([tx.get('orders', orderId), tx.get('leases', orderId)])
  const number = order ? numberOf(order) : orderId
  const elsewhere = refuseLeased([lease], number, context)
  if (elsewhere) return { answer: elsewhere }
  const rows = (await tx.where('balances', 'place', cartPlace(orderId))).filter((row) => row.quantity > 0)
  if (rows.length === 0 || (await ordersInWork(tx)).has(orderId))
    return { answer: stop('taskOpen', 'PIK-3', { params: { open: number }, next: 'finishOrHold' }) }
  const picks = await tx.where('movements', 'entities', `order:${orderId}`)
  const movements = rows.map((row) => backTo(row, picks))
  const event: StationEvent = {
    type: 'PiecesReturned',
    movements,
    entities: [`order:${orderId}`],
    body: {
      orderId,
      pieces: movements.map(({ skuCode, measureMm, quantity, to }) => ({ skuCode, measureMm, quantity, to })),
    },
  }
  const bins = binsInWords(
    movements.map(({ to, quantity }) => ({ binCode: binOfPlace(to) ?? '—', quantity })),
  )
  return {
    answer: right('piecesReturned', 'PIK-3', {
      params: { number },
      next: 'putPiecesBack',
      nextParams: { bins },
    }),
    events: [event],
  }
}

/** Where the pieces came from; to the dock, to be put away anew, when nobody knows. */
function backTo(row: BalanceRow, picks: readonly MovementRow[]): Movement {
  const { skuCode, batch, expiresOn, measureMm, condition, quantity, place } = row
  const from = picks
    .filter((pick) => pick.to === place && pick.skuCode === skuCode && pick.measureMm === measureMm)
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    .at(-1)
  const to = from && binOfPlace(from.from) !== null ? from.from : DOCK
  return { skuCode, batch, expiresOn, measureMm, condition, quantity, from: place, to }
}
