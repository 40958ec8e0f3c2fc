import { type Answer, ask, type Choice, type Params, right, stop } from '../../domain/answer.ts'
import {
  backToBins,
  binsInWords,
  type FreePieces,
  moveStops,
  planShort,
  sendBack,
  type ShortPlan,
} from '../../domain/picking/decide-short.ts'
import { isAllPut, nextBin, nextPickStep, openGroup, openPieces } from '../../domain/picking/pick-steps.ts'
import type { PickStop, PickTask } from '../../domain/picking/pick-task.ts'
import { shortKey } from '../../domain/picking/shorts.ts'
import { compareBins } from '../../domain/picking/walk.ts'
import { isSaleableBin } from '../../domain/stock/bin.ts'
import { binOfPlace } from '../../ledger/place.ts'
import type { DecideContext, Decision } from '../decision.ts'
import type { StationEvent } from '../event-types.ts'
import type { ReadTx } from '../store.ts'
import { settle } from './pick-post.ts'
import { loadPickSettings } from './pick-slots.ts'

/** Name of the question that `CMD-SHORT` asks. */
export const SHORT_QUESTION = 'short'

/** PIK-3: `CMD-SHORT` at a bin: the pieces that the screen names are not all there. Asks what to do about it. */
export async function askShort(tx: ReadTx, task: PickTask): Promise<Decision> {
  const bin = nextBin(task)
  const [first] = openGroup(task)
  if (bin === null)
    return { answer: stop('notHere', 'PIK-3', { params: { code: 'CMD-SHORT' }, ...nextPickStep(task) }) }
  if (!first || task.atBin !== bin)
    return {
      answer: stop('binWanted', 'PIK-3', { params: { title: first?.title ?? '' }, ...nextPickStep(task) }),
    }
  const group = openGroup(task)
  const plan = await planFor(tx, group)
  const choices = choicesFor(task, plan)
  const params = { title: first.title, bin, missing: openPieces(group) }
  const next = plan.moved.length > 0 ? 'otherBinOffered' : 'noOtherBin'
  return {
    answer: ask('shortWanted', 'PIK-3', { params, choices, next }),
    question: {
      about: SHORT_QUESTION,
      choices,
      params: { bin, skuCode: first.skuCode, measureMm: first.measureMm ?? 0, missing: params.missing },
    },
  }
}

function choicesFor(task: PickTask, plan: ShortPlan): Choice[] {
  const bins = binsInWords(plan.moved.flatMap(({ to }) => to))
  const back = new Set(plan.left.map((stop) => stop.orderId))
  const numbers = [...new Set(plan.left.map((stop) => stop.orderNumber))].join('、')
  const holds = task.stops.some((stop) => back.has(stop.orderId) && stop.picked > 0)
  const other: Choice[] =
    plan.moved.length === 0
      ? []
      : [
          back.size === 0
            ? { tag: 'otherBin', params: { bins } }
            : { tag: 'otherBinSome', params: { bins, numbers } },
        ]
  const without: Choice[] = holds
    ? [
        { tag: 'holdOrder', params: { numbers } },
        { tag: 'putBackOrder', params: { numbers } },
      ]
    : [{ tag: 'sendBackOrder', params: { numbers } }]
  return [...other, ...(plan.moved.length > 0 ? [] : without), { tag: 'foundIt' }]
}

/** What the picker chose. The question is asked of the task as it stands, since nothing came between. */
export async function answerShort(
  tx: ReadTx,
  task: PickTask,
  choice: { readonly tag: string; readonly params: Params },
  context: DecideContext,
): Promise<Decision> {
  const group = openGroup(task)
  if (choice.tag === 'foundIt' || group.length === 0 || !isSameShort(group, choice.params))
    return { answer: right('answered', 'PIK-3', { ...nextPickStep(task) }) }
  const plan = await planFor(tx, group)
  const { serpentineZones } = await loadPickSettings(tx, context)
  const moved = moveStops(task, plan.moved, serpentineZones)
  const back = new Set(plan.left.map((stop) => stop.orderId))
  const keep = choice.tag === 'putBackOrder' ? 'putBack' : 'hold'
  const after = back.size === 0 ? moved : sendBack(moved, back, keep)
  const events = shortEvents(group, context)
  const answer = shortAnswer({ task, after, plan, keep })
  if (after === null) return { answer, task: null, events }
  // Posted: what was before cannot be undone any more, so the chain starts anew.
  if (!isAllPut(after)) return { answer, task: { ...after, undoHead: null }, events }
  const done = settle({ task: after, answer })
  return { ...done, answer, undoable: false, events: [...(done.events ?? []), ...events] }
}

function isSameShort([first]: readonly PickStop[], { bin, skuCode, measureMm }: Params): boolean {
  if (!first) return false
  return first.binCode === bin && first.skuCode === skuCode && (first.measureMm ?? 0) === measureMm
}

interface Shorted {
  readonly task: PickTask
  readonly after: PickTask | null
  readonly plan: ShortPlan
  readonly keep: 'hold' | 'putBack'
}

function shortAnswer({ task, after, plan, keep }: Shorted): Answer {
  const [first] = openGroup(task)
  const bin = first?.binCode ?? ''
  const bins = binsInWords(plan.moved.flatMap(({ to }) => to))
  if (plan.left.length === 0)
    return right('stopMoved', 'PIK-3', { params: { title: first?.title ?? '', bins }, ...onwardStep(after) })
  const back = new Set(plan.left.map((stop) => stop.orderId))
  const number = [...new Set(plan.left.map((stop) => stop.orderNumber))].join('、')
  const params = { number, bin }
  const putBack = keep === 'putBack' ? backToBins(task, back) : null
  if (putBack)
    return right('shortNoted', 'PIK-3', { params, next: putBack.next, nextParams: putBack.nextParams })
  return right('shortNoted', 'PIK-3', { params, ...onwardStep(after) })
}

const onwardStep = (task: PickTask | null) =>
  task === null || isAllPut(task) ? { next: 'shortThenNext' } : nextPickStep(task)

/** PIK-3: what the bin should hold of these goods is doubted from now on, and the bin wants a count. */
function shortEvents(group: readonly PickStop[], context: DecideContext): StationEvent[] {
  const [first] = group
  if (!first) return []
  const { binCode, skuCode, measureMm } = first
  const orderIds = [...new Set(group.map((stop) => stop.orderId))]
  const entities = [`sku:${skuCode}`, `bin:${binCode}`]
  return [
    {
      type: 'PickShort',
      movements: [],
      entities: [...entities, ...orderIds.map((orderId) => `order:${orderId}`)],
      body: { binCode, skuCode, measureMm, missing: openPieces(group), orderIds },
    },
    {
      type: 'CountWanted',
      movements: [],
      entities,
      body: {
        todoId: `count-${context.newId()}`,
        kind: 'countBin',
        subject: binCode,
        reason: 'shortAtPicking',
      },
    },
  ]
}

/** Other bins of the SKU with pieces that no order has been given, picking bins before reserve. */
async function planFor(tx: ReadTx, group: readonly PickStop[]): Promise<ShortPlan> {
  const [first] = group
  if (!first) return { moved: [], left: [] }
  const [free, lines] = await Promise.all([
    freePieces(tx, first),
    tx.where('demand', 'skuCode', first.skuCode),
  ])
  const fits = (stopped: PickStop, measureMm: number | null): boolean => {
    const line = lines.find((row) => row.orderId === stopped.orderId && row.lineNo === stopped.lineNo)
    if (!line?.measured) return true
    if (line.wantedMm === null || measureMm === null) return false
    return Math.abs(measureMm - line.wantedMm) <= line.toleranceMm
  }
  return planShort(group, free, fits)
}

async function freePieces(tx: ReadTx, short: PickStop): Promise<FreePieces[]> {
  const [balances, demands, doubts] = await Promise.all([
    tx.where('balances', 'skuCode', short.skuCode),
    tx.where('demand', 'skuCode', short.skuCode),
    tx.where('shorts', 'state', 'doubted'),
  ])
  const doubted = new Set([shortKey(short), ...doubts.map((row) => row.key)])
  const good = balances.flatMap((row) => {
    const binCode = binOfPlace(row.place)
    return binCode !== null && row.condition === 'good' && row.quantity > 0 ? [{ ...row, binCode }] : []
  })
  const kinds = await tx.getMany(
    'bins',
    good.map((row) => row.binCode),
  )
  const given = demands.flatMap((row) => row.allocated)
  const free = good.flatMap((row, index) => {
    const kind = kinds[index]?.kind
    if (kind === undefined || !isSaleableBin(kind) || doubted.has(shortKey(row))) return []
    const allocated = given
      .filter((piece) => piece.place === row.place && piece.measureMm === row.measureMm)
      .reduce((sum, piece) => sum + piece.quantity, 0)
    const { binCode, measureMm } = row
    return [{ binCode, measureMm, quantity: row.quantity - allocated, kind }]
  })
  const rank = (row: { kind: string }): number => (row.kind === 'reserve' ? 1 : 0)
  return free
    .filter((row) => row.quantity > 0)
    .sort((a, b) => rank(a) - rank(b) || compareBins(a.binCode, b.binCode))
    .map(({ binCode, measureMm, quantity }) => ({ binCode, measureMm, quantity }))
}
