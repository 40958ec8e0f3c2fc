import { assert } from '../../base/assert.ts'
import { chooseCourier, type CourierChoice, type ParcelFacts } from '../../domain/shipping/choose-courier.ts'
import {
  COURIER_RULES,
  type CourierTable,
  readCourierTable,
} from '../../domain/shipping/choose-courier-table.ts'
import { type CourierWish, readCourierWish } from '../../domain/shipping/choose-courier-wish.ts'
import { COLLECTED, isCollected } from '../../domain/shipping/collected.ts'
import { deliveryOf, noteOf, recipientRefOf } from '../../domain/orders/desk.ts'
import { isNewer } from '../../ledger/stamp.ts'
import type { ReadTx } from '../store.ts'
import type { OrderRow, TableName } from '../tables.ts'

/** Tables that {@link courierFor} reads. */
export const COURIER_TABLES: readonly TableName[] = ['settings', 'recipients', 'skus', 'waybills']

/** Rule id of a courier that a person chose for the order. */
export const BY_HAND = 'byHand'

/** @param accounts couriers that an e-waybill service gives numbers of, beside those with a pool here */
type Accounts = readonly string[]

/** The courier of the parcel of these orders (ORD-7): chosen by hand for one of them, last one first, else by the rules. */
export async function courierFor(
  tx: ReadTx,
  orders: readonly OrderRow[],
  accounts: Accounts = [],
): Promise<CourierChoice> {
  return collectedByBuyer(orders) ?? chosenByHand(orders) ?? courierByRules(tx, orders, accounts)
}

/** What the rules say, whatever was chosen by hand: the dry-run's answer to "why this courier". */
export async function courierByRules(
  tx: ReadTx,
  orders: readonly OrderRow[],
  accounts: Accounts = [],
): Promise<CourierChoice> {
  const [choice] = await couriersByRules(tx, [orders], { accounts })
  assert(choice, 'one parcel, one choice')
  return choice
}

/** {@link courierFor} for many parcels with few reads. */
export async function couriersFor(
  tx: ReadTx,
  parcels: readonly Parcel[],
  around: Around = {},
): Promise<CourierChoice[]> {
  const byRules = await couriersByRules(tx, parcels, around)
  return byRules.map((choice, index) => {
    const orders = parcels[index] ?? []
    return collectedByBuyer(orders) ?? chosenByHand(orders) ?? choice
  })
}

/** Rule id of a parcel that no courier takes. */
export const BY_BUYER = 'collected'

/** ORD-3: the buyer comes for it, whatever the rules say. */
function collectedByBuyer(orders: Parcel): CourierChoice | null {
  if (!isCollected(orders)) return null
  const because = { ruleId: BY_BUYER, matched: [] }
  return { courier: COLLECTED, because, passedOver: [], price: null, reached: true }
}

/** What a person chose for one of these orders; null while the rules decide. */
function chosenByHand(orders: Parcel): CourierChoice | null {
  const last = lastChoice(orders)
  if (last === null) return null
  const because = { ruleId: BY_HAND, matched: [] }
  return { courier: last.courier, because, passedOver: [], price: null, reached: true }
}

/** The last choice made by hand for one of these orders, if it still stands. */
export function lastChoice(orders: Parcel): NonNullable<OrderRow['courierChoice']> | null {
  const choices = orders.flatMap((order) => order.courierChoice ?? [])
  const last = choices.reduce<(typeof choices)[number] | null>(
    (newest, choice) => (newest === null || isNewer(choice.stamp, newest.stamp) ? choice : newest),
    null,
  )
  return last?.courier ? last : null
}

/** The orders of one parcel. */
type Parcel = readonly OrderRow[]

interface Around {
  readonly accounts?: Accounts
  /** Rules that are not saved yet, for a trial; absent: the shop's. */
  readonly table?: CourierTable
}

/** What the rules say to each of these parcels, by hand or not. */
export async function couriersByRules(
  tx: ReadTx,
  parcels: readonly Parcel[],
  { accounts = [], table: trial }: Around,
): Promise<CourierChoice[]> {
  const table = trial ?? readCourierTable((await tx.get('settings', COURIER_RULES))?.value)
  const platforms = parcels.map((orders) => orders.flatMap((order) => order.platform ?? []))
  const wishes = parcels.map((orders) => readCourierWish(orders.flatMap(textsOf)))
  const [recipients, goods, ours] = await Promise.all([
    tx.getMany(
      'recipients',
      parcels.map(([first]) => (first ? recipientRefOf(first) : '')),
    ),
    goodsOf(tx, table, parcels),
    couriersWithNumbers(tx, table, wishes),
  ])
  return parcels.map((_, index) => {
    const list = platforms[index] ?? []
    return chooseCourier(table, {
      whereto: recipients[index] ?? null,
      source: list[0]?.source ?? 'generic',
      deliveryMode: deliveryOfParcel(parcels[index] ?? []),
      weightGrams: goods[index]?.weightGrams ?? null,
      fragile: goods[index]?.fragile ?? false,
      valueFen: sumOf(list.map((platform) => platform.totalFen)),
      wish: wishes[index] ?? { wanted: [], unwanted: [] },
      isOurs: (courier) => ours.has(courier) || accounts.includes(courier),
    })
  })
}

/** Everything in which somebody may have named a courier. */
const textsOf = (order: OrderRow): string[] => [
  order.platform?.message ?? '',
  order.platform?.memo ?? '',
  noteOf(order)?.text ?? '',
]

/** One that is more than a courier's round decides for all that goes with it. */
const deliveryOfParcel = (orders: Parcel): string =>
  orders.map(deliveryOf).find((mode) => mode !== 'courier') ?? 'courier'

/** Of the couriers that matter to these wishes, those of which any number ever came here, used up or not. */
async function couriersWithNumbers(
  tx: ReadTx,
  table: CourierTable,
  wishes: readonly CourierWish[],
): Promise<ReadonlySet<string>> {
  const refused = wishes.some((wish) => wish.unwanted.length > 0)
  const ruled = table.rules.flatMap(({ active, courier }) => (active ? [courier] : []))
  const last = refused ? [...ruled, table.usual, table.fallback] : []
  const couriers = [...new Set([...wishes.flatMap((wish) => wish.wanted), ...last])]
  const found = await Promise.all(
    couriers.map((courier) =>
      tx.range('waybills', null, { from: `${courier}/`, to: `${courier}/\uffff`, limit: 1 }),
    ),
  )
  return new Set(couriers.filter((_, index) => (found[index]?.length ?? 0) > 0))
}

type Goods = Pick<ParcelFacts, 'weightGrams' | 'fragile'>

/** Weight and breakage are looked up only where a rule asks for them: a scan waits for this. */
async function goodsOf(tx: ReadTx, table: CourierTable, parcels: readonly Parcel[]): Promise<Goods[]> {
  if (!table.rules.some(({ active, when }) => active && GOODS_CONDITIONS.some((name) => name in when)))
    return []
  const linesOf = (orders: Parcel) =>
    orders.flatMap((order) => [...(order.platform?.lines ?? []), ...(order.extras?.lines ?? [])])
  const codes = [...new Set(parcels.flatMap(linesOf).map((line) => line.skuCode))]
  const rows = await tx.getMany('skus', codes)
  const skus = new Map(codes.map((code, index) => [code, rows[index]]))
  return parcels.map((orders) => {
    const lines = linesOf(orders)
    const weights = lines.map(({ skuCode, quantity }) => {
      const grams = skus.get(skuCode)?.weightGrams ?? null
      return grams === null ? null : grams * quantity
    })
    return {
      weightGrams: sumOf(weights),
      fragile: lines.some(({ skuCode }) => skus.get(skuCode)?.fragile ?? false),
    }
  })
}

const GOODS_CONDITIONS = ['weightOverGrams', 'weightUnderGrams', 'fragile'] as const

/** Null as soon as one of them is unknown. */
function sumOf(figures: readonly (number | null)[]): number | null {
  return figures.reduce<number | null>(
    (sum, figure) => (sum === null || figure === null ? null : sum + figure),
    0,
  )
}
