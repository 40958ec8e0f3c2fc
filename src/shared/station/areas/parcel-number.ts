import { type Answer, type Choice, stop } from '../../domain/answer.ts'
import type { PackTask } from '../../domain/packing/pack-task.ts'
import { COLLECTED, COLLECTED_NUMBERS, isCollected } from '../../domain/shipping/collected.ts'
import { courierName } from '../../domain/shipping/couriers.ts'
import type { FirstLabel } from '../../domain/shipping/label-first.ts'
import { nextDocumentNumber } from '../counters.ts'
import type { DecideContext, Decision } from '../decision.ts'
import { parcelLabel } from '../order-labels.ts'
import { asideOf } from '../project.ts'
import { boundTo, freeForKey, holderOf } from '../row-changes.ts'
import type { ReadTx } from '../store.ts'
import { stationSetting } from '../station-settings.ts'
import type { LeaseRow, OrderRow, WaybillRow } from '../tables.ts'
import { refuseLabel, wrongLabel } from './label-faults.ts'
import { ownToken } from './order-lease.ts'

/** The packer is warned when fewer numbers than this are left (LBL-5). */
const LOW_POOL = 20

/** The number under which a parcel goes out. */
export interface ParcelNumber {
  readonly number: string
  readonly key: string
  readonly sortCode: string
  /** `label`: its label was printed before picking (PAK-11); `collected`: the buyer comes for it (ORD-3). */
  readonly from: 'pool' | 'service' | 'label' | 'collected'
  /** Numbers that the pool has left afterwards, as far as they were looked at. */
  readonly left: number
  readonly low: boolean
  readonly counters: Readonly<Record<string, number>>
}

type Found = { readonly tag: 'number'; readonly number: ParcelNumber }
type Refused = { readonly tag: 'refused'; readonly decision: Decision }

/** What {@link numberForParcel} needs beside the numbers themselves. */
interface Around {
  readonly orders: readonly OrderRow[]
  readonly leases: readonly (LeaseRow | undefined)[]
}

/** Numbers that could be taken; read together with what else a parcel needs. */
export interface FreeNumbers {
  readonly fetched: WaybillRow | null
  readonly free: readonly WaybillRow[]
}

/** What this station may take for a parcel of these orders. */
export async function freeNumbers(
  tx: ReadTx,
  parcel: Pick<PackTask, 'orderIds' | 'courier'>,
  stationId: string,
): Promise<FreeNumbers> {
  const [fetched, free] = await Promise.all([
    fetchedWaybill(tx, parcel, stationId),
    freeWaybills(tx, parcel.courier, stationId),
  ])
  return { fetched, free }
}

/**
 * The number of a parcel that is being finished: that of the label printed ahead (PAK-11), one of its own kind where the
 * buyer comes for it (ORD-3), else one that a service gave for it, else the pool's next (LBL-5).
 */
export async function numberForParcel(
  tx: ReadTx,
  task: PackTask,
  { orders, leases, ...numbers }: Around & FreeNumbers,
  context: DecideContext,
): Promise<Found | Refused> {
  const wrong = refuseOtherWay(orders, task) ?? refuseLabel(orders, task.courier)
  if (wrong) return { tag: 'refused', decision: wrong }
  const label = parcelLabel(orders, task.courier)
  if (label.tag === 'right') return labelledNumber(tx, label.label, { orders, leases }, context)
  if (task.courier === COLLECTED) {
    const { number, counters } = await nextDocumentNumber(tx, COLLECTED_NUMBERS, context)
    const key = `${COLLECTED}/${number}`
    const rest = { sortCode: '', left: 0, low: false, counters }
    return { tag: 'number', number: { number, key, from: 'collected', ...rest } }
  }
  const taken = takeNumber(numbers)
  return taken === null
    ? { tag: 'refused', decision: { answer: poolDry(task.courier) } }
    : { tag: 'number', number: taken }
}

const CLOSE_CHOICES: readonly Choice[] = [{ tag: 'closeParcel' }]

/** ORD-2, ORD-3: while it was on the bench the buyer decided to come himself, or not to: it is opened again as it is now. */
function refuseOtherWay(orders: readonly OrderRow[], task: PackTask): Decision | null {
  if (isCollected(orders) === (task.courier === COLLECTED)) return null
  const params = { number: task.orderNumbers.join(' '), changes: '' }
  return {
    answer: stop('orderChanged', 'ORD-3', { params, choices: CLOSE_CHOICES, next: 'packOtherwise' }),
    question: { about: 'orderChanged', choices: CLOSE_CHOICES, params: {} },
  }
}

/** What a service gave for this order can be used for nothing else: it goes first. Null: there is none left. */
export function takeNumber({ fetched, free }: FreeNumbers): ParcelNumber | null {
  const row = fetched ?? free[0]
  if (!row) return null
  const { number, key, sortCode } = row
  const isFetched = fetched !== null
  return {
    number,
    key,
    sortCode,
    from: isFetched ? 'service' : 'pool',
    left: free.length - (isFetched ? 0 : 1),
    low: !isFetched && free.length <= LOW_POOL,
    counters: {},
  }
}

export const poolDry = (courier: string): Answer =>
  stop('poolDry', 'LBL-5', { params: { courier: courierName(courier) }, next: 'loadPool' })

/**
 * The label's number, if it is still free. Away from the station that printed it the hub has to have given the order to
 * this one: two stations apart must not use one number.
 */
async function labelledNumber(
  tx: ReadTx,
  label: FirstLabel,
  { orders, leases }: Around,
  context: DecideContext,
): Promise<Found | Refused> {
  const row = await tx.get('waybills', label.waybillKey)
  const isFree = row?.loaded && row.usedBy === null && !row.burnt && !isAside(row)
  const isOurs = orders.some(({ orderId }) => orderId === row?.assigned?.orderId)
  if (!isFree || !isOurs) return { tag: 'refused', decision: wrongLabel(label, 'void', orders) }
  if (label.stationId !== context.stationId && ownToken(leases, context) === null) {
    const setting = await tx.get('settings', stationSetting(label.stationId, 'name'))
    const station = typeof setting?.value === 'string' ? setting.value : label.stationId
    const answer = stop('labelElsewhere', 'PAK-11', { params: { waybill: label.number, station } })
    return { tag: 'refused', decision: { answer } }
  }
  const { number, key, sortCode } = row
  const rest = { left: 0, low: false, counters: {} }
  return { tag: 'number', number: { number, key, sortCode, from: 'label', ...rest } }
}

/** A number that a service gave and that is on its way back to it: it is used for nothing any more (LBL-5). */
export const isAside = (row: WaybillRow): boolean =>
  row.fetched !== undefined && holderOf(row) === asideOf(row.fetched.stationId)

/** A number that this station fetched for one of the parcel's orders and still holds (LBL-5); null without one. */
async function fetchedWaybill(
  tx: ReadTx,
  { orderIds, courier }: Pick<PackTask, 'orderIds' | 'courier'>,
  stationId: string,
): Promise<WaybillRow | null> {
  const found = await Promise.all(
    orderIds.map((orderId) => {
      const key = freeForKey(boundTo(orderId), courier)
      return tx.range('waybills', '[freeFor+position]', { from: [key, 0], to: [key, 0] })
    }),
  )
  const own = found.flat().filter((row) => row.fetched && !row.assigned)
  return own.find((row) => holderOf(row) === stationId) ?? null
}

function freeWaybills(tx: ReadTx, courier: string, stationId: string): Promise<WaybillRow[]> {
  const own = freeForKey(stationId, courier)
  const from = [own, 0]
  const to = [own, Number.MAX_SAFE_INTEGER]
  return tx.range('waybills', '[freeFor+position]', { from, to, limit: LOW_POOL + 1 })
}
