import { normaliseCode } from '../../base/text.ts'
import type { CommandEffect, DecideContext } from '../decision.ts'
import type { StationEvent } from '../event-types.ts'
import { ASIDE } from '../project.ts'
import { freeForKey } from '../row-changes.ts'
import type { ReadTx } from '../store.ts'
import type { WaybillRow } from '../tables.ts'
import type { CommandOf } from './command.ts'

/** Who may use which waybill numbers (LBL-5, decision 7). */

type KeysEvent = 'WaybillsReturned' | 'WaybillsSetAside' | 'WaybillsTakenUp'

/** Keys in one event: it has to fit into one push. */
const CHUNK = 2000

function keyEvents(type: KeysEvent, keys: readonly string[]): StationEvent[] {
  return chunked(keys).map((part) => ({ type, movements: [], entities: [], body: { keys: part } }))
}

function writeOffs(keys: readonly string[], reason: string): StationEvent[] {
  return chunked(keys).map((part) => ({
    type: 'WaybillsWrittenOff',
    movements: [],
    entities: [],
    body: { keys: part, reason },
  }))
}

function chunked(keys: readonly string[]): string[][] {
  const parts: string[][] = []
  for (let at = 0; at < keys.length; at += CHUNK) parts.push(keys.slice(at, at + CHUNK))
  return parts
}

const done = (events: readonly StationEvent[], count: number): CommandEffect => ({
  answer: { tag: 'done', counts: { numbers: count } },
  events,
})

const keysOf = (rows: readonly WaybillRow[]): string[] => rows.map((row) => row.key)

function freeOf(tx: ReadTx, holder: string, courier: string | null): Promise<WaybillRow[]> {
  const from = [freeForKey(holder, courier ?? ''), 0]
  const to = [courier === null ? `${holder}/\uffff` : freeForKey(holder, courier), Number.MAX_SAFE_INTEGER]
  return tx.range('waybills', '[freeFor+position]', { from, to })
}

/**
 * Numbers that this station loaded itself and still holds by that alone: it keeps the first ones, at most half, so that
 * it can go on when the network fails, and gives the others to the hub. Each load is shared once.
 */
export async function sharePool(
  tx: ReadTx,
  command: CommandOf<'SharePool'>,
  context: DecideContext,
): Promise<CommandEffect> {
  const { courier, keep } = command
  const free = await freeOf(tx, context.stationId, courier)
  const shared = ((await tx.get('meta', sharedKey(courier)))?.value as readonly string[] | undefined) ?? []
  const loads = new Map<string, WaybillRow[]>()
  for (const row of free) {
    const load = row.tenure === null ? row.firstLoad?.stamp.eventId : undefined
    if (load !== undefined && !shared.includes(load)) loads.set(load, [...(loads.get(load) ?? []), row])
  }
  if (loads.size === 0) return { answer: { tag: 'unchanged' } }
  const surplus = [...loads.values()].flatMap((rows) =>
    rows.slice(Math.min(keep, Math.ceil(rows.length / 2))),
  )
  const effect = done(keyEvents('WaybillsReturned', keysOf(surplus)), surplus.length)
  return { ...effect, facts: { [sharedKey(courier)]: [...shared, ...loads.keys()] } }
}

/** Loads of a courier's numbers that this station has shared; key in `meta`. */
export const sharedKey = (courier: string): string => `poolShared:${courier}`

/** After a restore nobody knows how far the lost station got: all its free numbers are set aside (SYN-2). */
export async function setNumbersAside(tx: ReadTx, context: DecideContext): Promise<CommandEffect> {
  const free = await freeOf(tx, context.stationId, null)
  return done(keyEvents('WaybillsSetAside', keysOf(free)), free.length)
}

/** A person has looked at the last printed label: up to it the numbers are written off, the rest is taken up again. */
export async function takeNumbersUp(tx: ReadTx, command: CommandOf<'TakeNumbersUp'>): Promise<CommandEffect> {
  const aside = await freeOf(tx, ASIDE, command.courier)
  const last = command.lastUsed === null ? null : normaliseCode(command.lastUsed)
  const at = last === null ? -1 : aside.findIndex((row) => row.number === last)
  if (last !== null && at < 0) return { answer: { tag: 'unknownNumber' } }
  const used = keysOf(aside.slice(0, at + 1))
  const rest = keysOf(aside.slice(at + 1))
  return done([...writeOffs(used, 'usedBeforeRestore'), ...keyEvents('WaybillsTakenUp', rest)], rest.length)
}

/** The free numbers of a station that is lost: nobody will use them any more. */
export async function writeOffNumbers(
  tx: ReadTx,
  command: CommandOf<'WriteOffNumbers'>,
): Promise<CommandEffect> {
  const free = await freeOf(tx, command.holder, null)
  return done(writeOffs(keysOf(free), command.reason), free.length)
}

/** A number whose label came out of the printer is used, whatever the ledger remembers of it (LBL-5). */
export async function burnPrinted(tx: ReadTx, command: CommandOf<'BurnPrinted'>): Promise<CommandEffect> {
  const rows = await Promise.all(
    command.numbers.map((number) => tx.where('waybills', 'number', normaliseCode(number))),
  )
  const free = rows.flat().filter((row) => row.freeFor !== '')
  return done(writeOffs(keysOf(free), 'printedBeforeRebuild'), free.length)
}
