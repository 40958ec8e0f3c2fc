import { ask, right, stop } from '../../domain/answer.ts'
import { skuTitle } from '../../domain/catalogue/sku.ts'
import { mayAct } from '../../domain/people/person.ts'
import {
  countedPieces,
  countPiece,
  markDefect,
  measurePiece,
  refuseFinish,
  setQuantity,
} from '../../domain/receiving/decide-receive.ts'
import { receiptMovements, signNote } from '../../domain/receiving/receive-posting.ts'
import type { ReceiveLine, ReceiveTask } from '../../domain/receiving/receive-task.ts'
import type { ControlWord } from '../../domain/scan.ts'
import { nextDocumentNumber } from '../counters.ts'
import type { DecideContext, Decision, NewPrint } from '../decision.ts'
import type { StationEvent } from '../event-types.ts'
import type { ReadTx } from '../store.ts'
import type { NoticeRow, SkuRow } from '../tables.ts'
import type { AreaInput } from './area-input.ts'
import { counted } from './count-piece.ts'
import { goodsInNote } from './documents.ts'
import { exchangePrints } from './papers.ts'
import { findPiece } from './look-up.ts'
import { answerUnknown, askWhich, linkCode, offerLink } from './receive-unknown-code.ts'
import { activePeople, personByBadge } from './scan-badge.ts'

type Input = AreaInput<ReceiveTask>

/** Goods-in by scanner (interface.md `#/receive`). */
export async function scanReceive(tx: ReadTx, input: Input): Promise<Decision | null> {
  const { scan, task } = input
  if (scan.scan === 'control') return control(tx, scan.word, input)
  if (task?.state === 'signing') return signing(tx, input, task)
  if (scan.scan === 'code')
    return task ? countCode(tx, scan.code, task, input) : open(tx, scan.code, input.context)
  if (!task) return null
  switch (scan.scan) {
    case 'measure': {
      const sku = task.last ? await tx.get('skus', task.last.skuCode) : undefined
      return counted(tx, measurePiece(task, sku ?? null, scan.measureMm), input.context)
    }
    case 'quantity':
      return counted(tx, setQuantity(task, scan.quantity), input.context)
    case 'choice':
      return answerUnknown(tx, input, task)
    default:
      return null
  }
}

async function control(tx: ReadTx, word: ControlWord, input: Input): Promise<Decision | null> {
  const { task, context } = input
  if (word === 'NEW') {
    if (task) return { answer: stop('taskOpen', 'RCV-1') }
    return openTask(context, null)
  }
  if (!task) return { answer: stop('noTask', 'RCV-1') }
  if (word === 'DEFECT') return counted(tx, markDefect(task), context)
  if (word === 'FINISH' && task.state === 'signing') return { answer: ask('signatureWanted', 'RCV-7') }
  if (word === 'FINISH') return finish(tx, task, context)
  if (word === 'REPRINT' && task.state === 'signing') {
    const answer = right('reprinted', 'RCV-7', {
      params: { number: task.noteNo ?? '' },
      next: 'signatureWanted',
    })
    return { answer, prints: [notePrint(task, task.noteNo ?? '', context, context.newId())] }
  }
  return null
}

/** RCV-1: against an advance notice by its number; otherwise `CMD-NEW` opens a blind receipt. */
async function open(tx: ReadTx, code: string, context: DecideContext): Promise<Decision> {
  const notice = await tx.get('notices', code)
  if (notice) {
    const skus = await tx.getMany(
      'skus',
      notice.lines.map((line) => line.skuCode),
    )
    return openTask(context, { notice, skus })
  }
  const found = await findPiece(tx, code)
  return {
    answer: stop(found.is === 'nothing' ? 'unknownCode' : 'noTask', 'RCV-1', {
      params: { code },
      next: 'openReceive',
    }),
  }
}

function openTask(
  context: DecideContext,
  against: { notice: NoticeRow; skus: (SkuRow | undefined)[] } | null,
): Decision {
  if (context.person && !mayAct(context.person, 'receivingClerk'))
    return { answer: stop('roleWanted', 'SEC-1', { params: { name: context.person.name } }) }
  const lines = Object.fromEntries(
    (against?.notice.lines ?? []).map((line, i) => [line.skuCode, expectedLine(line, against?.skus[i])]),
  )
  const task: ReceiveTask = {
    area: 'receive',
    taskId: context.newId(),
    openedAt: context.at,
    openedBy: context.person?.personId ?? null,
    undoHead: null,
    state: 'counting',
    noticeNo: against?.notice.noticeNo ?? null,
    supplier: against?.notice.supplier ?? '',
    lines,
    last: null,
    noteNo: null,
    signatures: [],
  }
  const params = { number: task.noticeNo ?? '', supplier: task.supplier }
  return { answer: right('receiveOpened', 'RCV-1', { params, next: 'scanPieces' }), task }
}

function expectedLine(line: NoticeRow['lines'][number], sku: SkuRow | undefined): ReceiveLine {
  return {
    skuCode: line.skuCode,
    title: sku ? skuTitle(sku) : line.skuCode,
    colour: sku?.colour ?? '',
    size: sku?.size ?? '',
    expected: line.quantity,
    counted: 0,
    defects: 0,
    byMeasure: {},
    defectsByMeasure: {},
  }
}

async function countCode(tx: ReadTx, code: string, task: ReceiveTask, input: Input): Promise<Decision> {
  const found = await findPiece(tx, code)
  if (found.is === 'piece') {
    const linking = input.question?.about === 'linkTo' ? String(input.question.params.code) : null
    if (linking) return linkCode(tx, { code: linking, sku: found.piece.sku, task, context: input.context })
    return counted(tx, countPiece(task, found.piece.sku, found.piece.measureMm), input.context)
  }
  if (found.is === 'ambiguous') return askWhich(code, found.skus)
  return offerLink(code)
}

/** RCV-7: counting ends; the note is numbered and printed at once, unposted, and waits for its signatures. */
async function finish(tx: ReadTx, task: ReceiveTask, context: DecideContext): Promise<Decision> {
  const refusal = refuseFinish(task)
  if (refusal) return { answer: refusal }
  const { number, counters } = await nextDocumentNumber(tx, 'RK', context)
  const params = { number, pieces: countedPieces(task) }
  return {
    answer: ask('signatureWanted', 'RCV-7', { params, next: 'clerkSignature' }),
    task: { ...task, state: 'signing', noteNo: number, signatures: [] },
    undoable: true,
    counters,
    prints: [notePrint(task, number, context, number)],
  }
}

function notePrint(task: ReceiveTask, number: string, context: DecideContext, jobId: string): NewPrint {
  return { jobId, document: goodsInNote(task, number, context), personRef: null, subject: number, reason: '' }
}

async function signing(tx: ReadTx, input: Input, task: ReceiveTask): Promise<Decision | null> {
  const { scan, context } = input
  if (scan.scan !== 'badge') return { answer: ask('signatureWanted', 'RCV-7', { next: 'countersign' }) }
  const [signer, people] = await Promise.all([personByBadge(tx, scan.code), activePeople(tx)])
  if (!signer) return { answer: stop('unknownBadge', 'RCV-7') }
  const outcome = signNote({
    signatures: task.signatures,
    signer,
    activePeople: people.length,
    at: context.at,
  })
  switch (outcome.tag) {
    case 'refused':
      return { answer: outcome.answer }
    case 'signed':
      return { answer: outcome.answer, task: { ...task, signatures: outcome.signatures }, undoable: true }
    case 'complete':
      return post({ ...task, signatures: outcome.signatures }, context)
  }
}

/** RCV-7: the last signature posts the note in one step, all movements or none. */
function post(task: ReceiveTask, context: DecideContext): Decision {
  const lines = Object.values(task.lines)
  const noteNo = task.noteNo ?? ''
  const event: StationEvent = {
    type: 'GoodsReceived',
    movements: receiptMovements(lines),
    entities: [`note:${noteNo}`, ...(task.noticeNo ? [`notice:${task.noticeNo}`] : [])],
    body: {
      noteNo,
      noticeNo: task.noticeNo,
      supplier: task.supplier,
      openedAt: task.openedAt,
      lines: lines.map((line) => ({
        ...line,
        byMeasure: { ...line.byMeasure },
        defectsByMeasure: { ...line.defectsByMeasure },
      })),
      signatures: [...task.signatures],
    },
  }
  const params = { number: noteNo, pieces: countedPieces(task) }
  return {
    answer: right('posted', 'RCV-7', { params, next: 'putAwayNext' }),
    task: null,
    events: [event],
    prints: exchangePrints(task, context),
  }
}
