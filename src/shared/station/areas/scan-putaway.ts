import { ask, type Params, right, stop } from '../../domain/answer.ts'
import { measuredCategory } from '../../domain/catalogue/measured-category.ts'
import { skuTitle } from '../../domain/catalogue/sku.ts'
import {
  type BinCandidate,
  putawayMovements,
  refuseBin,
  suggestBin,
} from '../../domain/putaway/decide-putaway.ts'
import type { PutawayTask } from '../../domain/putaway/putaway-task.ts'
import { balanceKey, goodStock } from '../../ledger/movement.ts'
import { binOfPlace, binPlace, DOCK } from '../../ledger/place.ts'
import type { DecideContext, Decision } from '../decision.ts'
import type { StationEvent } from '../event-types.ts'
import { releasedBy } from '../released-by.ts'
import type { ReadTx } from '../store.ts'
import type { BinRow } from '../tables.ts'
import { type AreaInput, chosen } from './area-input.ts'
import { liftedByPutaway } from './lift-short.ts'
import { findPiece, type Piece } from './look-up.ts'

type Input = AreaInput<PutawayTask>
type InHand = NonNullable<PutawayTask['piece']>

/** The newest placements that the screen lists. */
const SHOWN_PLACEMENTS = 50
/** How many bins of a category are looked into for a suggestion; the walk is in order, so the first ones fill first. */
const SEARCHED_BINS = 80

/** Putaway by scanner: piece, then bin (interface.md `#/putaway`). */
export async function scanPutaway(tx: ReadTx, input: Input): Promise<Decision | null> {
  const { scan, task } = input
  const piece = task?.piece ?? null
  switch (scan.scan) {
    case 'code':
      return scanCode(tx, scan.code, input)
    case 'measure':
      return piece && task ? measure(tx, task, piece, scan.measureMm) : null
    case 'quantity':
      return piece && task ? setQuantity(tx, task, piece, scan.quantity) : null
    case 'choice':
      return answerFound(tx, input)
    case 'control':
      return scan.word === 'FINISH' || scan.word === 'NEW' || scan.word === 'NEXT' ? endOrStart(input) : null
    default:
      return null
  }
}

function endOrStart({ task, context }: Input): Decision {
  if (task?.piece) return { answer: stop('binWanted', 'PUT-3', { params: { title: task.piece.title } }) }
  if (task) return { answer: right('taskOpen', 'PUT-3', { next: 'scanPieces' }), task: null }
  return { answer: right('nextTask', 'PUT-3', { next: 'scanPieces' }), task: newTask(context) }
}

function newTask(context: DecideContext): PutawayTask {
  return {
    area: 'putaway',
    taskId: context.newId(),
    openedAt: context.at,
    openedBy: context.person?.personId ?? null,
    undoHead: null,
    piece: null,
    suggestion: null,
    placed: [],
  }
}

async function scanCode(tx: ReadTx, code: string, input: Input): Promise<Decision> {
  const [bin, found] = await Promise.all([tx.get('bins', code), findPiece(tx, code)])
  const task = input.task ?? newTask(input.context)
  if (bin && task.piece) return place(tx, { task, piece: task.piece, bin, found: null })
  if (found.is === 'piece') return takePiece(tx, task, found.piece)
  if (found.is === 'ambiguous')
    return { answer: stop('ambiguousCode', 'PUT-3', { params: { code }, next: 'scanOther' }) }
  if (bin)
    return { answer: ask('pieceInHand', 'PUT-3', { params: { bin: bin.code }, next: 'scanPieceFirst' }) }
  return { answer: stop('unknownCode', 'PUT-3', { params: { code }, next: 'scanPieceOrBin' }) }
}

async function takePiece(tx: ReadTx, task: PutawayTask, scanned: Piece): Promise<Decision> {
  const { sku } = scanned
  const measured = measuredCategory(sku.category) !== null
  const held = task.piece
  if (held) {
    const same =
      held.skuCode === sku.code &&
      (!measured || (scanned.measureMm !== null && scanned.measureMm === held.measureMm))
    if (same) return setQuantity(tx, task, held, held.quantity + 1)
    return { answer: stop('binWanted', 'PUT-3', { params: { title: held.title }, next: 'binFirst' }) }
  }
  const piece: InHand = {
    skuCode: sku.code,
    title: skuTitle(sku),
    category: sku.category,
    measured,
    measureMm: measured ? scanned.measureMm : null,
    quantity: 1,
    onDock: null,
  }
  if (measured && piece.measureMm === null) {
    const answer = ask('measureWanted', 'RCV-4', { params: { title: piece.title }, next: 'measureOrTag' })
    return { answer, task: { ...task, piece, suggestion: null }, undoable: true }
  }
  return inHand(tx, task, piece)
}

function measure(
  tx: ReadTx,
  task: PutawayTask,
  piece: InHand,
  measureMm: number,
): Promise<Decision> | Decision {
  const range = measuredCategory(piece.category)
  if (!range) return { answer: stop('notHere', 'RCV-4', { params: { code: `MM-${measureMm}` } }) }
  if (measureMm < range.minMm || measureMm > range.maxMm) {
    const params = { measureMm, minMm: range.minMm, maxMm: range.maxMm, title: piece.title }
    return { answer: stop('measureOutOfRange', 'RCV-4', { params }) }
  }
  return inHand(tx, task, { ...piece, measureMm })
}

function setQuantity(
  tx: ReadTx,
  task: PutawayTask,
  piece: InHand,
  quantity: number,
): Promise<Decision> | Decision {
  if (quantity < 1) return { answer: stop('notHere', 'PUT-3', { params: { code: `QTY-${quantity}` } }) }
  return inHand(tx, task, { ...piece, quantity })
}

/** The piece is known: look what the dock has, and suggest a bin with its reason (PUT-2). */
async function inHand(tx: ReadTx, task: PutawayTask, piece: InHand): Promise<Decision> {
  const [dock, candidates] = await Promise.all([
    tx.get('balances', balanceKey(DOCK, goodStock(piece.skuCode, piece.measureMm))),
    loadCandidates(tx, piece),
  ])
  const suggestion = suggestBin(piece, candidates)
  const onDock = dock?.quantity ?? 0
  const params = { title: piece.title, quantity: piece.quantity, measureMm: piece.measureMm ?? '', onDock }
  const next = suggestion ? `suggest.${suggestion.reason}` : 'suggest.none'
  const nextParams: Params = suggestion ? { bin: suggestion.binCode, holds: suggestion.holds } : {}
  return {
    answer: right('pieceInHand', 'PUT-2', { params, next, nextParams }),
    task: { ...task, piece: { ...piece, onDock }, suggestion },
    undoable: true,
  }
}

/** Bins that hold the SKU, and the category's bins in walking order until one has room. */
async function loadCandidates(tx: ReadTx, piece: InHand): Promise<BinCandidate[]> {
  const balances = await tx.where('balances', 'skuCode', piece.skuCode)
  const holding = balances.filter((row) => row.quantity > 0 && binOfPlace(row.place) !== null)
  const holdingCodes = [...new Set(holding.map((row) => binOfPlace(row.place) ?? ''))]
  const [own, category] = await Promise.all([
    tx.getMany('bins', holdingCodes),
    tx.range('bins', 'category', { from: piece.category, to: piece.category, limit: SEARCHED_BINS }),
  ])
  const bins = new Map([...own, ...category].flatMap((bin) => (bin ? [[bin.code, bin] as const] : [])))
  const others = bins.size > 0 ? [] : await tx.range('bins', null, { limit: SEARCHED_BINS })
  for (const bin of others) bins.set(bin.code, bin)
  const measures = new Set(holding.filter((row) => row.measureMm === piece.measureMm).map((row) => row.place))
  return Promise.all(
    [...bins.values()].map(async (bin) => ({
      bin,
      pieces: await piecesIn(tx, bin),
      holdsSku: holdingCodes.includes(bin.code),
      holdsMeasure: piece.measured && measures.has(binPlace(bin.code)),
    })),
  )
}

async function piecesIn(tx: ReadTx, bin: BinRow): Promise<number> {
  const rows = await tx.where('balances', 'place', binPlace(bin.code))
  return rows.reduce((sum, row) => sum + Math.max(0, row.quantity), 0)
}

interface Placement {
  readonly task: PutawayTask
  readonly piece: InHand
  readonly bin: BinRow
  /** How many pieces a person said were found, or null when nobody has been asked. */
  readonly found: number | null
}

/** PUT-3: scan bin and it is done; what the dock lacks by the ledger is asked about before it is posted as found. */
async function place(tx: ReadTx, { task, piece, bin, found }: Placement): Promise<Decision> {
  if (piece.measured && piece.measureMm === null)
    return { answer: ask('measureWanted', 'RCV-4', { params: { title: piece.title }, next: 'measureOrTag' }) }
  const [pieces, dock] = await Promise.all([
    piecesIn(tx, bin),
    tx.get('balances', balanceKey(DOCK, goodStock(piece.skuCode, piece.measureMm))),
  ])
  const refusal = refuseBin(bin, pieces, piece.quantity)
  if (refusal) return { answer: refusal }
  const missing = Math.max(0, piece.quantity - Math.max(0, dock?.quantity ?? 0))
  if (missing > 0 && found === null) return askFound(piece, bin, missing)
  const { skuCode, measureMm, quantity } = piece
  const released = await releasedBy(tx, { skuCode, bin, measureMm, quantity })
  const lifted = await liftedByPutaway(tx, { binCode: bin.code, skuCode, measureMm })
  const decision = posted({ task, piece, bin, found: missing }, released)
  return { ...decision, events: [...(decision.events ?? []), ...lifted] }
}

function askFound(piece: InHand, bin: BinRow, missing: number): Decision {
  const choices = [{ tag: 'reallyThere' }, { tag: 'notThere' }]
  const params = { title: piece.title, missing, bin: bin.code }
  return {
    answer: ask('notOnDock', 'STK-4', { params, choices, next: 'foundOrNot' }),
    question: { about: 'found', choices, params },
  }
}

async function answerFound(tx: ReadTx, input: Input): Promise<Decision | null> {
  const choice = chosen(input)
  const { task } = input
  if (choice?.about !== 'found' || !task?.piece) return null
  if (choice.tag === 'notThere')
    return {
      answer: right('answered', 'STK-4', { next: 'scanPieces' }),
      task: { ...task, piece: null, suggestion: null },
    }
  const bin = await tx.get('bins', String(choice.question.params.bin))
  return bin
    ? place(tx, { task, piece: task.piece, bin, found: Number(choice.question.params.missing) })
    : null
}

function posted({ task, piece, bin, found }: Placement, released: readonly string[]): Decision {
  const foundQuantity = found ?? 0
  const putAway: StationEvent = {
    type: 'GoodsPutAway',
    movements: putawayMovements(piece, bin.code, foundQuantity),
    entities: [`sku:${piece.skuCode}`, `bin:${bin.code}`],
    body: {
      binCode: bin.code,
      skuCode: piece.skuCode,
      measureMm: piece.measureMm,
      quantity: piece.quantity,
      foundQuantity,
      suggestedBin: task.suggestion?.binCode ?? null,
      ...(released.length > 0 ? { released: [...released] } : {}),
    },
  }
  const placement = {
    title: piece.title,
    measureMm: piece.measureMm,
    quantity: piece.quantity,
    binCode: bin.code,
  }
  const otherCategory = bin.category !== '' && piece.category !== '' && bin.category !== piece.category
  const params = { title: piece.title, quantity: piece.quantity, bin: bin.code, category: bin.category }
  const next = otherCategory ? 'otherCategory' : released.length > 0 ? 'ordersReleased' : 'scanPieces'
  return {
    answer: right('putAway', 'PUT-3', { params: { ...params, released: released.length }, next }),
    // Posted: what was before cannot be undone any more, so the chain starts anew.
    task: {
      ...task,
      piece: null,
      suggestion: null,
      undoHead: null,
      placed: [placement, ...task.placed].slice(0, SHOWN_PLACEMENTS),
    },
    events: foundQuantity > 0 ? [putAway, countWanted(piece, task.taskId)] : [putAway],
  }
}

function countWanted(piece: InHand, taskId: string): StationEvent {
  return {
    type: 'CountWanted',
    movements: [],
    entities: [`sku:${piece.skuCode}`],
    body: {
      todoId: `count-${taskId}-${piece.skuCode}`,
      kind: 'countSku',
      subject: piece.skuCode,
      reason: 'foundAtPutaway',
    },
  }
}
