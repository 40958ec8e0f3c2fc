import { normaliseCode } from '../../base/text.ts'
import type { CommandEffect, DecideContext } from '../decision.ts'
import type { StationEvent } from '../event-types.ts'
import { asideOf } from '../project.ts'
import { BOUND, freeForKey, holderOf } from '../row-changes.ts'
import type { ReadTx } from '../store.ts'
import type { WaybillRow } from '../tables.ts'
import type { CommandOf } from './command.ts'

/** Who may use which waybill numbers (LBL-5, decision 7). */

type KeysEvent = 'WaybillsReturned' | 'WaybillsSetAside' | 'WaybillsTakenUp'

/** Keys in one event: it has to fit into one push. */
const CHUNK = 2000

/** Events that set these numbers aside. */
export const setAsideEvents = (rows: readonly WaybillRow[]): StationEvent[] =>
  keyEvents('WaybillsSetAside', keysOf(rows))

/** Events that write these numbers off. */
export const writeOffEvents = (rows: readonly WaybillRow[], reason: string): StationEvent[] =>
  writeOffs(keysOf(rows), reason)

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

/** The free numbers of a holder, of one courier or of all. */
export function numbersOf(tx: ReadTx, holder: string, courier: string | null): Promise<WaybillRow[]> {
  const from = [freeForKey(holder, courier ?? ''), 0]
  const to = [courier === null ? `${holder}/\uffff` : freeForKey(holder, courier), Number.MAX_SAFE_INTEGER]
  return tx.range('waybills', '[freeFor+position]', { from, to })
}

/** Free numbers that a station fetched from services, each for an order of its own. */
export async function fetchedOf(tx: ReadTx, holder: string): Promise<WaybillRow[]> {
  const bound = await tx.range('waybills', '[freeFor+position]', {
    from: [BOUND, 0],
    to: [`${BOUND}\uffff`, 0],
  })
  return bound.filter((row) => row.fetched !== undefined && holderOf(row) === holder)
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
  const free = await numbersOf(tx, context.stationId, courier)
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

/** A person has looked at the last printed label: up to it the numbers are written off, the rest is taken up again. */
export async function takeNumbersUp(
  tx: ReadTx,
  command: CommandOf<'TakeNumbersUp'>,
  context: DecideContext,
): Promise<CommandEffect> {
  const aside = await numbersOf(tx, asideOf(context.stationId), command.courier)
  const through = await positionOf(tx, command, context.stationId)
  if (through === null) return { answer: { tag: 'unknownNumber' } }
  const used = keysOf(aside.filter((row) => row.position <= through))
  const rest = keysOf(aside.filter((row) => row.position > through))
  return done([...writeOffs(used, 'usedBeforeRestore'), ...keyEvents('WaybillsTakenUp', rest)], rest.length)
}

/** Where in line the last used number stands, whether or not its parcel is known by now; before all without one. */
async function positionOf(
  tx: ReadTx,
  command: CommandOf<'TakeNumbersUp'>,
  stationId: string,
): Promise<number | null> {
  if (command.lastUsed === null) return Number.NEGATIVE_INFINITY
  const rows = await tx.where('waybills', 'number', normaliseCode(command.lastUsed))
  const own = [stationId, asideOf(stationId)]
  const mine = rows.find((row) => row.courier === command.courier && own.includes(holderOf(row)))
  return mine?.position ?? null
}

/** The free numbers of a station that is lost: nobody will use them any more. */
export async function writeOffNumbers(
  tx: ReadTx,
  command: CommandOf<'WriteOffNumbers'>,
): Promise<CommandEffect> {
  const { holder, reason } = command
  const holders = [holder, asideOf(holder)]
  const free = await Promise.all(holders.flatMap((one) => [numbersOf(tx, one, null), fetchedOf(tx, one)]))
  // Labels printed ahead lie somewhere, and go out with their orders (PAK-11).
  const keys = keysOf(free.flat().filter((row) => row.assigned === undefined))
  return done(writeOffs(keys, reason), keys.length)
}
