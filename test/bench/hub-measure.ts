import { join } from 'node:path'
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts'
import type { LoadMessage, LoadResult } from './hub-load.ts'
import { type BenchHub, startHub, startWorker, type Worker } from './hub-processes.ts'
import type { RawMessage, RawResult } from './hub-raw.ts'

type Print = (figure: string, ours: number, peer: number, unit: string) => void

const PROCESSES = (process.env.PACKBENCH_BENCH_PROCESSES ?? '1,2,4').split(',').map(Number)
const STATIONS = 100
/** PostgreSQL lets in a hundred at once, hub and all. */
const RAW_CONNECTIONS = 80
/** Stations that send their backlog at one time. */
const BACKLOGS = 8
const BATCH = 500
const BATCHES_EACH = Number(process.env.PACKBENCH_BENCH_BATCHES ?? 14)
const WARM_BATCHES_EACH = 3
const SINGLES_EACH = Number(process.env.PACKBENCH_BENCH_SINGLES ?? 60)
const PAGE = 2000
const PULLERS = 4

/** The figures `in in-single duplicates out push/p99`, each with 1, 2 and 4 processes on one PostgreSQL. */
export async function measureHub(print: Print, built: string, root: string): Promise<void> {
  const postgres = await startTestPostgres()
  try {
    for (const processes of PROCESSES) await measureWith(print, { built, root, postgres, processes })
  } finally {
    await postgres.stop()
  }
}

interface Place {
  readonly built: string
  readonly root: string
  readonly postgres: TestPostgres
  readonly processes: number
}

async function measureWith(print: Print, { built, root, postgres, processes }: Place): Promise<void> {
  const database = await postgres.createDatabase()
  const hubs: BenchHub[] = []
  const load = startWorker(join(built, 'hub-load.mjs'))
  const raw = startWorker(join(built, 'hub-raw.mjs'))
  try {
    // One after the other: the first brings the database into shape and says the code.
    for (let n = 0; n < processes; n++) hubs.push(await startHub(root, database))
    const ours = await measureOurs(load, hubs)
    for (const hub of hubs.splice(0)) await hub.stop()
    const peer = await measureRaw(raw, database)
    printAll(print, `x${processes}`, ours, peer)
  } finally {
    load.stop()
    raw.stop()
    for (const hub of hubs) await hub.stop()
  }
}

interface Measured<R> {
  readonly batches: R
  readonly singles: R
  readonly duplicates: R
  readonly pages: R
}

async function measureOurs(load: Worker, hubs: readonly BenchHub[]): Promise<Measured<LoadResult>> {
  const ask = <T = void>(message: LoadMessage): Promise<T> => load.ask<T>(message)
  const urls = hubs.map(({ url }) => url)
  const [first] = hubs
  await ask({ do: 'enrol', url: first?.url ?? '', code: first?.code ?? '', stations: STATIONS })
  const pushes = { do: 'preparePushes', lanes: BACKLOGS, size: BATCH } as const
  // Every process has seen some of each before the clock runs.
  await ask({ ...pushes, pushes: WARM_BATCHES_EACH })
  await ask({ do: 'run', urls, expect: 'ack' })
  await ask({ ...pushes, pushes: BATCHES_EACH })
  const batches = await ask<LoadResult>({ do: 'run', urls, expect: 'ack' })
  await ask({ ...pushes, pushes: BATCHES_EACH, again: true })
  const duplicates = await ask<LoadResult>({ do: 'run', urls, expect: 'duplicate' })
  const through = BACKLOGS * BATCHES_EACH * BATCH
  const pulls = { do: 'preparePulls', lanes: PULLERS, after: 0, size: PAGE } as const
  await ask({ ...pulls, through: Math.min(through, 5 * PAGE) })
  await ask({ do: 'run', urls, expect: 'page' })
  await ask({ ...pulls, through })
  const pages = await ask<LoadResult>({ do: 'run', urls, expect: 'page' })
  const single = { do: 'preparePushes', lanes: STATIONS, size: 1 } as const
  await ask({ ...single, pushes: 10 })
  await ask({ do: 'run', urls, expect: 'ack' })
  await ask({ ...single, pushes: SINGLES_EACH })
  const singles = await ask<LoadResult>({ do: 'run', urls, expect: 'ack' })
  return { batches, singles, duplicates, pages }
}

async function measureRaw(raw: Worker, database: string): Promise<Measured<RawResult>> {
  const ask = <T = void>(message: RawMessage): Promise<T> => raw.ask<T>(message)
  await ask({ do: 'open', database, connections: RAW_CONNECTIONS })
  const counts = { batches: BACKLOGS * (BATCHES_EACH + WARM_BATCHES_EACH), size: BATCH }
  const batches = await ask<RawResult>({ do: 'insertBatches', ...counts })
  const duplicates = await ask<RawResult>({ do: 'lookUp', ...counts })
  const through = BACKLOGS * BATCHES_EACH * BATCH
  await ask({ do: 'select', lanes: PULLERS, through: Math.min(through, 5 * PAGE), size: PAGE })
  const pages = await ask<RawResult>({ do: 'select', lanes: PULLERS, through, size: PAGE })
  const singles = await ask<RawResult>({ do: 'insertSingles', perConnection: SINGLES_EACH })
  await ask({ do: 'close' })
  return { batches, singles, duplicates, pages }
}

function printAll(print: Print, name: string, ours: Measured<LoadResult>, peer: Measured<RawResult>): void {
  print(`in/${name}`, rate(ours.batches), rate(peer.batches), 'events/s')
  print(`in-single/${name}`, rate(ours.singles), rate(peer.singles), 'events/s')
  print(`duplicates/${name}`, rate(ours.duplicates), rate(peer.duplicates), 'events/s')
  print(`out/${name}`, rate(ours.pages), rate(peer.pages), 'rows/s')
  print(`push/p99/${name}`, p99(ours.singles), p99(peer.singles), 'ms')
  process.stderr.write(`events of ${Math.round(ours.batches.eventBytes)} bytes in the mean\n`)
}

const rate = ({ events, ms }: { events: number; ms: number }): number => events / (ms / 1000)

function p99({ latencies }: { latencies: readonly number[] }): number {
  const sorted = [...latencies].sort((a, b) => a - b)
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN
}
