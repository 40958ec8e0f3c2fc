import { ask, type Choice, right, stop } from '../../domain/answer.ts'
import { blankSku, skuTitle } from '../../domain/catalogue/sku.ts'
import { countPiece } from '../../domain/receiving/decide-receive.ts'
import type { ReceiveTask } from '../../domain/receiving/receive-task.ts'
import type { DecideContext, Decision } from '../decision.ts'
import type { StationEvent } from '../event-types.ts'
import type { ReadTx } from '../store.ts'
import type { SkuRow } from '../tables.ts'
import { type AreaInput, chosen } from './area-input.ts'
import { counted } from './count-piece.ts'

/** RCV-2: stop, offer to link the code to an SKU or to create one; nothing counted is lost. */
export function offerLink(code: string): Decision {
  const choices: Choice[] = [{ tag: 'linkToNext' }, { tag: 'createSku' }, { tag: 'setAside' }]
  return {
    answer: stop('unknownCode', 'RCV-2', { params: { code }, next: 'linkOrCreate', choices }),
    question: { about: 'linkUnknown', choices, params: { code } },
  }
}

/** Several SKUs share the code: a person says which one is in the hand. */
export function askWhich(code: string, skus: readonly SkuRow[]): Decision {
  const shown = skus.slice(0, 9)
  const choices = shown.map((sku) => ({ tag: 'thisSku', params: { title: skuTitle(sku), code: sku.code } }))
  return {
    answer: ask('ambiguousCode', 'RCV-2', { params: { code }, next: 'chooseSku', choices }),
    question: { about: 'whichSku', choices, params: { code } },
  }
}

/** The answer to a question about a code. */
export async function answerUnknown(
  tx: ReadTx,
  input: AreaInput<ReceiveTask>,
  task: ReceiveTask,
): Promise<Decision | null> {
  const choice = chosen(input)
  if (!choice) return null
  const code = String(choice.question.params.code ?? '')
  const number = input.scan.scan === 'choice' ? input.scan.number : 0
  if (choice.about === 'whichSku') {
    const sku = await tx.get('skus', String(choice.question.choices[number - 1]?.params?.code ?? ''))
    return sku ? counted(tx, countPiece(task, sku, null), input.context) : null
  }
  if (choice.about !== 'linkUnknown') return null
  if (choice.tag === 'linkToNext')
    return {
      answer: ask('linkWanted', 'RCV-2', { params: { code }, next: 'scanKnownSku' }),
      question: { about: 'linkTo', choices: [], params: { code } },
    }
  if (choice.tag === 'createSku') return createSku(tx, code, task, input.context)
  return { answer: right('answered', 'RCV-2', { params: { code }, next: 'setAside' }) }
}

/** RCV-2: the unknown code from now on means this SKU, and the piece in the hand is counted. */
export async function linkCode(
  tx: ReadTx,
  input: { code: string; sku: SkuRow; task: ReceiveTask; context: DecideContext },
): Promise<Decision> {
  const { code, sku, task, context } = input
  const outcome = await counted(tx, countPiece(task, sku, null), context)
  const event: StationEvent = {
    type: 'SkuCodeLinked',
    movements: [],
    entities: [`sku:${sku.code}`],
    body: { skuCode: sku.code, code },
  }
  const answer =
    outcome.answer.verdict === 'right'
      ? right('codeLinked', 'RCV-2', { params: { code, title: skuTitle(sku) }, next: 'scanPieces' })
      : outcome.answer
  return { ...outcome, answer, events: [event, ...(outcome.events ?? [])] }
}

async function createSku(
  tx: ReadTx,
  code: string,
  task: ReceiveTask,
  context: DecideContext,
): Promise<Decision> {
  const sku = { ...blankSku(code), item: code, name: code }
  const event: StationEvent = {
    type: 'SkusImported',
    movements: [],
    entities: [`sku:${code}`],
    body: { file: '', skus: [sku] },
  }
  const outcome = await counted(tx, countPiece(task, sku, null), context)
  return { ...outcome, events: [event, ...(outcome.events ?? [])] }
}
