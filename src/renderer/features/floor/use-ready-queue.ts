import { useLiveQuery } from 'dexie-react-hooks'
import { groupBy } from '../../../shared/base/group-by.ts'
import type { Flag } from '../../../shared/domain/orders/order.ts'
import { binOfPlace } from '../../../shared/ledger/place.ts'
import type { DemandRow, OrderRow, ReadinessRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { countUpToMany } from '../../data/count-up-to.ts'
import type { StationDatabase } from '../../data/station-database.ts'

/** An order that may be picked and packed, as the queue shows it. */
export interface QueuedOrder {
  readonly orderId: string
  readonly number: string
  readonly deadlineAt: number
  readonly destination: string
  readonly message: string
  readonly flag: Flag
  readonly pieces: number
  /** Pieces that still stand in bins; the others are in the order's cart. */
  readonly piecesInBins: number
  /** First bin on the walk; '' when nothing is left to pick. */
  readonly firstBin: string
}

/** The next orders by deadline, and how many there are of each kind (ORD-3, ORD-6). */
export interface ReadyQueue {
  readonly orders: readonly QueuedOrder[]
  readonly ready: number
  readonly short: number
  readonly asking: number
}

/** Orders looked through from the oldest deadline on: those that wait for stock stand between the ready ones. */
const SEARCHED_ORDERS = 200
const SHOWN_ORDERS = 20

/** The queue, followed as it changes; `toPick` leaves out orders in work or all in their carts. */
export function useReadyQueue({ toPick, active }: { toPick: boolean; active: boolean }): ReadyQueue | null {
  const { database } = useStation()
  return useLiveQuery(
    async () => (active ? loadQueue(database, toPick) : null),
    [database, toPick, active],
    null,
  )
}

async function loadQueue(database: StationDatabase, toPick: boolean): Promise<ReadyQueue> {
  const open = database.orders
    .where('[queue+deadlineAt]')
    .between(['open', 0], ['open', Number.MAX_SAFE_INTEGER], true, true)
  const stateCount = (state: ReadinessRow['state']): Promise<number> =>
    countUpToMany(database.readiness.where('state').equals(state))
  const [candidates, busy, ready, short, unknown, asking, toConfirm] = await Promise.all([
    open.limit(SEARCHED_ORDERS).toArray(),
    ordersInWork(database),
    stateCount('ready'),
    stateCount('short'),
    stateCount('unknownSku'),
    stateCount('measureWanted'),
    stateCount('addressWanted'),
  ])
  const readiness = await database.readiness.bulkGet(candidates.map((order) => order.orderId))
  const readyOrders = candidates.flatMap((order, index) => {
    const row = readiness[index]
    return row?.state === 'ready' ? [{ order, flag: row.flag }] : []
  })
  const ids = readyOrders.map(({ order }) => order.orderId)
  const demand = groupBy(
    await database.demand.where('orderId').anyOf(ids).toArray(),
    (row: DemandRow) => row.orderId,
  )
  const orders = readyOrders
    .map(({ order, flag }) => queuedOrder(order, flag, demand.get(order.orderId) ?? []))
    .filter((order) => !toPick || (order.piecesInBins > 0 && !busy.has(order.orderId)))
  return { orders: orders.slice(0, SHOWN_ORDERS), ready, short: short + unknown, asking: asking + toConfirm }
}

/** Orders on a desk or put aside: nobody shall begin them a second time. */
async function ordersInWork(database: StationDatabase): Promise<ReadonlySet<string>> {
  const [desk, held] = await Promise.all([database.desk.toArray(), database.held.toArray()])
  return new Set([...desk, ...held].flatMap((task) => ('orderIds' in task ? task.orderIds : [])))
}

function queuedOrder(order: OrderRow, flag: Flag, lines: readonly DemandRow[]): QueuedOrder {
  const inBins = lines
    .flatMap((line) => line.allocated)
    .flatMap((supply) => {
      const bin = binOfPlace(supply.place)
      return bin === null ? [] : [{ bin, quantity: supply.quantity }]
    })
  return {
    orderId: order.orderId,
    number: order.platform?.number ?? order.orderId,
    deadlineAt: order.deadlineAt,
    destination: order.platform?.destination ?? '',
    message: order.platform?.message ?? '',
    flag,
    pieces: lines.reduce((sum, line) => sum + line.quantity, 0),
    piecesInBins: inBins.reduce((sum, { quantity }) => sum + quantity, 0),
    firstBin: inBins.map(({ bin }) => bin).sort()[0] ?? '',
  }
}
