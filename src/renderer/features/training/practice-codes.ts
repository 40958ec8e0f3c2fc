import { isPending, isWeightOff, missingLines } from '../../../shared/domain/packing/pack-steps.ts'
import type { PackTask } from '../../../shared/domain/packing/pack-task.ts'
import { suggestWaistMm } from '../../../shared/formats/message-hints.ts'

/** A code to try at this step; `wrong` ones show what a stop looks like. */
export interface PracticeCode {
  readonly what:
    | 'open'
    | 'measureWanted'
    | 'measure'
    | 'measureWrong'
    | 'piece'
    | 'pieceWrong'
    | 'weight'
    | 'weightWrong'
    | 'lookThrough'
    | 'badge'
    | 'finish'
  readonly code: string
}

/** What the screen knows of the order on the bench, or of the first in the queue. */
export interface PracticeScene {
  readonly task: PackTask | null
  readonly firstOrder: string | null
  /** What the buyer wrote. */
  readonly message: string
  /** A code that a scanner can read, by SKU code. */
  readonly codeOf: (skuCode: string) => string
  /** Any other goods of the house. */
  readonly otherSku: string
}

const OFF_MM = 30
const USUAL_WAIST_MM = 760

/** The codes that make sense now, the right one first: a newcomer can pack a whole parcel with them. */
export function practiceCodes({
  task,
  firstOrder,
  message,
  codeOf,
  otherSku,
}: PracticeScene): PracticeCode[] {
  if (!task) return firstOrder === null ? [] : [{ what: 'open', code: firstOrder }]
  if (task.state === 'confirming')
    return [{ what: 'measureWanted', code: `MM-${suggestWaistMm(message) ?? USUAL_WAIST_MM}` }]
  const pending = task.lines.find(isPending)
  if (pending) {
    const wantedMm = pending.wantedMm ?? USUAL_WAIST_MM
    return [
      { what: 'measure', code: `MM-${wantedMm}` },
      { what: 'measureWrong', code: `MM-${wantedMm + OFF_MM}` },
    ]
  }
  const missing = missingLines(task)[0]
  if (missing) {
    return [
      { what: 'piece', code: codeOf(missing.skuCode) },
      ...(otherSku === '' ? [] : [{ what: 'pieceWrong', code: codeOf(otherSku) } as const]),
    ]
  }
  if (isWeightOff(task)) return [{ what: 'lookThrough', code: 'ANS-1' }]
  if (task.weightGrams === null) return weights(task)
  return task.signature === null
    ? [{ what: 'badge', code: 'BADGE-1002' }]
    : [{ what: 'finish', code: 'CMD-FINISH' }]
}

function weights({ expected, lines }: PackTask): PracticeCode[] {
  const grams = expected?.grams ?? 500
  const piece = lines[0]?.unitWeightGrams ?? 100
  return [
    { what: 'weight', code: `G-${grams}` },
    { what: 'weightWrong', code: `G-${Math.max(1, grams - piece)}` },
  ]
}
