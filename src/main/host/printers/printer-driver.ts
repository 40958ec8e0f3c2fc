import type { LabelModel } from '../../../shared/labels/label-model.ts'
import type {
  PrinterCondition,
  PrinterLanguage,
  PrintTrouble,
} from '../../../shared/protocol/print-contract.ts'

/** What became of one sending. */
export type SendOutcome =
  | { readonly tag: 'printed'; readonly detail: string }
  /** Certainly nothing came out, and the same bytes may be sent again or go elsewhere. */
  | { readonly tag: 'notSent'; readonly trouble: PrintTrouble; readonly detail: string }
  /** Bytes left, and nobody can say what came of them. */
  | { readonly tag: 'unknown'; readonly trouble: PrintTrouble; readonly detail: string }
  /** Certainly nothing came out, and the same bytes would fare no better. */
  | { readonly tag: 'failed'; readonly trouble: PrintTrouble; readonly detail: string }

/** What is sent: rendered already. */
export interface PrintData {
  readonly jobId: string
  /** Names this try at the printer: the job's id and which try it is. */
  readonly title: string
  readonly bytes: Uint8Array
  readonly language: PrinterLanguage
  /** The same as pages, all copies, for drivers that draw by themselves; none for a courier's own label. */
  readonly pages: readonly LabelModel[]
  /** Size of one label in micrometres; null when only the courier knows. */
  readonly size: LabelSize | null
}

export interface LabelSize {
  readonly widthUm: number
  readonly heightUm: number
}

/** What the driver tells while it works. */
export interface SendWatch {
  /** Ends the waiting, not the label: what has left has left. */
  readonly signal: AbortSignal
  /**
   * Awaited right before the first byte can leave; what it throws must pass through, and then nothing may be sent. From
   * here on a crash leaves the job unknown.
   */
  commit(): Promise<void>
  /** The printer or queue has taken the job over, and can be asked about it under this name, after a restart as well. */
  handedOver(trace: string): Promise<void>
  /** Why it takes long: the person sees it while the job is being sent. */
  delayed(trouble: PrintTrouble, detail: string): void
}

export interface PrinterHealth {
  readonly condition: PrinterCondition
  readonly detail: string
}

/** One way of getting bytes onto paper. */
export interface PrinterDriver {
  /** Never rejects but with what `commit` threw. */
  send(data: PrintData, watch: SendWatch): Promise<SendOutcome>
  /**
   * What became of a job whose sending the end of this program broke off. Null: this path cannot tell. `trace` is empty
   * when nothing had been handed over by then.
   */
  recover(job: RecoveredJob, watch: Omit<SendWatch, 'commit' | 'handedOver'>): Promise<SendOutcome | null>
  /** Asks the printer how it is, within a few seconds; never rejects and never prints. */
  probe(signal: AbortSignal): Promise<PrinterHealth>
  /** True: sending writes `labels/<file>` itself, as the last thing it does. */
  readonly keepsFile: boolean
}

interface RecoveredJob {
  readonly jobId: string
  readonly title: string
  readonly trace: string
  readonly language: PrinterLanguage
}

/** The condition that a printer is in when it cannot take a job. */
export function conditionOf(trouble: PrintTrouble): PrinterCondition {
  switch (trouble) {
    case 'printerOff':
    case 'hostUnknown':
      return 'away'
    case 'outOfPaper':
    case 'coverOpen':
      return trouble
    case 'printerStopped':
      return 'stopped'
    default:
      return 'unknown'
  }
}

/** Why a printer in this condition takes no job; null when it does. */
export function troubleOf(condition: PrinterCondition): PrintTrouble | null {
  switch (condition) {
    case 'away':
      return 'printerOff'
    case 'outOfPaper':
    case 'coverOpen':
      return condition
    case 'stopped':
      return 'printerStopped'
    default:
      return null
  }
}
