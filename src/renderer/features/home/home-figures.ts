import { Dexie } from 'dexie'
import { type ShopClock, shopMidnight } from '../../../shared/domain/orders/deadline.ts'
import { BOUND, holderOf } from '../../../shared/station/row-changes.ts'
import type { StationApp } from '../../app/station-app.ts'
import { readCases } from '../discrepancies/case-rows.ts'
import type { StationDatabase } from '../../data/station-database.ts'

/** Today at a glance; every figure is a count on an index. */
export interface HomeFigures {
  /** Open orders, held ones included. */
  readonly toShip: number
  readonly late: number
  /** Open orders that cannot ship now: yellow flag (ORD-6). */
  readonly held: number
  readonly packedToday: number
  /** Packed, not yet with the courier. */
  readonly waiting: number
  readonly waybillsLeft: number
  /** Contradictions and things to look at. */
  readonly toCheck: number
}

/** Which steps of the first day have been done (interface.md, First minutes of a newcomer). */
export interface FirstSteps {
  readonly catalogue: boolean
  readonly bins: boolean
  readonly orders: boolean
  readonly waybills: boolean
  readonly receive: boolean
  readonly putaway: boolean
  readonly pick: boolean
  readonly pack: boolean
  readonly handover: boolean
}

const HELD = ['held', 'addressWanted', 'short', 'measureWanted', 'unknownSku']

/** Counts for the cards at the time `now`. */
export async function loadHomeFigures(
  { database, description: { stationId } }: Pick<StationApp, 'database' | 'description'>,
  now: number,
  clock: ShopClock,
): Promise<HomeFigures> {
  const open = (until: unknown) =>
    database.orders
      .where('[queue+deadlineAt]')
      .between(['open', Dexie.minKey], ['open', until], true, true)
      .count()
  const midnight = shopMidnight(now, clock)
  const packedSince = (state: string, from: unknown) =>
    database.parcels
      .where('[state+finishedAt]')
      .between([state, from], [state, Dexie.maxKey], true, true)
      .count()
  const [toShip, late, held, packed, handed, waiting, waybillsLeft, discrepancies, todos] = await Promise.all(
    [
      open(Dexie.maxKey),
      open(now),
      database.readiness.where('state').anyOf(HELD).count(),
      packedSince('packed', midnight),
      packedSince('handedOver', midnight),
      packedSince('packed', Dexie.minKey),
      freeWaybills(database, stationId),
      openDiscrepancies(database),
      database.todos.filter((todo) => !todo.done).count(),
    ],
  )
  const toCheck = discrepancies + todos
  return { toShip, late, held, packedToday: packed + handed, waiting, waybillsLeft, toCheck }
}

async function openDiscrepancies(database: StationDatabase): Promise<number> {
  return (await readCases(database, 'open')).length
}

/**
 * Numbers that no parcel has and that are not burnt: those are indexed under no courier at all. What a service gave for
 * single orders stands under these.
 */
async function freeWaybills(database: StationDatabase, stationId: string): Promise<number> {
  const under = (prefix: string) =>
    database.waybills
      .where('[freeFor+position]')
      .between([prefix, Dexie.minKey], [`${prefix}\uffff`, Dexie.maxKey])
  const [pooled, bound] = await Promise.all([under(`${stationId}/`).count(), under(BOUND).toArray()])
  return pooled + bound.filter((row) => !row.assigned && holderOf(row) === stationId).length
}

/** Looks for one row of each kind. Picking leaves pieces on a cart; whoever packs straight away may skip it. */
export async function loadFirstSteps(database: StationDatabase): Promise<FirstSteps> {
  const some = async (counting: { limit(n: number): { count(): Promise<number> } }): Promise<boolean> =>
    (await counting.limit(1).count()) > 0
  const [catalogue, bins, orders, waybills, receive, inBins, onCarts, pack, handover] = await Promise.all([
    some(database.skus.toCollection()),
    some(database.bins.toCollection()),
    some(database.orders.toCollection()),
    some(database.waybills.toCollection()),
    some(database.notes.toCollection()),
    some(database.balances.where('place').startsWith('bin:')),
    some(database.balances.where('place').startsWith('cart:')),
    some(database.parcels.toCollection()),
    some(database.handovers.toCollection()),
  ])
  const picked = onCarts || pack
  return {
    catalogue,
    bins,
    orders,
    waybills,
    receive,
    putaway: inBins || picked,
    pick: picked,
    pack,
    handover,
  }
}
