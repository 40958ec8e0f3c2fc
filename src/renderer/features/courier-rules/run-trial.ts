import { Dexie } from 'dexie'
import { normaliseCode } from '../../../shared/base/text.ts'
import type { CourierChoice } from '../../../shared/domain/shipping/choose-courier.ts'
import type { CourierTable } from '../../../shared/domain/shipping/choose-courier-table.ts'
import { COURIER_TABLES, couriersByRules } from '../../../shared/station/areas/courier-for.ts'
import { ordersOfParcel } from '../../../shared/station/areas/parcel-orders.ts'
import type { OrderRow } from '../../../shared/station/tables.ts'
import type { StationApp } from '../../app/station-app.ts'

type Station = Pick<StationApp, 'store' | 'database' | 'host' | 'space'>

/** A parcel of the trial: the orders' numbers and what the rules say. */
export interface TriedParcel {
  readonly numbers: readonly string[]
  readonly choice: CourierChoice
}

/** More of the queue than this is not looked through at once. */
export const MOST_TRIED = 5000
/** Parcels that are read in one go, so that scans pass in between. */
const CHUNK = 250

/** What the table would say to one order, whatever was chosen by hand; null: no such order. */
export async function tryOrder(
  station: Station,
  table: CourierTable,
  code: string,
): Promise<TriedParcel | null> {
  const { database } = station
  const order =
    (await database.orders.get(code)) ??
    (await database.orders.where('codeKey').equals(normaliseCode(code)).first())
  if (!order) return null
  const [tried] = await tryOrders(station, table, [order])
  return tried ?? null
}

/** What the table would say to each parcel of the open queue, the most urgent first. */
export async function tryQueue(station: Station, table: CourierTable): Promise<readonly TriedParcel[]> {
  const open = await station.database.orders
    .where('[queue+deadlineAt]')
    .between(['open', Dexie.minKey], ['open', Dexie.maxKey])
    .limit(MOST_TRIED)
    .toArray()
  const seen = new Set<string>()
  const heads = open.filter((order) => {
    if (order.mergeGroup === undefined) return true
    const isFirst = !seen.has(order.mergeGroup)
    seen.add(order.mergeGroup)
    return isFirst
  })
  const tried: TriedParcel[] = []
  for (let at = 0; at < heads.length; at += CHUNK)
    tried.push(...(await tryOrders(station, table, heads.slice(at, at + CHUNK))))
  return tried
}

async function tryOrders(
  station: Station,
  table: CourierTable,
  heads: readonly OrderRow[],
): Promise<TriedParcel[]> {
  const accounts = await accountsOf(station)
  return station.store.read([...COURIER_TABLES, 'orders'], async (tx) => {
    const parcels = await Promise.all(heads.map((order) => ordersOfParcel(tx, order)))
    const choices = await couriersByRules(tx, parcels, { accounts, table })
    return choices.map((choice, index) => ({
      numbers: (parcels[index] ?? []).map((order) => order.platform?.number ?? order.orderId),
      choice,
    }))
  })
}

/** Couriers that a service gives numbers of; a host that does not answer has none to tell of. */
async function accountsOf({ host, space }: Station): Promise<string[]> {
  if (space !== 'live') return []
  try {
    const { accounts } = await host.call('courier.accounts', {})
    return accounts
      .filter(({ account, hasSecret }) => account.active && hasSecret)
      .map(({ account }) => account.courier)
  } catch {
    return []
  }
}
