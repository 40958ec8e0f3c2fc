import { isIncompleteParty, isMaskedParty } from '../domain/shipping/ewaybill.ts'
import { DEFAULT_COURIER } from '../domain/shipping/couriers.ts'
import { senderOf } from '../domain/shipping/ewaybill-sender.ts'
import { canonicalHash } from '../ledger/canonical.ts'
import type { CourierAccount, CourierParty } from '../protocol/courier-contract.ts'
import { fetchedOf } from './commands/number-commands.ts'
import { isOrderOver } from './commands/fetched-commands.ts'
import type { ShopIdentity } from './decision.ts'
import { asideOf } from './project.ts'
import { holderOf } from './row-changes.ts'
import type { ReadTx } from './store.ts'
import type { OrderRow, RecipientRow, SkuRow, TableName, WaybillRow } from './tables.ts'

/** Tables that {@link planFetches} reads. */
export const FETCH_TABLES: readonly TableName[] = [
  'desk',
  'orders',
  'readiness',
  'recipients',
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
    readOpen(tx),
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
  const account = byCourier.get(DEFAULT_COURIER)
  const found =
    account !== undefined && senderKnown
      ? await findWishes(tx, { input, account, sender, onDesk, orders: ordered, held, room })
      : { wishes: [], blocked: [], waiting: 0 }
  return { ...found, releases: [...aside, ...over], ahead: countByCourier(held), senderKnown }
}

async function readOpen(tx: ReadTx): Promise<OrderRow[]> {
  const open = await tx.range('orders', '[queue+deadlineAt]', {
    from: ['open', Number.MIN_SAFE_INTEGER],
    to: ['open', Number.MAX_SAFE_INTEGER],
    limit: MOST_AHEAD * 3,
  })
  const readiness = await tx.getMany(
    'readiness',
    open.map((order) => order.orderId),
  )
  return open.filter((_, index) => readiness[index]?.state === 'ready')
}

interface FindInput {
  readonly input: FetchInput
  readonly account: CourierAccount
  readonly sender: CourierParty
  readonly onDesk: ReadonlySet<string>
  readonly orders: readonly OrderRow[]
  readonly held: readonly WaybillRow[]
  readonly room: number
}

async function findWishes(
  tx: ReadTx,
  find: FindInput,
): Promise<Pick<FetchPlan, 'wishes' | 'blocked' | 'waiting'>> {
  const { account, held, orders, onDesk, room, input } = find
  const { stationId } = input
  const served = new Set(
    held.filter((row) => row.courier === account.courier).map((row) => row.fetched?.orderId),
  )
  const without = orders.filter((order) => !served.has(order.orderId)).slice(0, room)
  const recipients = await tx.getMany(
    'recipients',
    without.map((order) => order.platform?.personRef ?? ''),
  )
  const wishes: FetchWish[] = []
  const askable: (readonly [OrderRow, RecipientRow])[] = []
  const blocked: BlockedFetch[] = []
  for (const [index, order] of without.entries()) {
    const recipient = recipients[index]
    const why = refuseRecipient(recipient)
    if (recipient !== undefined && why === null) askable.push([order, recipient])
    else {
      const { orderId, platform } = order
      blocked.push({ orderId, number: platform?.number ?? orderId, why: why ?? 'noRecipient' })
    }
  }
  for (const [order, recipient] of askable) {
    if (wishes.length >= input.most) break
    const before = await tx.where('waybills', 'fetchedFor', order.orderId)
    const elsewhere = before.some((row) => row.freeFor !== '' && holderOf(row) !== stationId)
    if (elsewhere && !onDesk.has(order.orderId)) continue
    const attempt = before.filter((row) => row.fetched?.stationId === stationId).length
    wishes.push(await wishOf(tx, { ...find, order, recipient, attempt }))
  }
  return { wishes, blocked, waiting: askable.length }
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

async function wishOf(
  tx: ReadTx,
  wish: FindInput & { readonly order: OrderRow; readonly recipient: RecipientRow; readonly attempt: number },
): Promise<FetchWish> {
  const { input, account, sender, order, recipient, attempt } = wish
  const { orderId, platform } = order
  const lines = platform?.lines ?? []
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
