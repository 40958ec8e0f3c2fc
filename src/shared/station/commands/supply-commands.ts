import { supplyLeft, suppliesFor } from '../../domain/supplies/supply.ts'
import type { CommandEffect } from '../decision.ts'
import type { StationEvent } from '../event-types.ts'
import type { ReadTx } from '../store.ts'
import type { CommandOf } from './command.ts'

/** LBL-6: a supply is set up or changed; what is there of it stays. */
export function saveSupply({ supply }: CommandOf<'SaveSupply'>): CommandEffect {
  const { supplyId, name, unit, perParcel, perReprint, warnBelow, active, packing } = supply
  const fields = { supplyId, name, unit, perParcel, perReprint, warnBelow, active }
  const body = packing === undefined ? fields : { ...fields, packing }
  const event: StationEvent = {
    type: 'SupplySaved',
    movements: [],
    entities: [`supply:${supplyId}`],
    body,
  }
  return { answer: { tag: 'done' }, events: [event] }
}

/** LBL-6: a delivery adds; a count is written down as what it changes of what is left by the books here and now. */
export async function countSupply(tx: ReadTx, command: CommandOf<'CountSupply'>): Promise<CommandEffect> {
  const { supplyId, why, quantity } = command
  const row = await tx.get('supplies', supplyId)
  if (!row) return { answer: { tag: 'gone' } }
  const counted = why === 'count' ? quantity : null
  const delta = counted === null ? quantity : counted - supplyLeft(row)
  const event: StationEvent = {
    type: 'SupplyCounted',
    movements: [],
    entities: [`supply:${supplyId}`],
    body: { supplyId, why, delta, counted },
  }
  return { answer: { tag: 'done', params: { delta } }, events: [event] }
}

/** What a waybill printed again takes of the supplies; no event when it takes nothing. */
export async function reprintUse(tx: ReadTx, subject: string): Promise<StationEvent[]> {
  const supplies = suppliesFor(await tx.range('supplies', null, {}), 'perReprint')
  if (supplies.length === 0) return []
  const entities = supplies.map(({ supplyId }) => `supply:${supplyId}`)
  return [{ type: 'SupplyUsed', movements: [], entities, body: { why: 'reprint', subject, supplies } }]
}
