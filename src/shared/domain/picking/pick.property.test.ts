import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blankSku } from '../catalogue/sku.ts'
import { arriveAtBin, pickMovements, type PickOutcome, pickPiece } from './decide-pick.ts'
import { confirmSlot, sortPiece } from './decide-sort.ts'
import { isAllPut, isSorting } from './pick-steps.ts'
import type { PickStop, PickTask, Sorting } from './pick-task.ts'
import { slotCode } from './slots.ts'
import { sortStops } from './walk.ts'

const BINS = ['A-1', 'A-2', 'B-1']
const GOODS = [
  { skuCode: 'shirt', measures: [null] },
  { skuCode: 'jeans', measures: [764, 770, 772, 780] },
] as const
const ORDERS = ['o1', 'o2', 'o3']

const goods = fc.oneof(
  fc.constant({ skuCode: 'shirt', measureMm: null }),
  fc.constantFrom(...GOODS[1].measures).map((measureMm) => ({ skuCode: 'jeans', measureMm })),
)

const stops = fc
  .array(
    fc.record({
      orderId: fc.constantFrom(...ORDERS),
      binCode: fc.constantFrom(...BINS),
      goods,
      quantity: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 1, maxLength: 9 },
  )
  .map((list) =>
    list.map(
      ({ orderId, binCode, goods: { skuCode, measureMm }, quantity }, index): PickStop => ({
        orderId,
        orderNumber: orderId,
        lineNo: index + 1,
        skuCode,
        title: skuCode,
        size: '',
        colour: '',
        binCode,
        measureMm,
        quantity,
        picked: 0,
      }),
    ),
  )

const scans = fc.array(
  fc.oneof(
    fc.record({ scan: fc.constant('bin' as const), binCode: fc.constantFrom(...BINS) }),
    fc.record({ scan: fc.constant('piece' as const), goods }),
    fc.record({ scan: fc.constant('slot' as const), slot: fc.integer({ min: 1, max: 3 }) }),
  ),
  { maxLength: 120 },
)

const taskOf = (list: readonly PickStop[], sorting: Sorting, confirmPuts: boolean): PickTask => ({
  area: 'pick',
  taskId: 't',
  openedAt: 0,
  openedBy: null,
  undoHead: null,
  orderIds: ORDERS,
  stops: sortStops(list),
  atBin: null,
  pendingSku: null,
  batch: {
    batchNo: 'B1',
    sorting,
    confirmPuts,
    slots: ORDERS.map((orderId, index) => ({
      orderId,
      orderNumber: orderId,
      code: slotCode('W', index + 1),
    })),
  },
})

type Scanned = { readonly skuCode: string; readonly measureMm: number | null }

function scanPiece(task: PickTask, { skuCode, measureMm }: Scanned): PickOutcome {
  const taken = measureMm === null ? null : { measureMm, by: 'tag' as const }
  const sku = { ...blankSku(skuCode), stamp: null }
  return isSorting(task) ? sortPiece(task, sku, taken) : pickPiece(task, sku, taken)
}

const piecesByGoods = (list: readonly (Scanned & { readonly quantity: number })[]): Map<string, number> => {
  const sums = new Map<string, number>()
  for (const { skuCode, measureMm, quantity } of list)
    sums.set(`${skuCode} ${measureMm}`, (sums.get(`${skuCode} ${measureMm}`) ?? 0) + quantity)
  return new Map([...sums].sort())
}

/** Every piece in its turn, so that the sorting begins. */
const wholeWalk = (task: PickTask) =>
  task.stops.flatMap(({ binCode, skuCode, measureMm, quantity }) => [
    { scan: 'bin' as const, binCode },
    ...Array.from({ length: quantity }, () => ({ scan: 'piece' as const, goods: { skuCode, measureMm } })),
  ])

describe('any order of scans', () => {
  it.each([
    ['whilePicking', false],
    ['whilePicking', true],
    ['afterwards', false],
    ['afterwards', true],
  ] as const)(
    'PIK-1 PIK-3 %s, confirmed %s: carts hold what was scanned, and nobody another order’s piece',
    (sorting, confirmPuts) => {
      fc.assert(
        fc.property(stops, scans, fc.boolean(), (list, random, isWalked) => {
          let task = taskOf(list, sorting, confirmPuts)
          const walk = isWalked && sorting === 'afterwards' ? [...wholeWalk(task), ...random] : random
          const picked: (Scanned & { quantity: number })[] = []
          let sorted = 0
          for (const step of walk) {
            const before = task
            const outcome =
              step.scan === 'bin'
                ? arriveAtBin(task, step.binCode)
                : step.scan === 'slot'
                  ? confirmSlot(task, slotCode('W', step.slot))
                  : scanPiece(task, step.goods)
            task = outcome.task
            const { verdict, reason } = outcome.answer
            if (verdict === 'stop') expect(task).toBe(before)
            if (step.scan === 'piece' && reason === 'piecePicked') picked.push({ ...step.goods, quantity: 1 })
            if (reason === 'pieceSorted') sorted += 1
            if (isAllPut(task)) break
          }
          expect(piecesByGoods(pickMovements(task))).toEqual(piecesByGoods(picked))
          expect(task.stops.reduce((sum, stop) => sum + (stop.sorted ?? 0), 0)).toBe(sorted)
          for (const stop of task.stops) {
            expect(stop.picked).toBeLessThanOrEqual(stop.quantity)
            expect(stop.sorted ?? 0).toBeLessThanOrEqual(stop.picked)
          }
          // What an order holds is what its own lines want, piece by piece.
          const wanted = new Set(list.map((stop) => `${stop.orderId} ${stop.skuCode} ${stop.measureMm}`))
          for (const { to, skuCode, measureMm } of pickMovements(task))
            expect(wanted).toContain(`${to.slice('cart:'.length)} ${skuCode} ${measureMm}`)
        }),
      )
    },
  )
})
