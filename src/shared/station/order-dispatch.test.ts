import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Stamp } from '../ledger/stamp.ts'
import type { DispatchChange } from './order-dispatch.ts'
import { REDUCERS } from './row-changes.ts'
import type { OrderRow } from './tables.ts'
import { testOrder } from './test-station.ts'

const fold = (changes: readonly DispatchChange[], from?: OrderRow): OrderRow | undefined =>
  changes.reduce<OrderRow | undefined>(
    (row, change) => REDUCERS.orders(row, change, 'taobao/1') ?? undefined,
    from,
  )

const stamps = (count: number): Stamp[] =>
  Array.from({ length: count }, (_, index) => ({
    hubSequence: index + 1,
    counter: index % 3,
    eventId: `S${index % 2}.g1.${index}`,
  }))

/** What stations wrote, in the hub's order. */
const writes = fc
  .array(
    fc.oneof(
      fc.record({ set: fc.constant('merge' as const), groupId: fc.constantFrom('m-1', 'm-2', null) }),
      fc.record({
        set: fc.constant('extras' as const),
        lines: fc.array(
          fc.record({ skuCode: fc.constantFrom('A', 'B'), quantity: fc.integer({ min: 1, max: 3 }) }),
          {
            maxLength: 2,
          },
        ),
      }),
      fc.record({
        set: fc.constant('courier' as const),
        courier: fc.constantFrom('', 'SF', 'EMS'),
        reason: fc.constant('改'),
        personId: fc.constant(null),
        at: fc.nat(9),
      }),
    ),
    { minLength: 2, maxLength: 8 },
  )
  .map((list) => {
    const given = stamps(list.length)
    return list.flatMap((write, index): DispatchChange[] => {
      const stamp = given[index]
      return stamp ? [{ ...write, stamp }] : []
    })
  })

describe('how an order goes out', () => {
  it('ORD-4 ORD-7 ORD-8 SYN-1 comes to the same in whatever order the events arrive, the last writer by the hub’s order', () => {
    fc.assert(
      fc.property(
        writes.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        ([inOrder, shuffled]) => {
          const row = fold(inOrder)
          expect(fold(shuffled)).toEqual(row)
          const last = inOrder.filter((change) => change.set === 'merge').at(-1)
          expect(row?.mergeGroup ?? null).toBe(last?.groupId ?? null)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('ORD-4 an order is looked for by its buyer only while it is open', () => {
    const { platform } = testOrder('1', [['A', 1]])
    const [first, second] = stamps(2)
    const at = (stamp: Stamp | undefined) => stamp ?? { hubSequence: 1, counter: 1, eventId: 'e' }
    const open = REDUCERS.orders(
      undefined,
      { set: 'platform', order: platform, stamp: at(first) },
      'taobao/1',
    )
    expect(open?.buyerKey).toBe('taobao|tb1')
    const closed = { ...platform, status: 'refunded' as const }
    const gone = REDUCERS.orders(
      open ?? undefined,
      { set: 'platform', order: closed, stamp: at(second) },
      'taobao/1',
    )
    expect(gone).not.toHaveProperty('buyerKey')
  })
})
