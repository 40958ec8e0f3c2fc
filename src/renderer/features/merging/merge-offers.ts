import { groupBy } from '../../../shared/base/group-by.ts'
import { recipientRefOf } from '../../../shared/domain/orders/desk.ts'
import { mergeKeyOf } from '../../../shared/domain/orders/merge-orders.ts'
import type { OrderRow, ReadinessRow, RecipientRow } from '../../../shared/station/tables.ts'
import type { StationDatabase } from '../../data/station-database.ts'

/** Open orders of one buyer to one recipient, phone and address (ORD-4). */
export interface MergeOffer {
  readonly key: string
  /** The most urgent first. */
  readonly orders: readonly OrderRow[]
  readonly recipient: RecipientRow
  /** `merged`: all of them are one parcel already; `partly`: some are, and another came. */
  readonly state: 'open' | 'partly' | 'merged'
  /** Numbers of those that cannot ship yet. */
  readonly waiting: readonly string[]
}

/** Buyers that are looked at in one go: nobody works through more offers. */
const MOST_BUYERS = 500

/** Every offer, what can be merged before what is merged, each by its deadline. */
export async function readMergeOffers(database: StationDatabase): Promise<MergeOffer[]> {
  // Keys alone: the index holds open orders only, and most buyers stand in it once.
  const keys = await database.orders.orderBy('buyerKey').keys()
  const repeated = new Set<string>()
  for (const [index, key] of keys.entries())
    if (index > 0 && key === keys[index - 1]) repeated.add(String(key))
  const orders = await database.orders
    .where('buyerKey')
    .anyOf([...repeated].slice(0, MOST_BUYERS))
    .toArray()
  const offers = await offersAmong(database, orders)
  return offers.sort(
    (a, b) =>
      Number(a.state === 'merged') - Number(b.state === 'merged') || deadlineOfOffer(a) - deadlineOfOffer(b),
  )
}

/** The offer that an order belongs to; null when it has no like. */
export async function readMergeOffer(database: StationDatabase, order: OrderRow): Promise<MergeOffer | null> {
  if (order.buyerKey === undefined) return null
  const orders = await database.orders.where('buyerKey').equals(order.buyerKey).toArray()
  const offers = await offersAmong(database, orders)
  return offers.find((offer) => offer.orders.some(({ orderId }) => orderId === order.orderId)) ?? null
}

const deadlineOfOffer = ({ orders: [first] }: MergeOffer): number => first?.deadlineAt ?? 0

async function offersAmong(database: StationDatabase, orders: readonly OrderRow[]): Promise<MergeOffer[]> {
  const [recipients, readiness] = await Promise.all([
    database.recipients.bulkGet(orders.map(recipientRefOf)),
    database.readiness.bulkGet(orders.map((order) => order.orderId)),
  ])
  const candidates = orders.flatMap((order, index) => {
    const recipient = recipients[index]
    const key = order.platform && recipient ? mergeKeyOf(order.platform, recipient) : null
    return recipient && key !== null ? [{ order, recipient, key, readiness: readiness[index] }] : []
  })
  return [...groupBy(candidates, (one) => one.key)].flatMap(([key, alike]) => {
    const [first] = alike
    return first && alike.length > 1 ? [offerOf(key, first.recipient, alike)] : []
  })
}

interface Candidate {
  readonly order: OrderRow
  readonly readiness: ReadinessRow | undefined
}

function offerOf(key: string, recipient: RecipientRow, alike: readonly Candidate[]): MergeOffer {
  const sorted = [...alike].sort((a, b) => a.order.deadlineAt - b.order.deadlineAt)
  const groups = new Set(sorted.map(({ order }) => order.mergeGroup))
  const isMerged = groups.size === 1 && !groups.has(undefined)
  const hasGroup = [...groups].some((group) => group !== undefined)
  return {
    key,
    recipient,
    orders: sorted.map(({ order }) => order),
    state: isMerged ? 'merged' : hasGroup ? 'partly' : 'open',
    waiting: sorted
      .filter(({ readiness }) => readiness?.state !== 'ready')
      .map(({ order }) => numberOf(order)),
  }
}

export const numberOf = (order: OrderRow): string => order.platform?.number ?? order.orderId
