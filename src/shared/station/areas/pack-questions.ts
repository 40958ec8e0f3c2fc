import { type Answer, ask, type Choice, right, stop } from '../../domain/answer.ts'
import { acceptWeight, weightOff } from '../../domain/packing/decide-weight.ts'
import { overrideBadgeWanted, overrideMeasure } from '../../domain/packing/override-measure.ts'
import { OVERRIDE_CHOICES } from '../../domain/packing/pack-choices.ts'
import { isPending, isWeightOff, measureParams, nextPackStep } from '../../domain/packing/pack-steps.ts'
import type { PackOutcome, PackTask } from '../../domain/packing/pack-task.ts'
import type { Question } from '../../domain/task.ts'
import type { Decision } from '../decision.ts'
import type { ReadTx } from '../store.ts'
import { type AreaInput, chosen } from './area-input.ts'
import { answerAddress } from './confirm-address.ts'
import { confirmWanted } from './confirm-wanted.ts'
import { LABEL_QUESTION } from './label-faults.ts'
import { renewLabel } from './label-first.ts'
import { closeChanged, takeNewAddress } from './order-changed.ts'
import { REPRINT_CHOICES, reprintWaybill, VOID_CHOICES, voidParcel } from './parcel-corrections.ts'
import { personByBadge } from './scan-badge.ts'

type Input = AreaInput<PackTask>

/** Writes an outcome down; a stop that changed nothing cannot be undone. */
export function settle({ task, answer }: PackOutcome): Decision {
  const question = questionBehind(answer)
  const changed = answer.verdict !== 'stop' || answer.reason === 'weightOff'
  return { answer, task, undoable: changed, ...(question ? { question } : {}) }
}

/** A stop that a person may let pass leaves its question standing. */
export function questionBehind(answer: Answer): Question | null {
  if (answer.verdict !== 'stop' || !answer.choices) return null
  if (answer.reason === 'offMeasure')
    return {
      about: 'offMeasure',
      choices: answer.choices,
      params: { measureMm: answer.params.measureMm ?? 0 },
    }
  return answer.reason === 'weightOff' ? { about: 'weightOff', choices: answer.choices, params: {} } : null
}

/** `ANS-n` to whatever was asked at the bench. */
export async function answerQuestion(tx: ReadTx, input: Input): Promise<Decision | null> {
  const choice = chosen(input)
  if (!choice) return null
  const { task, context } = input
  const parcelId = String(choice.question.params.parcelId ?? '')
  switch (choice.about) {
    case 'alreadyFinished':
      return choice.tag === 'reprint'
        ? askWhy(parcelId, 'reprint', REPRINT_CHOICES)
        : askWhy(parcelId, 'void', VOID_CHOICES)
    case 'reprint':
      return reprintWaybill(tx, { parcelId, reason: choice.tag })
    case 'void':
      return voidParcel(tx, { parcelId, reason: choice.tag, context })
    case 'cancelled':
      return { answer: right('answered', 'ORD-2', { next: 'piecesBack' }), task: null }
    case 'orderChanged':
      return closeChanged()
    case 'newAddress':
      return task ? takeNewAddress(tx, task) : null
    case 'addressWanted':
      return answerAddress(tx, choice.question, choice.tag)
    case LABEL_QUESTION:
      return renewLabel(tx, String(choice.question.params.orderId ?? ''), { task, context })
    case 'suggestedMeasure':
      return task ? confirmWanted(tx, task, Number(choice.question.params.measureMm)) : null
    case 'weightOff':
      return task
        ? settle(acceptWeight(task, { reason: choice.tag, ...whoever(input), at: context.at }))
        : null
    case 'offMeasure':
      return askOverrideBadge(choice.question, choice.tag)
    default:
      return null
  }
}

/** LBL-4, PAK-10: neither is done without a reason. */
export function askWhy(parcelId: string, about: 'reprint' | 'void', choices: readonly Choice[]): Decision {
  const rule = about === 'reprint' ? 'LBL-4' : 'PAK-10'
  return {
    answer: ask('reasonWanted', rule, { choices, next: about === 'reprint' ? 'whyReprint' : 'whyVoid' }),
    question: { about, choices, params: { parcelId } },
  }
}

/** Who stands at the bench: signed in, or the parcel's packer. */
function whoever({ context, task }: Input): { personId: string; name: string } {
  const { person } = context
  return person
    ? { personId: person.personId, name: person.name }
    : { personId: task?.signature?.personId ?? '', name: task?.signature?.name ?? '' }
}

const OVERRIDE_BADGE = 'overrideBadge'

function askOverrideBadge(question: Question, reason: string): Decision {
  const params = { measureMm: question.params.measureMm ?? 0, reason }
  return { answer: overrideBadgeWanted(), question: { about: OVERRIDE_BADGE, choices: [], params } }
}

/** PAK-3: the badge that was asked for; null when none was. */
export async function overrideByBadge(tx: ReadTx, badge: string, input: Input): Promise<Decision | null> {
  const { question, task, context } = input
  if (question?.about !== OVERRIDE_BADGE || !task) return null
  const person = await personByBadge(tx, badge)
  if (!person) return { answer: stop('unknownBadge', 'PAK-3'), question }
  const outcome = overrideMeasure(task, person, {
    measureMm: Number(question.params.measureMm),
    reason: String(question.params.reason),
    at: context.at,
  })
  return { ...settle(outcome), ...(outcome.answer.verdict === 'stop' ? { question } : {}) }
}

/** `CMD-OVERRIDE`: what was stopped and could be let pass is asked once more, with its reasons. */
export function askOverride(task: PackTask, question: Question | null): Decision {
  if (task.weighing && isWeightOff(task)) return settle({ task, answer: weightOff(task.weighing) })
  const pending = task.lines.find(isPending)
  if (!pending || question?.about !== 'offMeasure')
    return { answer: stop('nothingToDo', 'PAK-3', nextPackStep(task)) }
  const params = { ...measureParams(pending), measureMm: Number(question.params.measureMm) }
  return {
    answer: ask('reasonWanted', 'PAK-3', { params, choices: OVERRIDE_CHOICES, next: 'whyOverride' }),
    question,
  }
}
