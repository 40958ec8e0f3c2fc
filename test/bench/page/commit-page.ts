import { writeDurably } from '../../../src/renderer/data/durable-write.ts'
import { openStationDatabase } from '../../../src/renderer/data/station-database.ts'
import { createHttpClient } from '../../../src/renderer/host/http-client.ts'
import { type LogRecord, TABLE_NAMES, type Task } from '../../../src/shared/station/tables.ts'
import { benchParcel } from './bench-shop.ts'
import { openRaw } from './raw-scan.ts'

const NAME = 'bench-commit'
const SPACE = 'demo'
const DATABASE_ID = 'bench'
const GENERATION = 'g1'
const host = createHttpClient()

/** What a scan writes at its commit point: its step and the task after it. */
interface Written {
  readonly record: LogRecord
  readonly task: Task
}

/**
 * Milliseconds until a scan's step may be called stored, by both orders, taken turn about: IndexedDB first with the
 * journal following, and journal first with IndexedDB following. What follows is waited for between two measurements.
 */
async function measure(scans: number): Promise<{ indexedDbFirst: number[]; journalFirst: number[] }> {
  const database = openStationDatabase(NAME)
  await database.open()
  const raw = await openRaw(NAME)
  const claim = { space: SPACE, databaseId: DATABASE_ID, generation: GENERATION, takeOver: true } as const
  const claimed = await host.call('station.claim', claim)
  if (claimed.tag !== 'granted') throw new Error(`the demo space was to be ours: ${claimed.tag}`)
  let seq = 0
  const indexedDbFirst: number[] = []
  const journalFirst: number[] = []
  for (let i = 0; i < scans; i++) {
    const first = written(i)
    let follows: Promise<void> | undefined
    const storing = timed(async () => {
      await writeDurably(database, TABLE_NAMES, async (tx) => {
        tx.put('records', first.record)
        tx.put('desk', first.task)
      })
      follows = append(++seq, first)
    })
    indexedDbFirst.push(await storing)
    await follows
    const second = written(i)
    journalFirst.push(
      await timed(async () => {
        await append(++seq, second)
        await writeRelaxed(raw, second)
      }),
    )
  }
  raw.close()
  database.close()
  return { indexedDbFirst, journalFirst }
}

/** A step as a right scan leaves it, with the parcel of which it packed a piece. */
function written(n: number): Written {
  const commandId = crypto.randomUUID()
  const parcel = benchParcel(`taobao/${n}`, [n, n + 1, n + 2, n + 3])
  const pieces = [{ from: 'bin:B-01-1-01', stockMm: null, measuredMm: null, at: Date.now() }] as const
  const step = {
    area: 'pack',
    taskId: parcel.taskId,
    at: Date.now(),
    personId: 'p1',
    scan: `69${String(n).padStart(11, '0')}`,
    answer: { verdict: 'right', reason: 'piecePacked', rule: 'PAK-1', params: { packed: 1, quantity: 2 } },
    forward: [{ path: ['lines', 0, 'pieces'], value: pieces }],
    back: [{ path: ['lines', 0, 'pieces'], value: [] }],
    undoBefore: null,
    shelf: null,
  }
  const record = { kind: 'step', id: commandId, commandId, data: step } as unknown as LogRecord
  return { record, task: { ...parcel, undoHead: commandId } }
}

/** One entry to the real host, which answers when it has been synced to the disk. */
async function append(seq: number, { record }: Written): Promise<void> {
  const entry = { seq, kind: 'step' as const, id: record.id, data: record }
  const owner = { space: SPACE, databaseId: DATABASE_ID, generation: GENERATION } as const
  const answer = await host.call('journal.append', { ...owner, entries: [entry] })
  if (answer.tag !== 'stored' || answer.lastSeq !== seq) throw new Error(`not stored: ${answer.tag}`)
}

/** With the journal ahead, IndexedDB need not wait for the disk. */
function writeRelaxed(database: IDBDatabase, { record, task }: Written): Promise<void> {
  return new Promise((resolve, reject) => {
    const tx = database.transaction([...TABLE_NAMES], 'readwrite', { durability: 'relaxed' })
    tx.oncomplete = () => resolve()
    tx.onabort = () => reject(tx.error)
    tx.objectStore('records').add(record)
    tx.objectStore('desk').put(task)
  })
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

Object.assign(window, { bench: { measure } })
