import type { Answer } from '../domain/answer.ts'
import type { ShopClock } from '../domain/orders/deadline.ts'
import type { Person } from '../domain/people/person.ts'
import type { Question } from '../domain/task.ts'
import type { LabelDocument } from '../labels/label-document.ts'
import type { StationEvent } from './event-types.ts'
import type { Shelved } from './shelve-tasks.ts'
import type { CommandAnswer, PersonalData, PrintBatchRow, PrintJobRow, Task } from './tables.ts'

/** What decisions may use besides the rows loaded for them: nothing in here reads a clock or a die by itself. */
export interface DecideContext {
  readonly at: number
  readonly newId: () => string
  readonly person: Person | null
  readonly stationCode: string
  readonly stationId: string
  readonly shopClock: ShopClock
  readonly shop: ShopIdentity
  /** True in the demo space: labels are marked. */
  readonly sample: boolean
}

/** The sender on labels and lists. */
export interface ShopIdentity {
  readonly name: string
  readonly phone: string
  readonly address: string
}

/** A document to print; the job is written down with the decision and sent afterwards (LBL-4). */
export interface NewPrint {
  readonly jobId: string
  readonly document: LabelDocument
  /** Whose data is on it; null for papers that name no buyer. */
  readonly personRef: string | null
  readonly subject: string
  readonly reason: string
  /** Above zero: printed so often before. */
  readonly copy?: number
  /** The printer that a person chose. */
  readonly printerId?: string | null
  readonly batch?: PrintJobRow['batch']
}

/** What a decision wants done, all of it in one transaction or none. */
export interface Decision {
  readonly answer: Answer
  /** The task as it shall stand on the desk; null takes it off, absent leaves it. */
  readonly task?: Task | null
  /** True when `CMD-BACK` may take this step back. */
  readonly undoable?: boolean
  readonly events?: readonly StationEvent[]
  readonly prints?: readonly NewPrint[]
  readonly personal?: readonly { readonly personRef: string; readonly data: PersonalData }[]
  /** The question that the next scan may answer; absent: none stands any more. */
  readonly question?: Question
  /** Put the task on the shelf instead of dropping it. */
  readonly hold?: boolean
  /** Take this one from the shelf; it becomes the desk's task. */
  readonly resume?: Task
  /** Who is signed in from now on. */
  readonly session?: string | null
  /** Document counters to advance, by name. */
  readonly counters?: Readonly<Record<string, number>>
  /** Facts of this database alone, such as the parcel that a reprint would concern. */
  readonly remember?: Readonly<Record<string, string>>
}

/** What a command that is no scan wants written. */
export type CommandEffect = Omit<Decision, 'answer' | 'task' | 'question'> & {
  readonly answer: CommandAnswer
  /** Facts of this database alone, written with the command. */
  readonly facts?: Readonly<Record<string, unknown>>
  /** A batch of labels as it shall stand. */
  readonly batch?: PrintBatchRow
  /** Tasks that go onto the shelf of held ones, or leave it. */
  readonly shelf?: Shelved
  /** Print jobs that are there already, as a person's decision leaves them. */
  readonly jobs?: readonly PrintJobRow[]
}
