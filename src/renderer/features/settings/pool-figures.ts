import { Dexie } from 'dexie'
import { COLLECTED } from '../../../shared/domain/shipping/collected.ts'
import { asideOf } from '../../../shared/station/project.ts'
import { BOUND, freeForKey, holderOf } from '../../../shared/station/row-changes.ts'
import type { WaybillRow } from '../../../shared/station/tables.ts'
import type { StationDatabase } from '../../data/station-database.ts'

/** The waybill numbers of one courier, by who may use them (LBL-5, decision 7). */
export interface Pool {
  readonly courier: string
  readonly total: number
  /** Free and this station's. */
  readonly here: number
  /** Free and given back to the hub. */
  readonly hub: number
  readonly aside: number
  /** From a service, each for an order that is still to be packed here. */
  readonly fetched: number
  /** Free numbers of the other stations. */
  readonly others: readonly { readonly stationId: string; readonly count: number }[]
}

/** Counts on indexes alone: a step from courier to courier, and one from holder to holder. */
export async function readPools(database: StationDatabase, stationId: string): Promise<Pool[]> {
  const [holders, bound] = await Promise.all([readHolders(database), readBound(database)])
  const pools: Pool[] = []
  for (let row = await database.waybills.orderBy('key').first(); row; ) {
    const courier = row.key.slice(0, row.key.indexOf('/'))
    const last = `${courier}/\uffff`
    // What buyers collect has numbers of its own kind, and no pool (ORD-3).
    if (courier === COLLECTED) {
      row = await database.waybills.where('key').above(last).first()
      continue
    }
    const total = await database.waybills.where('key').between(`${courier}/`, last).count()
    const freeOf = (holder: string): number => holders.get(freeForKey(holder, courier)) ?? 0
    const others = [...holders].flatMap(([key, count]) => {
      const at = key.lastIndexOf('/')
      const holder = key.slice(0, at)
      const other = key.slice(at + 1) === courier && ![stationId, asideOf(stationId), ''].includes(holder)
      return other ? [{ stationId: stationOf(holder), count }] : []
    })
    const fetched = bound.filter((one) => one.courier === courier)
    const own = fetched.filter((one) => stationOf(holderOf(one)) === stationId)
    pools.push({
      courier,
      total,
      here: freeOf(stationId),
      hub: freeOf(''),
      aside: freeOf(asideOf(stationId)),
      fetched: own.length,
      others: withFetched(
        others,
        fetched.filter((one) => !own.includes(one)),
      ),
    })
    row = await database.waybills.where('key').above(last).first()
  }
  return pools
}

/** Whose numbers they are, whether or not they are set aside. */
const stationOf = (holder: string): string => holder.replace(/^aside:/, '')

/** All free numbers of a pool, whoever has them. */
export function freeOf(pool: Pool): number {
  return (
    pool.here +
    pool.hub +
    pool.aside +
    pool.fetched +
    pool.others.reduce((sum, other) => sum + other.count, 0)
  )
}

/** Numbers that stations fetched, which stand under their orders: few at any time. */
const readBound = ({ waybills }: StationDatabase): Promise<WaybillRow[]> =>
  waybills
    .where('[freeFor+position]')
    .between([BOUND, Dexie.minKey], [`${BOUND}\uffff`, Dexie.maxKey])
    // Those whose label is printed are as good as used (PAK-11).
    .filter(({ assigned }) => assigned === undefined)
    .toArray()

function withFetched(others: Pool['others'], fetched: readonly WaybillRow[]): Pool['others'] {
  const counts = new Map(others.map(({ stationId, count }) => [stationId, count]))
  for (const row of fetched) {
    const stationId = stationOf(holderOf(row))
    counts.set(stationId, (counts.get(stationId) ?? 0) + 1)
  }
  return [...counts].map(([stationId, count]) => ({ stationId, count }))
}

/** Free numbers by `holder/courier`, those that are an order's left out. */
async function readHolders({ waybills }: StationDatabase): Promise<Map<string, number>> {
  const holders = new Map<string, number>()
  // Rows that are not free hold the empty string, which comes first.
  let at: string = ''
  for (;;) {
    const next = await waybills.where('[freeFor+position]').above([at, Dexie.maxKey]).first()
    if (!next) return holders
    at = next.freeFor
    if (at.startsWith(BOUND)) {
      at = `${BOUND}\uffff`
      continue
    }
    const range = waybills.where('[freeFor+position]').between([at, Dexie.minKey], [at, Dexie.maxKey])
    holders.set(at, await range.count())
  }
}

const PAGE = 5000

/** Numbers that no parcel has and nobody may use: burnt with a voided parcel, or written off. Reads the whole pool. */
export async function countBurnt({ waybills }: StationDatabase, courier: string): Promise<number> {
  let burnt = 0
  let after = `${courier}/`
  for (;;) {
    const rows = await waybills
      .where('key')
      .between(after, `${courier}/\uffff`, false, true)
      .limit(PAGE)
      .toArray()
    burnt += rows.filter((row) => row.burnt).length
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return burnt
    after = last.key
  }
}
