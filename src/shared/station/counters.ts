import { shopDay } from '../domain/orders/deadline.ts'
import type { DecideContext } from './decision.ts'
import type { ReadTx, WriteTx } from './store.ts'

/** A document number and the counter that was taken for it. */
export interface DocumentNumber {
  readonly number: string
  readonly counters: Readonly<Record<string, number>>
}

/**
 * Document numbers are station code + day + own counter, so that two stations never mint the same one (decision 7):
 * `RK-PC1-20261122-03`.
 */
export async function nextDocumentNumber(
  tx: ReadTx,
  prefix: string,
  context: DecideContext,
): Promise<DocumentNumber> {
  const day = shopDay(context.at, context.shopClock)
  const name = `document:${prefix}:${day}`
  const count = Number((await tx.get('meta', name))?.value ?? 0) + 1
  const number = `${prefix}-${context.stationCode}-${day}-${String(count).padStart(2, '0')}`
  return { number, counters: { [name]: count } }
}

/** Writes facts of this database: counters that a decision took, the last parcel. */
export function putMeta(tx: WriteTx, values: Readonly<Record<string, unknown>> | undefined): void {
  for (const [key, value] of Object.entries(values ?? {})) tx.put('meta', { key, value })
}

/** House codes carry the station's code, so that two stations never mint the same one while apart (CAT-1). */
export const HOUSE_CODE_COUNTER = 'houseCode'
