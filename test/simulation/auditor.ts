import type { EventEnvelope } from '../../src/shared/ledger/envelope.ts'

/**
 * What the end must look like, told from the hub's list of events alone and in the plainest way: it shares no line with
 * the projections that it checks.
 */
export interface Audit {
  /** Pieces by place, SKU, batch, expiry, measure and condition; none of them zero. */
  readonly stock: ReadonlyMap<string, number>
  /** Live parcels by order. */
  readonly liveParcels: ReadonlyMap<string, readonly string[]>
  /** Parcels by waybill key. */
  readonly numberUsers: ReadonlyMap<string, readonly string[]>
  /** Stations that loaded a waybill number from a file, by key. */
  readonly numberLoaders: ReadonlyMap<string, ReadonlySet<string>>
  /** Keys of numbers whose label was printed before picking and whose parcels are all of one order (PAK-11). */
  readonly oneOrderNumbers: ReadonlySet<string>
  readonly settings: ReadonlyMap<string, unknown>
  /** Values by `thing:key:field`. */
  readonly details: ReadonlyMap<string, string>
  /** Groups of merged orders, by order. */
  readonly mergeGroups: ReadonlyMap<string, string>
  /** `kind subject|event ids` of every contradiction that must be on the screen. */
  readonly discrepancies: ReadonlySet<string>
  /** Document numbers that were given to two documents. */
  readonly documentsTwice: readonly string[]
}

type Loose = Record<string, unknown>
const OUTSIDE = ['supplier', 'customer', 'adjustment', 'scrap', 'drop-ship']

/** Tells the end from events in the order of the hub. */
export function audit(events: readonly EventEnvelope[]): Audit {
  const stock = sumStock(events)
  const liveParcels = findLiveParcels(events)
  const numberUsers = usersOf(events)
  const { pairs, loaders } = readLoads(events)
  const discrepancies = new Set<string>()
  const expect = (kind: string, subject: string, ids: readonly string[]) =>
    discrepancies.add(discrepancyText(kind, subject, ids))
  for (const [key, quantity] of stock)
    if (quantity < 0 && !OUTSIDE.includes(key.split('|')[0] ?? ''))
      expect('oversold', key, movers(events, key))
  const sizes = parcelSizes(events)
  for (const [orderId, parcels] of liveParcels)
    if (parcels.length > 1)
      expect(parcels.some((id) => (sizes.get(id) ?? 0) > 1) ? 'mergedTwice' : 'doublePack', orderId, parcels)
  for (const [key, users] of numberUsers) if (users.length > 1) expect('waybillTwice', key, users)
  const waybills = new Map(
    bodiesOf(events, 'ParcelFinished').map((body) => [body.parcelId, body.waybillNumber]),
  )
  for (const [parcelId, ids] of endings(events))
    if (ids.length > 1) expect('endedTwice', String(waybills.get(parcelId) ?? parcelId), ids)
  for (const [pair, courier] of pairs) expect('poolTwice', courier, pair.split(' '))
  for (const { subject, ids } of [...writtenTwice(events), ...groupedTwice(events)])
    expect('writtenTwice', subject, ids)
  return {
    stock,
    liveParcels,
    numberUsers,
    numberLoaders: loaders,
    oneOrderNumbers: findOneOrderNumbers(events),
    settings: lastSettings(events),
    details: lastDetails(events),
    mergeGroups: lastGroups(events),
    discrepancies,
    documentsTwice: findDocumentsTwice(events),
  }
}

export const discrepancyText = (kind: string, subject: string, ids: readonly string[]): string =>
  `${kind} ${subject}|${[...ids].sort().join(',')}`

function sumStock(events: readonly EventEnvelope[]): Map<string, number> {
  const stock = new Map<string, number>()
  for (const { movements } of events)
    for (const { quantity, from, to, ...goods } of movements)
      for (const [place, by] of [
        [from, -quantity],
        [to, quantity],
      ] as const) {
        const key = stockKey(place, goods)
        stock.set(key, (stock.get(key) ?? 0) + by)
      }
  for (const [key, quantity] of stock) if (quantity === 0) stock.delete(key)
  return stock
}

function stockKey(place: string, goods: Loose): string {
  const parts = [goods.skuCode, goods.batch, goods.expiresOn, goods.measureMm, goods.condition]
  return [place, ...parts.map((part) => part ?? '')].join('|')
}

function movers(events: readonly EventEnvelope[], key: string): string[] {
  const touches = ({ movements }: EventEnvelope): boolean =>
    movements.some(({ from, to, ...goods }) => stockKey(from, goods) === key || stockKey(to, goods) === key)
  return events.filter(touches).map((event) => event.eventId)
}

const bodiesOf = (events: readonly EventEnvelope[], type: string): Loose[] =>
  events.filter((event) => event.type === type).map((event) => event.body as Loose)

function findLiveParcels(events: readonly EventEnvelope[]): Map<string, string[]> {
  const voided = new Set(bodiesOf(events, 'ParcelVoided').map((body) => String(body.parcelId)))
  const live = new Map<string, string[]>()
  for (const body of bodiesOf(events, 'ParcelFinished')) {
    const parcelId = String(body.parcelId)
    if (voided.has(parcelId)) continue
    for (const orderId of body.orderIds as string[])
      live.set(orderId, [...(live.get(orderId) ?? []), parcelId])
  }
  return live
}

function endings(events: readonly EventEnvelope[]): Map<string, string[]> {
  const ends = new Map<string, string[]>()
  const note = (parcelId: string, eventId: string): void => {
    ends.set(parcelId, [...(ends.get(parcelId) ?? []), eventId])
  }
  for (const { type, body, eventId } of events) {
    if (type === 'ParcelVoided') note(String((body as Loose).parcelId), eventId)
    if (type !== 'ParcelsHandedOver') continue
    for (const { parcelId } of (body as { parcels: { parcelId: string }[] }).parcels) note(parcelId, eventId)
  }
  return ends
}

const parcelSizes = (events: readonly EventEnvelope[]): Map<string, number> =>
  new Map(
    bodiesOf(events, 'ParcelFinished').map((body) => [
      String(body.parcelId),
      (body.orderIds as string[]).length,
    ]),
  )

function usersOf(events: readonly EventEnvelope[]): Map<string, string[]> {
  const users = new Map<string, string[]>()
  for (const body of bodiesOf(events, 'ParcelFinished')) {
    const key = String(body.waybillKey)
    users.set(key, [...(users.get(key) ?? []), String(body.parcelId)])
  }
  return users
}

function findOneOrderNumbers(events: readonly EventEnvelope[]): Set<string> {
  const assigned = new Set(bodiesOf(events, 'WaybillAssigned').map((body) => String(body.waybillKey)))
  const parcels = bodiesOf(events, 'ParcelFinished')
  return new Set(
    [...assigned].filter((key) => {
      const [first = [], ...others] = parcels
        .filter((body) => body.waybillKey === key)
        .map((body) => body.orderIds as string[])
      return first.some((orderId) => others.every((orderIds) => orderIds.includes(orderId)))
    }),
  )
}

function readLoads(events: readonly EventEnvelope[]) {
  const loads = new Map<string, { readonly eventId: string; readonly stationId: string }[]>()
  for (const { eventId, stationId, type, body } of events) {
    if (type !== 'WaybillsLoaded') continue
    for (const { courier, number } of (body as { waybills: { courier: string; number: string }[] })
      .waybills) {
      const key = `${courier}/${number}`
      loads.set(key, [...(loads.get(key) ?? []), { eventId, stationId }])
    }
  }
  const pairs = new Map<string, string>()
  for (const [key, list] of loads)
    for (const a of list)
      for (const b of list)
        if (a.stationId !== b.stationId && a.eventId < b.eventId)
          pairs.set(`${a.eventId} ${b.eventId}`, key.slice(0, key.indexOf('/')))
  const loaders = new Map([...loads].map(([key, list]) => [key, new Set(list.map((load) => load.stationId))]))
  return { pairs, loaders }
}

function lastSettings(events: readonly EventEnvelope[]): Map<string, unknown> {
  const last = new Map<string, unknown>()
  for (const body of bodiesOf(events, 'SettingsChanged'))
    for (const [name, value] of Object.entries(body.settings as Loose)) last.set(name, value)
  return last
}

const detailOf = (body: Loose): string => `${body.thing}:${body.key}:${body.field}`

function lastDetails(events: readonly EventEnvelope[]): Map<string, string> {
  const last = new Map<string, string>()
  for (const body of bodiesOf(events, 'DetailChanged')) last.set(detailOf(body), String(body.value))
  for (const { subject, value } of groupings(events)) last.set(subject, value)
  return last
}

interface Grouping {
  readonly orderId: string
  readonly subject: string
  readonly value: string
  readonly group: string | null
  readonly seen: string
  readonly event: EventEnvelope
}

/** Every order's place in a group as it was written, one after the other. */
function groupings(events: readonly EventEnvelope[]): Grouping[] {
  return events.flatMap((event) => {
    if (event.type !== 'OrdersMerged' && event.type !== 'OrdersParted') return []
    const { orders, groupId } = event.body as {
      groupId: string
      orders: { orderId: string; seen: string | null }[]
    }
    const numbers = orders.map(({ orderId }) => orderId.split('/')[1] ?? '').sort()
    const group = event.type === 'OrdersMerged' ? groupId : null
    return orders.map(({ orderId, seen }) => {
      const value = group === null ? '' : numbers.join(' + ')
      return { orderId, subject: `order:${orderId}:merge`, value, group, seen: String(seen), event }
    })
  })
}

function lastGroups(events: readonly EventEnvelope[]): Map<string, string> {
  const last = new Map<string, string>()
  for (const { orderId, group } of groupings(events)) {
    if (group === null) last.delete(orderId)
    else last.set(orderId, group)
  }
  return last
}

/** Two stations grouped an order otherwise, each without having seen the other's. */
function groupedTwice(events: readonly EventEnvelope[]): { subject: string; ids: string[] }[] {
  const over = new Map<string, Grouping[]>()
  for (const one of groupings(events)) {
    const key = `${one.subject} over ${one.seen}`
    over.set(key, [...(over.get(key) ?? []), one])
  }
  return [...over.values()].flatMap((list) => {
    const stations = new Set(list.map(({ event }) => event.stationId))
    const values = new Set(list.map(({ value }) => value))
    const [first] = list
    if (!first || stations.size < 2 || values.size < 2) return []
    return [{ subject: first.subject, ids: list.map(({ event }) => event.eventId) }]
  })
}

function writtenTwice(events: readonly EventEnvelope[]): { subject: string; ids: string[] }[] {
  const groups = new Map<string, { subject: string; ids: string[]; stations: Set<string> }>()
  for (const { type, body, eventId, stationId } of events) {
    if (type !== 'DetailChanged') continue
    const subject = detailOf(body as Loose)
    const over = `${subject} over ${String((body as Loose).seen)}`
    const group = groups.get(over) ?? { subject, ids: [], stations: new Set<string>() }
    group.ids.push(eventId)
    group.stations.add(stationId)
    groups.set(over, group)
  }
  return [...groups.values()].filter((group) => group.stations.size > 1)
}

function findDocumentsTwice(events: readonly EventEnvelope[]): string[] {
  const numbers = events.flatMap(({ type, body }) =>
    type === 'GoodsReceived'
      ? [String((body as Loose).noteNo)]
      : type === 'ParcelsHandedOver'
        ? [String((body as Loose).handoverNo)]
        : [],
  )
  return numbers.filter((number, index) => numbers.indexOf(number) !== index)
}
