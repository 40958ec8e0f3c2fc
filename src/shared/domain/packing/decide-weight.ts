import { type Answer, ask, right, stop } from '../answer.ts'
import type { WeightVerdict } from '../weighing/judge-weight.ts'
import { ACCEPT_WEIGHT_CHOICES } from './pack-choices.ts'
import { nextPackStep } from './pack-steps.ts'
import type { Override, PackOutcome, PackTask } from './pack-task.ts'
import {
  type ExpectedParcel,
  MOST_SUSPECTS,
  MOST_TRACE_POINTS,
  type NamedSuspect,
  type TracePoint,
  type Weighing,
} from './weighing.ts'

/** A weight as it reaches the bench. */
export interface TakenWeight {
  readonly grams: number
  readonly source: 'hand' | 'scale'
  readonly trace: readonly TracePoint[]
  readonly verdict: WeightVerdict
  /** The verdict's suspects with their words, likeliest first. */
  readonly suspects: readonly NamedSuspect[]
}

/** How far a right parcel may be off: three standard deviations. */
export function expectedParcel({ expected }: Pick<WeightVerdict, 'expected'>): ExpectedParcel {
  return {
    grams: Math.round(expected.grams),
    spreadGrams: Math.max(1, Math.round(3 * Math.sqrt(expected.variance))),
    parcels: Number.isFinite(expected.parcels) ? expected.parcels : 0,
  }
}

/**
 * PAK-4: a parcel's weight is compared with what it should weigh. Off by more than chance allows, the parcel stops with
 * its suspects named; a person who has looked through it may let it pass with a reason.
 */
export function takeWeight(task: PackTask, taken: TakenWeight): PackOutcome {
  if (taken.grams <= 0) return { task, answer: stop('weightWanted', 'PAK-4', { params: {}, next: 'weigh' }) }
  const weighing: Weighing = {
    grams: taken.grams,
    source: taken.source,
    verdict: taken.verdict.tag,
    expected: expectedParcel(taken.verdict),
    suspects: taken.suspects.slice(0, MOST_SUSPECTS),
    accepted: null,
    trace: thinned(taken.trace),
  }
  const next: PackTask = { ...task, weightGrams: taken.grams, weightSource: taken.source, weighing }
  if (weighing.verdict === 'flagged') return { task: next, answer: weightOff(weighing) }
  return {
    task: next,
    answer: right('weightTaken', 'PAK-4', { params: { weightGrams: taken.grams }, ...nextPackStep(next) }),
  }
}

/** Every so many points are left out of a trace that is too long; the last always stays. */
function thinned(trace: readonly TracePoint[]): readonly TracePoint[] {
  const step = Math.ceil(trace.length / MOST_TRACE_POINTS)
  return step <= 1 ? trace : trace.filter((_, at) => (trace.length - 1 - at) % step === 0)
}

/** PAK-4: by how much it is off, and the suspect: "−412 g ≈ one jeans 2031/blue/31". */
export function weightOff(weighing: Weighing): Answer {
  const offGrams = weighing.grams - weighing.expected.grams
  const [suspect, ...others] = weighing.suspects
  const params = {
    grams: weighing.grams,
    expected: weighing.expected.grams,
    off: signed(offGrams),
    title: suspect?.title ?? '',
    other: suspect?.otherTitle ?? '',
    share: Math.round(100 * (suspect?.share ?? 0)),
    others: others.length,
  }
  const choices = ACCEPT_WEIGHT_CHOICES
  if (!suspect) return stop('weightOff', 'PAK-4', { params, choices, next: 'suspectUnknown' })
  return stop('weightOff', 'PAK-4', { params, choices, next: SUSPECT_WORDS[suspect.fault] })
}

const SUSPECT_WORDS = {
  missing: 'suspectMissing',
  surplus: 'suspectSurplus',
  swapped: 'suspectSwapped',
  extraPacking: 'suspectExtraPacking',
  noPacking: 'suspectNoPacking',
} as const satisfies Record<NamedSuspect['fault'], string>

const signed = (grams: number): string => (grams < 0 ? `−${-grams}` : `+${grams}`)

/** PAK-4: somebody has looked through the flagged parcel. */
export function acceptWeight(task: PackTask, accepted: Override): PackOutcome {
  const { weighing } = task
  if (weighing?.verdict !== 'flagged')
    return { task, answer: ask('weightWanted', 'PAK-4', { next: 'weigh' }) }
  const next: PackTask = { ...task, weighing: { ...weighing, accepted } }
  const params = { name: accepted.name, weightGrams: weighing.grams }
  return { task: next, answer: right('weightAccepted', 'PAK-4', { params, ...nextPackStep(next) }) }
}

/**
 * PAK-5: the parcel's size, longest side first.
 * @param divisor of the contract with its courier, cm³ per kilogram
 */
export function takeSize(
  task: PackTask,
  sizeMm: readonly [number, number, number],
  divisor: number,
): PackOutcome {
  const sides = [...sizeMm].sort((a, b) => b - a)
  const [length = 0, width = 0, height = 0] = sides
  const volumetric = volumetricGrams([length, width, height], divisor)
  const next: PackTask = { ...task, sizeMm: [length, width, height], volumetricGrams: volumetric }
  const params = { length, width, height, volumetric, divisor }
  return { task: next, answer: right('sizeTaken', 'PAK-5', { params, ...nextPackStep(next) }) }
}

/** PAK-5: what the parcel counts for by its volume, in grams; the divisor in cm³ per kilogram. */
export function volumetricGrams(sizeMm: readonly [number, number, number], divisor: number): number {
  const [length, width, height] = sizeMm
  return Math.round((length * width * height) / divisor)
}
