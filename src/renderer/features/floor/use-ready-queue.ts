import { useLiveQuery } from '../../data/use-live-query.ts'
import { Dexie } from 'dexie'
import { useMemo } from 'react'
import { noteOf, paidAtOf } from '../../../shared/domain/orders/desk.ts'
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
  readonly paidAt: number | null
  /** A ship date was agreed with the buyer. */
  readonly agreed: boolean
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

const SHOWN_ORDERS = 20
/** Ready orders looked through for those that still have to be picked. */
const SEARCHED_ORDERS = 200

/** The queue, followed as it changes; `toPick` leaves out orders in work or all in their carts. */
export function useReadyQueue({ toPick, active }: { toPick: boolean; active: boolean }): ReadyQueue | null {
  const { database } = useStation()
  const orders = useLiveQuery(
    async () => (active ? loadQueue(database, toPick) : null),
    [database, toPick, active],
    null,
  )
  const counts = useLiveQuery(() => countStates(database), [database], null)
  return useMemo(() => orders && counts && { orders, ...counts }, [orders, counts])
}

type Counts = Pick<ReadyQueue, 'ready' | 'short' | 'asking'>

function countStates({ readiness }: StationDatabase): PromiseLike<Counts> {
  const count = (state: ReadinessRow['state']) => countUpToMany(readiness.where('state').equals(state))
  return readiness.db.transaction('r', readiness, async () => {
    const [ready, short, unknown, asking, toConfirm] = await Promise.all([
      count('ready'),
      count('short'),
      count('unknownSku'),
      count('measureWanted'),
      count('addressWanted'),
    ])
    return { ready, short: short + unknown, asking: asking + toConfirm }
  })
}

function loadQueue(database: StationDatabase, toPick: boolean): PromiseLike<readonly QueuedOrder[]> {
  const { readiness, orders, demand, desk, held } = database
  // One transaction for all of it: a scan waits for each.
  return database.transaction('r', [readiness, orders, demand, desk, held], async () => {
    const ready = await readiness
      .where('[state+deadlineAt]')
      .between(['ready', Dexie.minKey], ['ready', Dexie.maxKey])
      .limit(toPick ? SEARCHED_ORDERS : SHOWN_ORDERS)
      .toArray()
    const ids = ready.map(({ orderId }) => orderId)
    const [rows, lines, busy] = await Promise.all([
      orders.bulkGet(ids),
      Promise.all(ids.map((orderId) => demand.where('orderId').equals(orderId).toArray())),
      toPick ? ordersInWork(database) : NOBODYS,
    ])
    return ready
      .flatMap(({ flag }, index) => {
        const order = rows[index]
        return order ? [queuedOrder(order, flag, lines[index] ?? [])] : []
      })
      .filter((order) => !toPick || (order.piecesInBins > 0 && !busy.has(order.orderId)))
      .slice(0, SHOWN_ORDERS)
  })
}

const NOBODYS: ReadonlySet<string> = new Set()

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
    paidAt: paidAtOf(order),
    agreed: noteOf(order)?.shipBy != null,
    destination: order.platform?.destination ?? '',
    message: order.platform?.message ?? '',
    flag,
    pieces: lines.reduce((sum, line) => sum + line.quantity, 0),
    piecesInBins: inBins.reduce((sum, { quantity }) => sum + quantity, 0),
    firstBin: inBins.map(({ bin }) => bin).sort()[0] ?? '',
  }
}
