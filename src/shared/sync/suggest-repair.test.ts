import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOpenDiscrepancy, type ParcelSide, suggestVoid } from './suggest-repair.ts'

const side = (parcelId: string, over: Partial<ParcelSide> = {}): ParcelSide => ({
  parcelId,
  finishedAt: 1000,
  leaseToken: null,
  state: 'packed',
  ...over,
})

describe('suggested repair of a double pack', () => {
  it('SYN-2 takes back the parcel packed without a lease, though it came first', () => {
    const sides = [side('a', { finishedAt: 1 }), side('b', { finishedAt: 2, leaseToken: 4 })]
    expect(suggestVoid(sides)).toEqual({ tag: 'voidParcel', parcelId: 'a', cause: 'noLease' })
  })

  it('SYN-2 takes back the parcel whose lease had passed to another station', () => {
    const sides = [side('a', { leaseToken: 7, finishedAt: 9 }), side('b', { leaseToken: 6, finishedAt: 1 })]
    expect(suggestVoid(sides)).toEqual({ tag: 'voidParcel', parcelId: 'b', cause: 'staleLease' })
  })

  it('SYN-2 takes back the later one when no lease tells them apart', () => {
    const sides = [side('a', { finishedAt: 9 }), side('b', { finishedAt: 1 })]
    expect(suggestVoid(sides)).toEqual({ tag: 'voidParcel', parcelId: 'a', cause: 'later' })
    const leased = sides.map((one) => ({ ...one, leaseToken: 3 }))
    expect(suggestVoid(leased)).toEqual({ tag: 'voidParcel', parcelId: 'a', cause: 'later' })
  })

  it('PAK-10 never takes back what the courier has, even against the lease', () => {
    const sides = [side('a', { state: 'handedOver' }), side('b', { leaseToken: 5 })]
    expect(suggestVoid(sides)).toEqual({ tag: 'voidParcel', parcelId: 'b', cause: 'otherHandedOver' })
  })

  it('says so when all are with the courier, or fewer than two are left', () => {
    expect(suggestVoid([side('a', { state: 'handedOver' }), side('b', { state: 'handedOver' })])).toEqual({
      tag: 'allHandedOver',
    })
    expect(suggestVoid([side('a', { state: 'voided' }), side('b')])).toEqual({ tag: 'nothingToVoid' })
    expect(suggestVoid([side('a', { state: 'partial' }), side('b')])).toEqual({ tag: 'nothingToVoid' })
  })

  it('SYN-1 suggests the same on every station, in whatever order the sides are known', () => {
    const sideArb = fc.record({
      parcelId: fc.constantFrom('a', 'b', 'c', 'd'),
      finishedAt: fc.integer({ min: 0, max: 3 }),
      leaseToken: fc.option(fc.integer({ min: 1, max: 3 })),
      state: fc.constantFrom('packed' as const, 'handedOver' as const, 'voided' as const),
    })
    fc.assert(
      fc.property(fc.uniqueArray(sideArb, { selector: (one) => one.parcelId }), fc.nat(), (sides, turn) => {
        const at = sides.length === 0 ? 0 : turn % sides.length
        const turned = [...sides.slice(at), ...sides.slice(0, at)].reverse()
        expect(suggestVoid(turned)).toEqual(suggestVoid(sides))
      }),
    )
  })
})

describe('open discrepancies', () => {
  it('SYN-2 a repair that has not taken effect stays open, one that cannot take itself away does not', () => {
    expect(isOpenDiscrepancy({ kind: 'doublePack' }, undefined)).toBe(true)
    expect(isOpenDiscrepancy({ kind: 'doublePack' }, { decision: 'repaired' })).toBe(true)
    expect(isOpenDiscrepancy({ kind: 'doublePack' }, { decision: 'accepted' })).toBe(false)
    expect(isOpenDiscrepancy({ kind: 'writtenTwice' }, { decision: 'repaired' })).toBe(false)
    expect(isOpenDiscrepancy({ kind: 'oversold' }, { decision: 'accepted' })).toBe(false)
  })
})
