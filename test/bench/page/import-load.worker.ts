import { createDexieStore } from '../../../src/renderer/data/dexie-store.ts'
import { patientStore } from '../../../src/renderer/data/patient-store.ts'
import { openStationDatabase } from '../../../src/renderer/data/station-database.ts'
import { runCommand, runInChunks } from '../../../src/renderer/features/imports/run-chunks.ts'
import { createTimedStore } from '../../../src/renderer/features/imports/timed-store.ts'
import { benchEnvironment, benchSku } from './bench-shop.ts'

/** From the page: the database to import into and the first new SKU, then `stop`. */
export type ImportLoadRequest =
  | { readonly type: 'start'; readonly databaseName: string; readonly from: number }
  | { readonly type: 'stop' }

/** To the page: rows taken in so far; the last one once it has stopped. */
export interface ImportLoadReport {
  readonly done: number
  readonly stopped: boolean
}

interface WorkerScope {
  postMessage(report: ImportLoadReport): void
  onmessage: ((event: MessageEvent<ImportLoadRequest>) => void) | null
}

const scope = globalThis as unknown as WorkerScope
let stopped = false

scope.onmessage = ({ data }) => {
  if (data.type === 'stop') stopped = true
  else importForEver(data.databaseName, data.from).catch(reportError)
}

/** A catalogue without an end, taken in as a file's would be: same chunks, same pauses, same durable transactions. */
async function importForEver(databaseName: string, from: number): Promise<void> {
  const database = openStationDatabase(databaseName)
  const tally = { accepted: 0, unchanged: 0 }
  const run = {
    database,
    store: createTimedStore(patientStore(createDexieStore(database))),
    env: benchEnvironment,
    personId: 'p1',
    now: () => Date.now(),
    stopped: () => stopped,
    progress: (done: number) => scope.postMessage({ done, stopped: false }),
    tally,
  }
  await runInChunks(run, Number.MAX_SAFE_INTEGER, { fileHash: null, offset: 0 }, (range) => {
    const length = range.to - range.from
    const skus = Array.from({ length }, (_, i) => plainSku(from + range.from + i))
    const command = { type: 'ImportSkus', file: 'load.csv', skus } as const
    return runCommand(run, command, { commandId: crypto.randomUUID(), rows: length })
  })
  database.close()
  scope.postMessage({ done: tally.accepted, stopped: true })
}

/** As a file gives it: without what the station adds to its row. */
function plainSku(n: number) {
  const { codes: _codes, linkedCodes: _linked, stamp: _stamp, ...sku } = benchSku(n)
  return sku
}
