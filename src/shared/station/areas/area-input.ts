import type { TracePoint } from '../../domain/packing/weighing.ts'
import type { Scan } from '../../domain/scan.ts'
import type { Question } from '../../domain/task.ts'
import type { DecideContext } from '../decision.ts'

/** What every area's handler is given. */
export interface AreaInput<T> {
  readonly scan: Scan
  /** The area's open task. */
  readonly task: T | null
  /** The question that stands on the area's screen. */
  readonly question: Question | null
  readonly context: DecideContext
  /** The pan's readings behind a weight that a scale gave; absent for one that a hand entered (PAK-4). */
  readonly scaleTrace?: readonly TracePoint[]
}

/** Tag of the choice that `ANS-n` picks from the standing question, or null. */
export function chosen(
  input: AreaInput<unknown>,
): { readonly about: string; readonly tag: string; readonly question: Question } | null {
  if (input.scan.scan !== 'choice' || !input.question) return null
  const choice = input.question.choices[input.scan.number - 1]
  return choice ? { about: input.question.about, tag: choice.tag, question: input.question } : null
}
