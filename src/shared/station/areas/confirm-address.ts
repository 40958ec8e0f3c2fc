import { type Answer, ask, type Choice, right } from '../../domain/answer.ts'
import type { Question } from '../../domain/task.ts'
import type { Decision } from '../decision.ts'
import type { StationEvent } from '../event-types.ts'
import type { ReadTx } from '../store.ts'
import type { OrderRow } from '../tables.ts'

const ADDRESS_CHOICES: readonly Choice[] = [{ tag: 'addressRight' }, { tag: 'holdForAddress' }]

/** What stands in the journal as the reason of a hold that the bench asked for; the screens put it into words. */
export const ADDRESS_DOUBTED = 'addressDoubted'

/** ORD-5: the address is in doubt; somebody has asked the buyer, or it is put aside for customer service. */
export function askAddress(order: OrderRow): { readonly answer: Answer; readonly question: Question } {
  const { platform } = order
  const params = {
    number: platform?.number ?? order.orderId,
    doubts: (platform?.doubts ?? []).join(' '),
  }
  return {
    answer: ask('addressWanted', 'ORD-5', { params, choices: ADDRESS_CHOICES, next: 'askAddress' }),
    question: { about: 'addressWanted', choices: ADDRESS_CHOICES, params: { orderId: order.orderId } },
  }
}

/** `ANS-n` to that question, at picking as at packing; with the person and time of the scan. */
export async function answerAddress(tx: ReadTx, question: Question, tag: string): Promise<Decision | null> {
  const order = await tx.get('orders', String(question.params.orderId ?? ''))
  if (!order?.platform) return null
  const { orderId } = order
  const params = { number: order.platform.number }
  const entities = [`order:${orderId}`]
  if (tag === 'holdForAddress') {
    const body = { orderId, held: true, reason: ADDRESS_DOUBTED }
    const held: StationEvent = { type: 'OrderHeld', movements: [], entities, body }
    return { answer: right('answered', 'ORD-5', { params, next: 'orderAside' }), events: [held] }
  }
  const ofMark = order.platform.addressMark ?? ''
  const body = { orderId, what: ['address' as const], ofMark, corrected: null }
  const confirmed: StationEvent = { type: 'AddressConfirmed', movements: [], entities, body }
  return {
    answer: right('addressConfirmed', 'ORD-5', { params, next: 'scanOrderAgain' }),
    events: [confirmed],
  }
}
