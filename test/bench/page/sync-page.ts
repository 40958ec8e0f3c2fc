import { createDexieStore } from '../../../src/renderer/data/dexie-store.ts'
import { openStationDatabase } from '../../../src/renderer/data/station-database.ts'
import { createHttpClient } from '../../../src/renderer/host/http-client.ts'
import type { HubCallAnswer } from '../../../src/shared/protocol/host-contract.ts'
import { createSyncSession, type SyncPorts } from '../../../src/shared/sync/sync-session.ts'
import { madeStream } from '../sync-events.ts'

const WAREHOUSE = 'main'

/** What a station took in. */
interface Applied {
  readonly ms: number
  readonly events: number
  /** Mean bytes of an event with its people, as JSON. */
  readonly eventBytes: number
  /** Rows that came of it, by table: nothing was left out. */
  readonly rows: Readonly<Record<string, number>>
}

/** Applies a prepared stream with the station's own session and store; pages come as text, as they do from the host. */
async function apply(count: number): Promise<Applied> {
  const pages = preparePages(count)
  return follow(`bench-apply-${count}`, count, pages.bytes, async (call, body) => {
    if (call === 'hello') return answered(JSON.stringify(welcome(count)))
    const { after, limit } = body as { after: number; limit: number }
    return answered(pages.page(after, limit))
  })
}

/** Catches up with the hub that this page's host is enrolled at. */
async function catchUp(count: number, hub: { url: string; code: string }): Promise<Applied> {
  const host = createHttpClient()
  const enrolled = await host.call('hub.enrol', { ...hub, stationName: 'bench' })
  if (enrolled.tag !== 'enrolled') throw new Error(JSON.stringify(enrolled))
  return follow('bench-catch-up', count, Number.NaN, (call, body) =>
    host.call('hub.call', { call, body, timeoutMs: 60_000 }),
  )
}

function preparePages(count: number) {
  const texts: string[] = []
  let bytes = 0
  for (const { event, people } of madeStream(WAREHOUSE)) {
    if (texts.length === count) break
    texts.push(JSON.stringify({ sequence: texts.length + 1, event, ...(people ? { people } : {}) }))
    bytes += new TextEncoder().encode(texts.at(-1)).length
  }
  const page = (after: number, limit: number) =>
    `{"events":[${texts.slice(after, after + limit).join(',')}],"last":${count}}`
  return { page, bytes }
}

const welcome = (sequence: number) => ({
  tag: 'welcome',
  hubId: 'hub-bench',
  warehouseId: WAREHOUSE,
  hubTime: Date.now(),
  sequence,
  snapshot: null,
})

const answered = (text: string): HubCallAnswer => ({
  tag: 'answered',
  value: JSON.parse(text),
  clockOffsetMs: 0,
})

async function follow(name: string, count: number, bytes: number, call: SyncPorts['call']): Promise<Applied> {
  indexedDB.deleteDatabase(name)
  const database = openStationDatabase(name)
  await database.open()
  const session = createSyncSession({
    store: createDexieStore(database),
    identity: { stationId: 'station-bench-page', generation: 'g1', warehouseId: WAREHOUSE },
    appVersion: 'bench',
    call,
    now: () => Date.now(),
    clockOffsetMs: () => 0,
    dice: () => Math.random(),
    // As the station's own driver does it in a window that is shown while nobody scans.
    isQuiet: () => true,
    yieldTurn: () => new Promise((resolve) => setTimeout(resolve, 1)),
  })
  const began = performance.now()
  for (;;) {
    const action = await session.step()
    if (session.state.trouble) throw new Error(JSON.stringify(session.state.trouble))
    if (action.act === 'rest') break
  }
  const ms = performance.now() - began
  const rows: Record<string, number> = {}
  for (const table of database.tables) rows[table.name] = await table.count()
  const { events } = await countEvents(database)
  if (events !== count) throw new Error(`${events} of ${count} events are there`)
  database.close()
  return { ms, events, eventBytes: bytes / count, rows }
}

async function countEvents(database: ReturnType<typeof openStationDatabase>): Promise<{ events: number }> {
  return { events: await database.records.orderBy('eventId').count() }
}

/** What of PouchDB this page uses; its browser build is loaded beside the page. */
interface Pouch {
  readonly replicate: {
    from(url: string, options: object): PouchReplication
  }
  info(): Promise<{ doc_count: number }>
  destroy(): Promise<void>
}
interface PouchReplication extends Promise<unknown> {
  on(event: 'change', listener: (info: { docs_written: number }) => void): PouchReplication
  cancel(): void
}

/** Milliseconds in which PouchDB replicates documents from its own server into IndexedDB, and how many came by then. */
async function pouch(url: string, limitMs: number): Promise<{ ms: number; documents: number }> {
  const { PouchDB } = window as unknown as { PouchDB: new (name: string, options: object) => Pouch }
  const local = new PouchDB('bench-pouch', { adapter: 'idb' })
  const began = performance.now()
  let ms = 0
  let documents = 0
  const replication = local.replicate.from(new URL(url, location.href).href, {
    batch_size: 1000,
    batches_limit: 2,
  })
  replication.on('change', ({ docs_written }) => {
    documents = docs_written
    ms = performance.now() - began
    if (ms > limitMs) replication.cancel()
  })
  await replication
  await local.destroy()
  return { ms, documents }
}

Object.assign(window, { bench: { apply, catchUp, pouch } })
