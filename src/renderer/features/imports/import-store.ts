import { create } from 'zustand'
import type { OrderMapping } from '../../../shared/formats/order-mapping.ts'
import type { StationApp } from '../../app/station-app.ts'
import type {
  ImportPreview,
  ImportReport,
  ImportRequest,
  ImportResult,
  StationImportKind,
} from './import-protocol.ts'

/** Where the one import of this window stands. */
export type ImportPhase =
  | { readonly phase: 'idle' }
  | {
      readonly phase: 'reading'
      readonly kind: StationImportKind
      readonly fileName: string
      readonly done: number
    }
  | {
      readonly phase: 'preview'
      readonly kind: StationImportKind
      readonly preview: ImportPreview
      /** A changed mapping is being read again. */
      readonly busy: boolean
    }
  | {
      readonly phase: 'importing'
      readonly kind: StationImportKind
      readonly done: number
      readonly total: number | null
      readonly stopping: boolean
    }
  | { readonly phase: 'done'; readonly kind: StationImportKind; readonly result: ImportResult }
  | {
      readonly phase: 'failed'
      readonly kind: StationImportKind
      readonly detail: string
      readonly done: number
    }

interface ImportState {
  readonly state: ImportPhase
  /** Files were chosen while another import was under way; they were not read. */
  readonly refusedWhileBusy: boolean
}

/** The one import of this window; it goes on whatever screen is shown. */
export const useImport = create<ImportState>()(() => ({ state: { phase: 'idle' }, refusedWhileBusy: false }))

const show = (state: ImportPhase): void => useImport.setState({ state })
const current = (): ImportPhase => useImport.getState().state

let worker: Worker | null = null

function ask(request: ImportRequest): void {
  worker ??= startWorker()
  worker.postMessage(request)
}

function startWorker(): Worker {
  const started = new Worker(new URL('./import.worker.ts', import.meta.url), { type: 'module' })
  started.onmessage = (event: MessageEvent<ImportReport>) => take(event.data)
  // Out of memory, or a chunk of code that cannot be loaded: the worker is gone, what it stored stays.
  started.onerror = (event) => {
    event.preventDefault()
    stopWorker()
    fail(event.message ?? '')
  }
  return started
}

function stopWorker(): void {
  worker?.terminate()
  worker = null
}

function fail(detail: string): void {
  const state = current()
  if (state.phase === 'idle') return
  show({ phase: 'failed', kind: state.kind, detail, done: state.phase === 'importing' ? state.done : 0 })
}

function take(report: ImportReport): void {
  const state = current()
  if (state.phase === 'idle') return
  const next = phaseAfter(report, state)
  if (next) show(next)
}

function phaseAfter(
  report: ImportReport,
  state: Exclude<ImportPhase, { phase: 'idle' }>,
): ImportPhase | null {
  const { kind } = state
  switch (report.type) {
    case 'reading':
      // A file read again under another mapping: its preview stays in sight.
      return state.phase === 'preview'
        ? null
        : { phase: 'reading', kind, fileName: report.fileName, done: report.done }
    case 'preview':
      return { phase: 'preview', kind, preview: report.preview, busy: false }
    case 'progress': {
      const stopping = state.phase === 'importing' && state.stopping
      return { phase: 'importing', kind, done: report.done, total: report.total, stopping }
    }
    case 'result':
      return { phase: 'done', kind, result: report.result }
    case 'failed':
      return { phase: 'failed', kind, detail: report.detail, done: report.done }
    case 'discarded':
      return null
  }
}

/** Reads the chosen files; nothing is stored before {@link goOnWithImport}. */
export function chooseFiles(station: StationApp, kind: StationImportKind, files: readonly File[]): void {
  const { phase } = current()
  if (phase === 'importing' || phase === 'reading') {
    useImport.setState({ refusedWhileBusy: true })
    return
  }
  useImport.setState({ refusedWhileBusy: false })
  const { identity, stationCode, shopClock, shop, sample } = station.env
  const env = { identity, stationCode, shopClock, shop, sample }
  show({ phase: 'reading', kind, fileName: files[0]?.name ?? '', done: 0 })
  ask({ type: 'open', kind, files, station: { databaseName: station.database.name, env } })
}

/** Takes the previewed files in. */
export function goOnWithImport(): void {
  const state = current()
  if (state.phase !== 'preview') return
  show({ phase: 'importing', kind: state.kind, done: 0, total: null, stopping: false })
  ask({ type: 'import' })
}

/** Reads a previewed file again under another mapping. */
export function changeMapping(fileId: string, mapping: OrderMapping): void {
  const state = current()
  if (state.phase !== 'preview') return
  show({ ...state, busy: true })
  ask({ type: 'remap', fileId, mapping })
}

/** Puts the previewed files aside, or stops a running import between two chunks. */
export function cancelImport(): void {
  const state = current()
  if (state.phase === 'importing') {
    show({ ...state, stopping: true })
    ask({ type: 'cancel' })
  } else if (state.phase === 'reading') {
    // Nothing is stored while reading, so the quickest way out is the safest.
    stopWorker()
    show({ phase: 'idle' })
  } else {
    if (state.phase === 'preview') ask({ type: 'cancel' })
    show({ phase: 'idle' })
  }
}

/** Takes the last result off the screen. */
export function closeImportResult(): void {
  const { phase } = current()
  if (phase === 'done' || phase === 'failed') show({ phase: 'idle' })
  useImport.setState({ refusedWhileBusy: false })
}
