import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocateSku, type Demand, type Supply } from '../domain/orders/allocate.ts'
import { goodStock } from '../ledger/movement.ts'
import { binPlace, cartPlace, PACKED } from '../ledger/place.ts'
import { isHeldAsAllocated, isTakenAsAllocated } from './set-aside.ts'
import type { DemandRow } from './tables.ts'

const MEASURES = [null, 760, 770, 780]
const supplies: fc.Arbitrary<Supply[]> = fc
  .uniqueArray(fc.record({ bin: fc.integer({ min: 1, max: 3 }), at: fc.integer({ min: 0, max: 3 }) }), {
    selector: ({ bin, at }) => `${bin} ${at}`,
    maxLength: 6,
  })
  .chain((places) =>
    fc.tuple(...places.map(() => fc.integer({ min: 1, max: 4 }))).map((quantities) =>
      places.map(({ bin, at }, index) => ({
        place: bin === 3 ? cartPlace('O1') : binPlace(`A-${bin}`),
        measureMm: MEASURES[at] ?? null,
        quantity: quantities[index] ?? 1,
      })),
    ),
  )

const demands: fc.Arbitrary<Demand[]> = fc
  .array(
    fc.record({
      deadlineAt: fc.integer({ min: 0, max: 4 }),
      quantity: fc.integer({ min: 1, max: 4 }),
      wanted: fc.constantFrom('plain', 'unasked', 765, 770),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((rows) =>
    rows.map(({ deadlineAt, quantity, wanted }, index) => ({
      lineId: `O${index}#1`,
      orderId: `O${index}`,
      deadlineAt,
      quantity,
      measured: wanted !== 'plain',
      wantedMm: typeof wanted === 'number' ? wanted : null,
      toleranceMm: 10,
      pinned: [],
      ownPlace: cartPlace(`O${index}`),
    })),
  )

/** Some lines are held by open work, as they were allocated when it began. */
const shop = fc
  .record({
    stock: supplies,
    wanted: demands,
    held: fc.array(fc.nat({ max: 5 })),
    chosen: fc.nat({ max: 5 }),
  })
  .map(({ stock, wanted, held, chosen }) => {
    const first = new Map(allocateSku(stock, wanted).map((row) => [row.lineId, row.pieces]))
    const lines = wanted.map((line, index) =>
      held.includes(index) ? { ...line, pinned: first.get(line.lineId) ?? [] } : line,
    )
    return { stock, lines, line: lines[chosen % lines.length] as Demand }
  })

const byLine = (rows: ReturnType<typeof allocateSku>) => new Map(rows.map((row) => [row.lineId, row]))

describe('what changes nothing for anybody else', () => {
  it('ORD-6 a parcel that took what was allocated to it leaves every other allocation as it is', () => {
    fc.assert(
      fc.property(shop, ({ stock, lines, line }) => {
        const before = byLine(allocateSku(stock, lines))
        const own = before.get(line.lineId)?.pieces ?? []
        const left = stock.map((supply) => {
          const taken = own.find((p) => p.place === supply.place && p.measureMm === supply.measureMm)
          return { ...supply, quantity: supply.quantity - (taken?.quantity ?? 0) }
        })
        const after = byLine(
          allocateSku(
            left.filter(({ quantity }) => quantity > 0),
            lines.filter((other) => other !== line),
          ),
        )
        for (const [lineId, row] of after) expect(row).toEqual(before.get(lineId))
      }),
    )
  })

  it('ORD-6 work that holds what is allocated anyway leaves every allocation as it is', () => {
    fc.assert(
      fc.property(shop, ({ stock, lines, line }) => {
        const before = allocateSku(stock, lines)
        const own = byLine(before).get(line.lineId)?.pieces ?? []
        const held = lines.map((other) => (other === line ? { ...line, pinned: own } : other))
        const after = byLine(allocateSku(stock, held))
        for (const row of before)
          expect(sorted(after.get(row.lineId)?.pieces ?? [])).toEqual(sorted(row.pieces))
      }),
    )
  })

  const sorted = (pieces: readonly Supply[]) =>
    pieces.map(({ place, measureMm, quantity }) => `${place} ${measureMm} ${quantity}`).sort()

  const row = (allocated: readonly Supply[]): DemandRow => ({
    lineId: 'O1#1',
    orderId: 'O1',
    lineNo: 1,
    skuCode: 'S',
    quantity: 2,
    measured: false,
    wantedMm: null,
    toleranceMm: 0,
    deadlineAt: 1,
    allocated,
    shortQuantity: 0,
  })
  const two = [{ place: binPlace('A-1'), measureMm: null, quantity: 2 }]
  const left = (place: string, add: number, batch: string | null = null) => ({
    place,
    stock: { ...goodStock('S', null), batch },
    add,
  })

  it('ORD-6 tells what was taken as allocated from what was not', () => {
    const packed = left(PACKED, 2)
    expect(isTakenAsAllocated([left(binPlace('A-1'), -2), packed], [row(two)])).toBe(true)
    expect(isTakenAsAllocated([left(binPlace('A-2'), -2), packed], [row(two)])).toBe(false)
    expect(isTakenAsAllocated([left(binPlace('A-1'), -1), packed], [row(two)])).toBe(false)
    expect(isTakenAsAllocated([left(binPlace('A-1'), -2), packed], [])).toBe(false)
    expect(isTakenAsAllocated([left(binPlace('A-1'), -2, 'B7'), packed], [row(two)])).toBe(false)
    expect(isHeldAsAllocated(row(two), two)).toBe(true)
    expect(isHeldAsAllocated(row(two), [])).toBe(false)
  })
})
