import { openStationDatabase } from '../../data/station-database.ts'
import { exportBytes } from './export-bytes.ts'
import type { ExportedFile, ExportReport, ExportRequest } from './export-protocol.ts'
import { readExport } from './export-rows.ts'

/** The worker's window, as far as it is used here: the page's types know no worker scope. */
interface WorkerScope {
  postMessage(report: ExportReport): void
  onmessage: ((event: MessageEvent<ExportRequest>) => void) | null
}

const scope = globalThis as unknown as WorkerScope
scope.onmessage = (event) => {
  exportAll(event.data).then(
    (report) => scope.postMessage(report),
    (error: unknown) => scope.postMessage({ type: 'failed', detail: String(error) }),
  )
}

async function exportAll(request: ExportRequest): Promise<ExportReport> {
  const database = openStationDatabase(request.databaseName)
  try {
    const { tables, latest } = await readExport(database, request, (done) =>
      scope.postMessage({ type: 'progress', done }),
    )
    const files: ExportedFile[] = []
    for (const table of tables) {
      const name = [request.stem, table.part].filter((part) => part !== '').join('-')
      const bytes = await exportBytes(table, request.form)
      files.push({ name: `${name}.${request.form}`, rowCount: table.rows.length - 1, bytes })
    }
    return { type: 'files', files, latest }
  } finally {
    database.close()
  }
}
