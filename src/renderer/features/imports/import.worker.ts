import { createImportEngine } from './import-engine.ts'
import type { ImportReport, ImportRequest } from './import-protocol.ts'

/** The worker's window, as far as it is used here: the page's types know no worker scope. */
interface WorkerScope {
  postMessage(report: ImportReport): void
  onmessage: ((event: MessageEvent<ImportRequest>) => void) | null
}

const scope = globalThis as unknown as WorkerScope
const take = createImportEngine((report) => scope.postMessage(report))
scope.onmessage = (event) => take(event.data)
