import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseWave, splitIntoBatches } from './batches.ts'
import { readPickSettings } from './pick-settings.ts'
import { freeSlots, slotCode, slotName } from './slots.ts'
import { compareBins, sortStops, walkOrder } from './walk.ts'

const bin = fc
  .tuple(fc.constantFrom('A', 'B'), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
  .map((parts) => parts.join('-'))

describe('the walk', () => {
  it('PIK-2 goes along the aisles by bin code, figures as figures', () => {
    expect(walkOrder(['B-1-1', 'A-10-1', 'A-9-1', 'A-09-2', 'A-9-1'])).toEqual([
      'A-9-1',
      'A-09-2',
      'A-10-1',
      'B-1-1',
    ])
  })

  it('PIK-2 turns round in every second aisle of a serpentine zone, and only there', () => {
    const bins = ['A-1-1', 'A-1-9', 'A-2-1', 'A-2-9', 'A-5-1', 'B-1-1', 'B-2-1', 'B-2-9']
    expect(walkOrder(bins, ['A'])).toEqual([
      'A-1-1',
      'A-1-9',
      'A-2-9',
      'A-2-1',
      'A-5-1',
      'B-1-1',
      'B-2-1',
      'B-2-9',
    ])
  })

  it('PIK-2 every bin is visited once, whatever the order in which they come', () => {
    fc.assert(
      fc.property(fc.array(bin), fc.boolean(), (bins, serpentine) => {
        const zones = serpentine ? ['A', 'B'] : []
        const walk = walkOrder(bins, zones)
        expect(new Set(walk)).toEqual(new Set(bins))
        expect(walk.length).toBe(new Set(bins).size)
        expect(walkOrder([...bins].reverse(), zones)).toEqual(walk)
      }),
    )
  })

  it('PIK-2 comparing bins is an order', () => {
    fc.assert(
      fc.property(bin, bin, bin, (a, b, c) => {
        expect(Math.sign(compareBins(a, b))).toBe(-Math.sign(compareBins(b, a)))
        if (compareBins(a, b) <= 0 && compareBins(b, c) <= 0) expect(compareBins(a, c)).toBeLessThanOrEqual(0)
      }),
    )
  })

  it('PIK-1 stops of one SKU and measure stand together in their bin, orders in their order', () => {
    const stop = (binCode: string, skuCode: string, measureMm: number | null, orderId: string) => ({
      binCode,
      skuCode,
      measureMm,
      orderId,
    })
    const stops = [
      stop('B-1', 'x', null, '1'),
      stop('A-1', 'y', null, '1'),
      stop('A-1', 'x', 772, '1'),
      stop('A-1', 'y', null, '2'),
      stop('A-1', 'x', 768, '2'),
    ]
    expect(sortStops(stops).map((s) => `${s.binCode} ${s.skuCode} ${s.measureMm} ${s.orderId}`)).toEqual([
      'A-1 x 768 2',
      'A-1 x 772 1',
      'A-1 y null 1',
      'A-1 y null 2',
      'B-1 x null 1',
    ])
  })
})

describe('slots', () => {
  it('PIK-1 are called by their figure and given from the lowest free one on', () => {
    expect([slotCode('WALL', 3), slotName('WALL-03'), slotName('ROT2-12')]).toEqual(['WALL-03', '3', '12'])
    expect(freeSlots({ wall: 'W', slots: 4 }, new Set(['W-01', 'W-03', 'X-02']))).toEqual(['W-02', 'W-04'])
  })
})

describe('waves', () => {
  const order = (orderId: string, over: object = {}) => ({
    orderId,
    number: orderId,
    deadlineAt: 10,
    courier: 'STO',
    zones: ['A'],
    pieces: 2,
    ...over,
  })
  const all = { courier: null, dueBy: null, zone: null, single: false }

  it('PIK-1 chooses by courier, deadline, zone and single pieces, oldest deadline first', () => {
    const orders = [
      order('1', { deadlineAt: 30 }),
      order('2', { courier: 'SF' }),
      order('3', { zones: ['A', 'B'], deadlineAt: 5 }),
      order('4', { pieces: 1 }),
    ]
    const ids = (choice: object) => chooseWave(orders, { ...all, ...choice }).map((row) => row.orderId)
    expect(ids({})).toEqual(['3', '2', '4', '1'])
    expect(ids({ courier: 'SF' })).toEqual(['2'])
    expect(ids({ dueBy: 10 })).toEqual(['3', '2', '4'])
    expect(ids({ zone: 'A' })).toEqual(['2', '4', '1'])
    expect(ids({ single: true })).toEqual(['4'])
  })

  it('PIK-1 splits into batches of at most n, none much shorter than another, nothing lost', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 15 }), (orders, size) => {
        const batches = splitIntoBatches(orders, size)
        const lengths = batches.map((batch) => batch.length)
        expect(batches.flat()).toEqual(orders)
        expect(Math.max(0, ...lengths)).toBeLessThanOrEqual(size)
        if (lengths.length > 0) expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('the way of picking', () => {
  it('PIK-1 is one order at a time until it is set otherwise, and nonsense is as unset', () => {
    expect(readPickSettings(undefined)).toMatchObject({ batchSize: 1, sorting: 'whilePicking', wall: 'WALL' })
    expect(readPickSettings({ batchSize: 12, wall: '墙', slots: 0 })).toMatchObject({
      batchSize: 12,
      wall: 'WALL',
      slots: 12,
    })
  })
})
