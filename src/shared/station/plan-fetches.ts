import { recipientRefOf } from '../domain/orders/desk.ts'
import { isIncompleteParty, isMaskedParty } from '../domain/shipping/ewaybill.ts'
import { senderOf } from '../domain/shipping/ewaybill-sender.ts'
import { groupBy } from '../base/group-by.ts'
import { canonicalHash } from '../ledger/canonical.ts'
import type { CourierAccount, CourierParty } from '../protocol/courier-contract.ts'
import { fetchedOf } from './commands/number-commands.ts'
import { isOrderOver } from './commands/fetched-commands.ts'
import { couriersFor } from './areas/courier-for.ts'
import { ordersOfParcel } from './areas/parcel-orders.ts'
import type { ShopIdentity } from './decision.ts'
import { asideOf } from './project.ts'
import { labelsOfParcel, liveLabelsOf } from './order-labels.ts'
import { holderOf } from './row-changes.ts'
import { readyOrders } from './ready-orders.ts'
import type { ReadTx } from './store.ts'
import type { OrderRow, RecipientRow, SkuRow, TableName, Task, WaybillRow } from './tables.ts'

/** Tables that {@link planFetches} reads. */
export const FETCH_TABLES: readonly TableName[] = [
  'desk',
  'orders',
  'readiness',
  'recipients',
  'settings',
  'skus',
  'waybills',
]

/** Numbers that are kept ahead of the packers at most: a day's work of a small shop. */
export const MOST_AHEAD = 200

/** A number wanted from a service; all that `courier.take` wants to know. */
export interface FetchWish {
  readonly orderId: string
  readonly courier: string
  readonly request: {
    readonly parcelKey: string
    readonly accountId: string
    readonly recipient: CourierParty
    readonly sender: CourierParty
    readonly goods: string
    readonly quantity: number
    readonly weightGrams: number | null
    readonly remark: string
  }
}

/** An order for which nobody can be asked, and why. */
export interface BlockedFetch {
  readonly orderId: string
  readonly number: string
  readonly why: 'maskedRecipient' | 'noRecipient'
}

export interface FetchPlan {
  /** What is on the desk first, then by deadline. */
  readonly wishes: readonly FetchWish[]
  readonly blocked: readonly BlockedFetch[]
  /** Orders that may be asked for and have no number here yet. */
  readonly waiting: number
  /** Numbers of this station whose orders are over, or which were set aside for that already. */
  readonly releases: readonly WaybillRow[]
  /** Numbers in hand for orders that are still to be packed, by courier. */
  readonly ahead: ReadonlyMap<string, number>
  /** False when the shop's own name, phone or address is missing: services want a sender. */
  readonly senderKnown: boolean
}

export interface FetchInput {
  readonly stationId: string
  readonly generation: string
  /** Those that may be asked; the first of a courier is. */
  readonly accounts: readonly CourierAccount[]
  readonly shop: ShopIdentity
  /** Wishes that are worked out at most: a scan's writing waits for this reading. */
  readonly most: number
}

/**
 * What is to be fetched and given back now (LBL-5). An order for which another station has a number is left to that
 * one until it lies on the desk here: two stations would else pay for each order twice.
 */
export async function planFetches(tx: ReadTx, input: FetchInput): Promise<FetchPlan> {
  const { stationId, accounts, shop } = input
  const byCourier = new Map([...accounts].reverse().map((account) => [account.courier, account]))
  const [own, aside, desk, open] = await Promise.all([
    fetchedOf(tx, stationId),
    fetchedOf(tx, asideOf(stationId)),
    tx.get('desk', 'pack'),
    readyOrders(tx, MOST_AHEAD * 3),
  ])
  const orderOf = await tx.getMany(
    'orders',
    own.map((row) => row.fetched?.orderId ?? ''),
  )
  const over = own.filter((_, index) => isOrderOver(orderOf[index]))
  const held = own.filter((row) => !over.includes(row))
  const onDesk = new Set(desk?.area === 'pack' ? desk.orderIds : [])
  const ordered = [...open].sort((a, b) => Number(onDesk.has(b.orderId)) - Number(onDesk.has(a.orderId)))
  const room = Math.max(0, MOST_AHEAD - held.length)
  const sender = senderOf(shop)
  const senderKnown = !isIncompleteParty(sender)
  const found =
    accounts.length > 0 && senderKnown
      ? await findWishes(tx, {
          input,
          byCourier,
          sender,
          parcels: await parcelsToBe(tx, ordered, { desk, held, room, byCourier }),
        })
      : { wishes: [], blocked: [], waiting: 0 }
  return { ...found, releases: [...aside, ...over], ahead: countByCourier(held), senderKnown }
}

/** Orders that will go out together and have no number of their courier here. */
interface ParcelToBe {
  /** The first one stands for the parcel: the number is asked for in its name. */
  readonly orders: readonly [OrderRow, ...OrderRow[]]
  readonly courier: string
  readonly onDesk: boolean
}

interface AroundParcels {
  readonly desk: Task | undefined
  readonly held: readonly WaybillRow[]
  readonly room: number
  readonly byCourier: ReadonlyMap<string, CourierAccount>
}

/** ORD-4, ORD-7: one number for each parcel, of the courier that will take it, where there is an account of that one. */
async function parcelsToBe(
  tx: ReadTx,
  open: readonly OrderRow[],
  around: AroundParcels,
): Promise<ParcelToBe[]> {
  const { held, room, byCourier } = around
  const desk = around.desk?.area === 'pack' ? around.desk : null
  const numbers = groupBy(held, (row) => row.fetched?.orderId ?? '')
  const groups = await groupParcels(tx, open)
  // A label printed ahead has its number, whoever printed it (PAK-11).
  const isServed = (orders: readonly OrderRow[]) =>
    orders.some((order) => numbers.has(order.orderId) || liveLabelsOf(order).length > 0)
  const fresh = groups.filter((orders) => !isServed(orders)).slice(0, room)
  const looked = groups.filter((orders) => isServed(orders) || fresh.includes(orders))
  const choices = await couriersFor(tx, looked, { accounts: [...byCourier.keys()] })
  const parcels = looked.map((orders, index): ParcelToBe => {
    const onDesk = orders.some(({ orderId }) => desk?.orderIds.includes(orderId))
    const courier = onDesk && desk ? desk.courier : (choices[index]?.courier ?? '')
    return { orders, courier, onDesk }
  })
  return parcels.filter(({ orders, courier }) => {
    const own = orders.flatMap(({ orderId }) => numbers.get(orderId) ?? [])
    const labelled = labelsOfParcel(orders).some((label) => label.courier === courier)
    return byCourier.has(courier) && !labelled && !own.some((row) => row.courier === courier)
  })
}

async function groupParcels(tx: ReadTx, open: readonly OrderRow[]): Promise<[OrderRow, ...OrderRow[]][]> {
  const seen = new Set<string>()
  const parcels: [OrderRow, ...OrderRow[]][] = []
  for (const order of open) {
    if (seen.has(order.orderId)) continue
    const [first = order, ...others] = order.mergeGroup ? await ordersOfParcel(tx, order) : [order]
    for (const { orderId } of [first, ...others]) seen.add(orderId)
    parcels.push([first, ...others])
  }
  return parcels
}

interface FindInput {
  readonly input: FetchInput
  readonly byCourier: ReadonlyMap<string, CourierAccount>
  readonly sender: CourierParty
  readonly parcels: readonly ParcelToBe[]
}

async function findWishes(
  tx: ReadTx,
  { input, byCourier, sender, parcels }: FindInput,
): Promise<Pick<FetchPlan, 'wishes' | 'blocked' | 'waiting'>> {
  const recipients = await tx.getMany(
    'recipients',
    parcels.map(({ orders: [first] }) => recipientRefOf(first)),
  )
  const wishes: FetchWish[] = []
  const askable: (readonly [ParcelToBe, RecipientRow])[] = []
  const blocked: BlockedFetch[] = []
  for (const [index, parcel] of parcels.entries()) {
    const recipient = recipients[index]
    const why = refuseRecipient(recipient)
    if (recipient !== undefined && why === null) askable.push([parcel, recipient])
    else {
      const { orderId, platform } = parcel.orders[0]
      blocked.push({ orderId, number: platform?.number ?? orderId, why: why ?? 'noRecipient' })
    }
  }
  for (const [parcel, recipient] of askable) {
    const account = byCourier.get(parcel.courier)
    if (wishes.length >= input.most || !account) break
    const attempt = await attemptOf(tx, parcel, input.stationId)
    if (attempt !== null)
      wishes.push(await wishOf(tx, { input, account, sender, parcel, recipient, attempt }))
  }
  return { wishes, blocked, waiting: askable.length }
}

/** How often this station asked for the parcel before; null: another station has a number for it. */
async function attemptOf(
  tx: ReadTx,
  { orders, onDesk }: ParcelToBe,
  stationId: string,
): Promise<number | null> {
  const known = await Promise.all(orders.map(({ orderId }) => tx.where('waybills', 'fetchedFor', orderId)))
  const elsewhere = known.flat().some((row) => row.freeFor !== '' && holderOf(row) !== stationId)
  if (elsewhere && !onDesk) return null
  return (known[0] ?? []).filter((row) => row.fetched?.stationId === stationId).length
}

function refuseRecipient(recipient: RecipientRow | undefined): BlockedFetch['why'] | null {
  if (recipient === undefined) return 'noRecipient'
  const party = partyOf(recipient)
  if (isMaskedParty(party)) return 'maskedRecipient'
  return isIncompleteParty(party) ? 'noRecipient' : null
}

function partyOf(recipient: RecipientRow): CourierParty {
  const { name, company, phone, province, city, district, street, postcode } = recipient
  return { name, company, phone, province, city, district, street, postcode }
}

interface WishInput {
  readonly input: FetchInput
  readonly account: CourierAccount
  readonly sender: CourierParty
  readonly parcel: ParcelToBe
  readonly recipient: RecipientRow
  readonly attempt: number
}

async function wishOf(tx: ReadTx, wish: WishInput): Promise<FetchWish> {
  const { input, account, sender, parcel, recipient, attempt } = wish
  const { orderId } = parcel.orders[0]
  const lines = parcel.orders.flatMap((order) => order.platform?.lines ?? [])
  const skus = await tx.getMany(
    'skus',
    lines.map((line) => line.skuCode),
  )
  const weights = lines.map(({ quantity }, index) => (skus[index]?.weightGrams ?? Number.NaN) * quantity)
  const weight = weights.reduce((sum, grams) => sum + grams, 0)
  return {
    orderId,
    courier: account.courier,
    request: {
      parcelKey: parcelKeyOf(input, account, orderId, attempt),
      accountId: account.accountId,
      recipient: partyOf(recipient),
      sender,
      goods: goodsOf(skus),
      quantity: lines.reduce((sum, line) => sum + line.quantity, 0) || 1,
      weightGrams: Number.isFinite(weight) && weight > 0 ? weight : null,
      // What buyers and the shop write to each other is not the courier's business.
      remark: '',
    },
  }
}

/**
 * The key of a parcel to be, the same however often it is asked for: a new one only for the next parcel of the order,
 * another contract, another station, or a station that was rebuilt and does not know what its keys came to. At most 30
 * characters, which is what 快递鸟 takes.
 */
export function parcelKeyOf(
  { stationId, generation }: Pick<FetchInput, 'stationId' | 'generation'>,
  { accountId }: Pick<CourierAccount, 'accountId'>,
  orderId: string,
  attempt: number,
): string {
  return `PB${canonicalHash([stationId, generation, accountId, orderId]).slice(0, 24)}${attempt}`
}

/** Kinds of goods, without colours, sizes and prices. */
function goodsOf(skus: readonly (SkuRow | undefined)[]): string {
  const kinds = [...new Set(skus.map((sku) => sku?.category ?? '').filter((kind) => kind !== ''))]
  return kinds.slice(0, 4).join('、') || '商品'
}

function countByCourier(rows: readonly WaybillRow[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { courier } of rows) counts.set(courier, (counts.get(courier) ?? 0) + 1)
  return counts
}
