import type { StationApp } from '../../app/station-app.ts'
import type { ExportedFile, ExportReport, ExportRequest } from './export-protocol.ts'

/** A saved export: `href` where the page can fetch it itself, `path` where the person finds it. */
export interface SavedExport {
  readonly name: string
  readonly path: string
  readonly href: string | null
  readonly rowCount: number
}

/** A request to the host holds 32 MB; base64 takes four thirds of a file. */
const MOST_HOST_BYTES = 22 * 1024 * 1024

/** Builds the files in a worker, so that the screens go on, and has the host save them. */
export async function runExport(
  station: StationApp,
  request: Omit<ExportRequest, 'databaseName'>,
  tell: (done: number) => void,
): Promise<{ readonly files: readonly SavedExport[]; readonly latest: number }> {
  const report = await inWorker({ ...request, databaseName: station.database.name }, tell)
  const files: SavedExport[] = []
  for (const file of report.files) files.push(await save(station, file))
  return { files, latest: report.latest }
}

function inWorker(
  request: ExportRequest,
  tell: (done: number) => void,
): Promise<Extract<ExportReport, { type: 'files' }>> {
  const worker = new Worker(new URL('./export.worker.ts', import.meta.url), { type: 'module' })
  const result = new Promise<Extract<ExportReport, { type: 'files' }>>((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message))
    worker.onmessage = ({ data }: MessageEvent<ExportReport>) => {
      if (data.type === 'progress') tell(data.done)
      else if (data.type === 'failed') reject(new Error(data.detail))
      else resolve(data)
    }
  })
  worker.postMessage(request)
  return result.finally(() => worker.terminate())
}

async function save(station: StationApp, file: ExportedFile): Promise<SavedExport> {
  const { name, rowCount, bytes } = file
  if (bytes.byteLength > MOST_HOST_BYTES) {
    return { name, path: '', href: URL.createObjectURL(new Blob([bytes])), rowCount }
  }
  const { space, host, description } = station
  const saved = await host.call('file.export', { space, name, base64: toBase64(new Uint8Array(bytes)) })
  const href =
    description.host === 'http' ? `/files/${space}/exports/${encodeURIComponent(saved.name)}` : null
  return { name: saved.name, path: saved.path, href, rowCount }
}

const SLICE = 0x8000

function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += SLICE)
    binary += String.fromCharCode(...bytes.subarray(at, at + SLICE))
  return btoa(binary)
}
