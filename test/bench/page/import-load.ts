import type { ImportLoadReport, ImportLoadRequest } from './import-load.worker.ts'
import type { Load } from './load.ts'

/** Far beyond every catalogue that is measured, and below what a barcode's eleven digits hold. */
const FIRST_NEW_SKU = 50_000_000

/** An import in a worker of its own; waits until it has taken its first chunk in. Counts rows. */
export async function startImportLoad(databaseName: string): Promise<Load> {
  const worker = new Worker(new URL('./import-load.worker.ts', import.meta.url), { type: 'module' })
  const ask = (request: ImportLoadRequest): void => worker.postMessage(request)
  let done = 0
  const until = (wanted: (report: ImportLoadReport) => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<ImportLoadReport>) => {
        if (wanted(data)) resolve()
      })
      worker.addEventListener('error', (event) => reject(new Error(`the import broke: ${event.message}`)))
    })
  worker.addEventListener('message', ({ data }: MessageEvent<ImportLoadReport>) => {
    done = data.done
  })
  const started = until(() => true)
  ask({ type: 'start', databaseName, from: FIRST_NEW_SKU })
  await started
  return {
    done: () => done,
    stop: async () => {
      const ended = until((report) => report.stopped)
      ask({ type: 'stop' })
      await ended
      worker.terminate()
    },
  }
}
