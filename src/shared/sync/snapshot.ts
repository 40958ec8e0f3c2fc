import { z } from 'zod'
import { recipientRefOf } from '../domain/orders/desk.ts'
import { RecipientSchema } from '../domain/orders/order.ts'
import { canonicalHash, canonicalJson, sha256Hex } from '../ledger/canonical.ts'
import type { SyncAnswer } from '../protocol/sync-messages.ts'
import { applyChanges } from '../station/apply-changes.ts'
import { HISTORY, HUB_CURSOR } from '../station/apply-stream.ts'
import { deriveAllocation } from '../station/derive-allocation.ts'
import { readEvent } from '../station/event-types.ts'
import { writePersonal } from '../station/log-writer.ts'
import { project } from '../station/project.ts'
import type { ReadTx, StationStore, WriteTx } from '../station/store.ts'
import {
  type HistoryState,
  type LogRecord,
  type Rows,
  TABLE_NAMES,
  TABLES,
  type TableName,
} from '../station/tables.ts'
import type { SyncPorts, SyncSession } from './sync-session.ts'

/**
 * A snapshot holds what a station needs to begin to work: balances, master data, open work and the last month's
 * parcels (decision 9). Movements and what is older come afterwards, in the background, from the stream itself.
 */
const SNAPSHOT_TABLES = [
  'balances',
  'bins',
  'details',
  'discrepancies',
  'handovers',
  'notes',
  'notices',
  'orders',
  'parcels',
  'people',
  'resolutions',
  'settings',
  'shorts',
  'skus',
  'slots',
  'supplies',
  'tags',
  'todos',
  'waybills',
] as const satisfies readonly TableName[]

/** Rows in a part; small enough that reading or writing one keeps nobody waiting. */
const PART_ROWS = 400
const RECENT_MS = 30 * 86_400_000
/** A station with more of its own behind it keeps its past and pulls the stream. */
const MOST_OWN_EVENTS = 100

interface Part {
  readonly table: TableName
  readonly text: string
}

/** Events since the newest snapshot that make another one worth its while. */
export const SNAPSHOT_WORTH = 5_000

/**
 * Offers this station's projections to those who come later. Only an idle station does: the outbox is empty, the stream
 * is applied to its end, and nothing is recorded while the rows are read twice, first for their hash. Answers what came
 * of it; `busy` means that work went on.
 */
export async function offerSnapshot(
  session: SyncSession,
  ports: SyncPorts,
): Promise<'taken' | 'notWanted' | 'differs' | 'busy' | 'unheard'> {
  const { store } = ports
  const before = await position(store)
  if (before === null) return 'busy'
  let parts = 0
  const hashes: string[] = []
  for await (const part of readParts(store, ports.yieldTurn)) {
    hashes.push(sha256Hex(part.text))
    parts++
  }
  const hash = canonicalHash(hashes)
  let part = 0
  for await (const { table, text } of readParts(store, ports.yieldTurn)) {
    if ((await position(store))?.lastSeq !== before.lastSeq) return 'busy'
    const rows = `{"table":${JSON.stringify(table)},"rows":${text}}`
    const answer = await session.ask('offer', { sequence: before.cursor, part, parts, hash, rows })
    if (answer === null) return 'unheard'
    if (answer.tag !== 'taken') return answer.tag
    part++
  }
  return 'taken'
}

/** Where an idle station stands; null when something waits or its own history is not whole yet. */
async function position(store: StationStore): Promise<{ cursor: number; lastSeq: number } | null> {
  return store.read(['records', 'meta'], async (tx) => {
    const [waiting, newest, cursor, history] = await Promise.all([
      tx.range('records', 'outboxCounter', { from: 0, limit: 1 }),
      tx.range('records', null, { limit: 1, reverse: true }),
      tx.get('meta', HUB_CURSOR),
      tx.get('meta', HISTORY),
    ])
    if (waiting.length > 0 || history?.value) return null
    return { cursor: Number(cursor?.value ?? 0), lastSeq: newest[0]?.seq ?? 0 }
  })
}

async function* readParts(store: StationStore, yieldTurn: () => Promise<void>): AsyncGenerator<Part> {
  const since = await store.read(['parcels'], recentSince)
  for (const table of SNAPSHOT_TABLES) {
    let from: string | undefined
    for (;;) {
      const rows = await store.read([table], (tx) => nextRows(tx, table, from))
      const fresh = from === undefined ? rows : rows.slice(1)
      if (fresh.length === 0) break
      const kept = fresh.filter((row) => isRecent(table, row, since))
      if (kept.length > 0) yield { table, text: canonicalJson(kept) }
      from = keyOf(table, fresh.at(-1))
      await yieldTurn()
      if (rows.length < PART_ROWS) break
    }
  }
}

const nextRows = (tx: ReadTx, table: TableName, from: string | undefined): Promise<Rows[TableName][]> =>
  tx.range(table, null, { ...(from === undefined ? {} : { from }), limit: PART_ROWS })

const keyOf = (table: TableName, row: unknown): string =>
  String((row as Record<string, unknown>)[TABLES[table].key])

/** The last month is counted from the newest parcel and not from the clock: equal stations offer equal parts. */
async function recentSince(tx: ReadTx): Promise<number> {
  const [newest] = await tx.range('parcels', 'finishedAt', { limit: 1, reverse: true })
  return (newest?.finishedAt ?? 0) - RECENT_MS
}

function isRecent(table: TableName, row: Rows[TableName], since: number): boolean {
  if (table === 'parcels') {
    const parcel = row as Rows['parcels']
    return parcel.state === 'packed' || parcel.state === 'partial' || parcel.finishedAt >= since
  }
  if (table === 'orders') {
    const order = row as Rows['orders']
    return order.queue === 'open' || order.deadlineAt >= since
  }
  return true
}

const PartSchema = z.object({
  table: z.enum(SNAPSHOT_TABLES),
  rows: z.array(z.record(z.string(), z.unknown())),
})

/**
 * Begins a station from the hub's newest snapshot: a new one, or one rebuilt from the hub. What it has posted itself and
 * not sent yet is projected on top. `notNeeded`: it has a past of its own, or there is no snapshot.
 */
export async function adoptSnapshot(
  session: SyncSession,
  ports: SyncPorts,
  onProgress: (progress: { done: number; total: number }) => void = () => undefined,
): Promise<'adopted' | 'notNeeded' | 'unheard'> {
  const { store } = ports
  if (!(await store.read(['records', 'meta'], maybeAdopt))) return 'notNeeded'
  const first = await session.ask('snapshot', { sequence: null, part: 0 })
  if (first === null) return 'unheard'
  if (first.tag === 'none') {
    await giveUpAdoption(store, ports.yieldTurn)
    return 'notNeeded'
  }
  await store.write(['meta'], async (tx) => tx.put('meta', { key: ADOPTING, value: true }))
  await clearProjections(store, ports.yieldTurn)
  let answer: typeof first | null = first
  for (let part = 0; part < first.parts; part++) {
    if (part > 0) {
      const next = await session.ask('snapshot', { sequence: first.sequence, part })
      answer = next?.tag === 'part' ? next : null
    }
    if (answer === null || answer.tag !== 'part') return 'unheard'
    await putPart(store, answer.rows)
    onProgress({ done: part + 1, total: first.parts })
    await ports.yieldTurn()
  }
  await store.write(TABLE_NAMES, (tx) => settle(tx, first.sequence))
  await deriveOpenOrders(store, ports.yieldTurn)
  await fetchPeople(session, ports)
  return 'adopted'
}

/** Addresses are not in the snapshot: those of open work are asked for, the others come with the history. */
async function fetchPeople(session: SyncSession, { store }: SyncPorts): Promise<void> {
  const wanted = await store.read(['orders', 'parcels'], async (tx) => {
    const [open, packed] = await Promise.all([
      tx.range('orders', '[queue+deadlineAt]', OPEN_ORDERS),
      tx.range('parcels', '[state+finishedAt]', {
        from: ['packed', 0],
        to: ['packed', Number.MAX_SAFE_INTEGER],
      }),
    ])
    const refs = [...open.map(recipientRefOf), ...packed.map((parcel) => parcel.personRef)]
    return [...new Set(refs.flatMap((ref) => ref || []))]
  })
  for (let at = 0; at < wanted.length; at += PEOPLE_ASKED) {
    const answer = await session.ask('people', { personRefs: wanted.slice(at, at + PEOPLE_ASKED) })
    if (answer === null) return
    await store.write(['records', 'recipients'], (tx) => putPeople(tx, answer.people))
  }
}

const PEOPLE_ASKED = 300
const OPEN_ORDERS = { from: ['open', 0], to: ['open', Number.MAX_SAFE_INTEGER] }

async function putPeople(tx: WriteTx, people: SyncAnswer<'people'>['people']): Promise<void> {
  for (const { sequence, person } of people) {
    const parsed = RecipientSchema.safeParse(person)
    if (!parsed.success) continue
    const stamp = { hubSequence: sequence, counter: 0, eventId: '' }
    writePersonal(tx, parsed.data.personRef, { what: 'recipient', recipient: parsed.data, stamp })
  }
}

/** Set from the first row that is taken away to the last one that is put in; key in `meta`. */
const ADOPTING = 'adoptingSnapshot'

/** An adoption was cut short, and the hub has no snapshot any more: the stream is applied to what is this station's own. */
async function giveUpAdoption(store: StationStore, yieldTurn: () => Promise<void>): Promise<void> {
  const begun = await store.read(['meta'], async (tx) => (await tx.get('meta', ADOPTING))?.value === true)
  if (!begun) return
  await clearProjections(store, yieldTurn)
  await store.write(TABLE_NAMES, projectOwn)
}

async function maybeAdopt(tx: ReadTx): Promise<boolean> {
  const [cursor, records] = await Promise.all([
    tx.get('meta', HUB_CURSOR),
    tx.range('records', null, { limit: MOST_OWN_EVENTS + 1 }),
  ])
  return Number(cursor?.value ?? 0) === 0 && records.length <= MOST_OWN_EVENTS
}

/** A snapshot that was begun and not finished leaves rows behind that the next one may not have. */
async function clearProjections(store: StationStore, yieldTurn: () => Promise<void>): Promise<void> {
  for (const table of [...SNAPSHOT_TABLES, 'movements'] as const) {
    for (;;) {
      const gone = await store.write([table], async (tx) => {
        const rows = await tx.range(table, null, { limit: PART_ROWS })
        for (const row of rows) tx.delete(table, keyOf(table, row))
        return rows.length
      })
      await yieldTurn()
      if (gone < PART_ROWS) break
    }
  }
}

async function putPart(store: StationStore, text: string): Promise<void> {
  const { table, rows } = PartSchema.parse(JSON.parse(text))
  await store.write([table], async (tx) => tx.putMany(table, rows as unknown as Rows[typeof table][]))
}

/** The cursor moves last: until then the station counts as not begun. */
async function settle(tx: WriteTx, sequence: number): Promise<void> {
  const records = await tx.range('records', null, {})
  const pending = await projectOwn(tx)
  const balances = await tx.range('balances', null, {})
  const held = balances.map((row) => [row.key, row.quantity] as const)
  const atSeq = records.at(-1)?.seq ?? 0
  const history: HistoryState = { upTo: sequence, cursor: 0 }
  tx.put('meta', { key: HUB_CURSOR, value: sequence })
  tx.put('meta', { key: HISTORY, value: history })
  tx.put('records', {
    kind: 'sync',
    id: `snapshot-${sequence}`,
    data: { cursor: sequence, confirmed: [], history },
  })
  // From here rebuild-and-compare starts as long as the events before are not here.
  const at = pending.at(-1)?.data.at ?? 0
  tx.put('records', {
    kind: 'checkpoint',
    id: `checkpoint-snapshot-${sequence}`,
    checkpointAt: at,
    data: { atSeq, at, balances: held, hash: canonicalHash(held) },
  })
}

/** Projects what this station has posted itself; nothing of it can be in anybody's snapshot. */
async function projectOwn(tx: WriteTx): Promise<EventRecord[]> {
  const records = await tx.range('records', null, {})
  const own = records.filter((record): record is EventRecord => record.kind === 'event')
  await applyChanges(
    tx,
    own.flatMap(({ data }) => project(data, readEvent(data), null)),
  )
  tx.delete('meta', ADOPTING)
  return own
}
type EventRecord = Extract<LogRecord, { kind: 'event' }>

async function deriveOpenOrders(store: StationStore, yieldTurn: () => Promise<void>): Promise<void> {
  const open = await store.read(['orders'], (tx) => tx.range('orders', '[queue+deadlineAt]', OPEN_ORDERS))
  for (let at = 0; at < open.length; at += 50) {
    const orderIds = new Set(open.slice(at, at + 50).map((order) => order.orderId))
    const touched = { orderIds, skuCodes: new Set<string>(), binCodes: new Set<string>() }
    await store.write(TABLE_NAMES, (tx) => deriveAllocation(tx, touched))
    await yieldTurn()
  }
}
