import type { SupplyUse } from '../domain/supplies/supply.ts'
import type { EventEnvelope } from '../ledger/envelope.ts'
import { balanceKey, type Movement } from '../ledger/movement.ts'
import type { Stamp } from '../ledger/stamp.ts'
import type { KnownEvent } from './event-types.ts'
import { projectDispatch } from './project-dispatch.ts'
import { projectDesk, projectReleased } from './project-orders.ts'
import { projectPicking } from './project-picking.ts'
import { projectEvidence } from './project-evidence.ts'
import { projectLabel } from './project-labels.ts'
import type { RowChange } from './row-changes.ts'

/**
 * What an event changes. Stock comes from the envelope's movements alone, so that it is right for types this version
 * does not know (`event` null); everything else comes from the typed body. Pure.
 */
export function project(
  envelope: EventEnvelope,
  event: KnownEvent | null,
  hubSequence: number | null,
): RowChange[] {
  const stamp: Stamp = { hubSequence, counter: envelope.counter, eventId: envelope.eventId }
  const stock = envelope.movements.flatMap((movement, index) => projectMovement(envelope, movement, index))
  return event ? [...stock, ...projectBody(event, stamp)] : stock
}

function projectMovement(envelope: EventEnvelope, movement: Movement, index: number): RowChange[] {
  const fromKey = balanceKey(movement.from, movement)
  const toKey = balanceKey(movement.to, movement)
  const { skuCode, batch, expiresOn, measureMm, condition } = movement
  const stock = { skuCode, batch, expiresOn, measureMm, condition }
  const id = `${envelope.eventId}#${index}`
  return [
    { table: 'balances', key: fromKey, change: { place: movement.from, stock, add: -movement.quantity } },
    { table: 'balances', key: toKey, change: { place: movement.to, stock, add: movement.quantity } },
    {
      table: 'movements',
      key: id,
      change: {
        ...movement,
        id,
        eventId: envelope.eventId,
        type: envelope.type,
        at: envelope.at,
        personId: envelope.personId,
        entities: envelope.entities,
        keys: [fromKey, toKey],
      },
    },
  ]
}

function projectBody(event: KnownEvent, stamp: Stamp): RowChange[] {
  switch (event.type) {
    case 'SettingsChanged':
      return Object.entries(event.body.settings).flatMap(([key, value]): RowChange[] => [
        { table: 'settings', key, change: { value, stamp } },
        // Nobody is asked what they saw when a setting is saved; its earlier values are kept all the same.
        detailWrite(event, stamp, {
          id: `setting:${key}:value`,
          value: JSON.stringify(value ?? null),
          seen: event.eventId,
        }),
      ])
    case 'PersonSaved':
      return [
        { table: 'people', key: event.body.person.personId, change: { person: event.body.person, stamp } },
      ]
    case 'SkusImported':
      return event.body.skus.map((sku) => ({
        table: 'skus',
        key: sku.code,
        change: { set: 'record', sku, stamp },
      }))
    case 'SkuCodeLinked':
      return [{ table: 'skus', key: event.body.skuCode, change: { set: 'link', ...event.body } }]
    case 'HangTagAssigned':
      return [{ table: 'tags', key: event.body.code, change: event.body }]
    case 'BinsImported':
      return event.body.bins.map((bin) => ({ table: 'bins', key: bin.code, change: { bin, stamp } }))
    case 'NoticeImported': {
      const { noticeNo, supplier, lines } = event.body
      return [{ table: 'notices', key: noticeNo, change: { noticeNo, supplier, lines, stamp } }]
    }
    case 'WaybillsLoaded':
      return event.body.waybills.map((waybill) => ({
        table: 'waybills',
        key: `${waybill.courier}/${waybill.number}`,
        change: { set: 'loaded', ...waybill, stationId: event.stationId, stamp },
      }))
    case 'WaybillFetched': {
      const { courier, number } = event.body
      const change = { set: 'fetched' as const, ...event.body, stationId: event.stationId, stamp }
      return [{ table: 'waybills', key: `${courier}/${number}`, change }]
    }
    case 'WaybillAssigned':
    case 'LabelVoided':
      return projectLabel(event, stamp)
    case 'WaybillsGranted':
      return tenures(event.body.keys, event.body.stationId, stamp)
    case 'WaybillsReturned':
      return tenures(event.body.keys, '', stamp)
    case 'WaybillsSetAside':
      return tenures(event.body.keys, asideOf(event.stationId), stamp)
    case 'WaybillsTakenUp':
      return tenures(event.body.keys, event.stationId, stamp)
    case 'WaybillsWrittenOff':
      return event.body.keys.map((key) => ({ table: 'waybills', key, change: { set: 'burnt' } }))
    case 'DetailChanged': {
      const { thing, key, field, value, seen } = event.body
      return [detailWrite(event, stamp, { id: detailId(thing, key, field), value, seen })]
    }
    case 'DiscrepancyResolved': {
      const { personId, stationId, at } = event
      return [
        {
          table: 'resolutions',
          key: event.body.discrepancyId,
          change: { ...event.body, personId, stationId, at, stamp },
        },
      ]
    }
    case 'OrdersImported':
      return event.body.orders.map((order) => ({
        table: 'orders',
        key: order.orderId,
        change: { set: 'platform', order, stamp },
      }))
    case 'WantedMeasureConfirmed': {
      const { orderId, lineNo, measureMm } = event.body
      return [{ table: 'orders', key: orderId, change: { set: 'wanted', lineNo, measureMm, stamp } }]
    }
    case 'OrdersMerged':
    case 'OrdersParted':
    case 'CourierChosen':
    case 'ExtrasSet':
      return projectDispatch(event, stamp)
    case 'GoodsReceived': {
      const { noteNo, noticeNo, supplier, lines, signatures } = event.body
      const pieces = lines.reduce((sum, line) => sum + line.counted, 0)
      const note = { noteNo, noticeNo, supplier, lines, signatures, pieces, postedAt: event.at }
      return [{ table: 'notes', key: noteNo, change: note }]
    }
    case 'ParcelFinished':
      return projectParcelFinished(event.body)
    case 'ParcelVoided':
      return projectParcelVoided(event)
    case 'ParcelsHandedOver':
      return projectHandover(event)
    case 'CountWanted': {
      const { todoId, kind, subject, reason } = event.body
      return [
        { table: 'todos', key: todoId, change: { todoId, kind, subject, reason, at: event.at, done: false } },
      ]
    }
    case 'SupplySaved':
      return [
        { table: 'supplies', key: event.body.supplyId, change: { set: 'saved', supply: event.body, stamp } },
      ]
    case 'SupplyCounted':
      return projectSupplyCounted(event, stamp)
    case 'SupplyUsed':
      return usedSupplies(event.body.supplies)
    case 'OrderFlagged':
    case 'OrderHeld':
    case 'OrderNoted':
    case 'BankTransferRecorded':
    case 'AddressConfirmed':
      return projectDesk(event, stamp)
    case 'EvidenceNoted':
      return projectEvidence(event)
    case 'GoodsPutAway':
      return projectReleased(event.body.released ?? [], event.at)
    case 'OrderPicked':
    case 'PickShort':
    case 'ShortLifted':
    case 'PiecesReturned':
      return projectPicking(event, stamp)
  }
}

/** Holder of a station's numbers that nobody may use until a person has looked at them. */
export const asideOf = (stationId: string): string => `aside:${stationId}`

function tenures(keys: readonly string[], holder: string, stamp: Stamp): RowChange[] {
  return keys.map((key) => ({ table: 'waybills', key, change: { set: 'tenure', holder, stamp } }))
}

/** Key of a described field. */
export function detailId(thing: string, key: string, field: string): string {
  return `${thing}:${key}:${field}`
}

function detailWrite(
  event: KnownEvent,
  stamp: Stamp,
  write: { readonly id: string; readonly value: string; readonly seen: string | null },
): RowChange {
  const { eventId, stationId, personId, at } = event
  const { id, value, seen } = write
  return { table: 'details', key: id, change: { eventId, stationId, personId, at, value, seen, stamp } }
}

type Body<T extends KnownEvent['type']> = Extract<KnownEvent, { type: T }>['body']

function projectParcelFinished(body: Body<'ParcelFinished'>): RowChange[] {
  return [
    { table: 'parcels', key: body.parcelId, change: { set: 'finish', finish: body } },
    { table: 'waybills', key: body.waybillKey, change: { set: 'used', by: body.parcelId } },
    ...usedSupplies(body.supplies ?? []),
    ...body.orderIds.map(
      (key): RowChange => ({
        table: 'orders',
        key,
        change: { set: 'parcel', parcelId: body.parcelId, fact: 'finished' },
      }),
    ),
  ]
}

function usedSupplies(supplies: readonly SupplyUse[]): RowChange[] {
  return supplies.map(({ supplyId, quantity }) => ({
    table: 'supplies',
    key: supplyId,
    change: { set: 'moved', received: 0, used: quantity },
  }))
}

function projectSupplyCounted(
  event: Extract<KnownEvent, { type: 'SupplyCounted' }>,
  stamp: Stamp,
): RowChange[] {
  const { supplyId: key, delta, counted } = event.body
  const moved: RowChange = { table: 'supplies', key, change: { set: 'moved', received: delta, used: 0 } }
  if (counted === null) return [moved]
  return [moved, { table: 'supplies', key, change: { set: 'counted', counted, at: event.at, stamp } }]
}

function projectParcelVoided(event: Extract<KnownEvent, { type: 'ParcelVoided' }>): RowChange[] {
  const { parcelId, orderIds, waybillKey, reason } = event.body
  const voided = { at: event.at, personId: event.personId, reason }
  return [
    { table: 'parcels', key: parcelId, change: { set: 'voided', voided, eventId: event.eventId } },
    { table: 'waybills', key: waybillKey, change: { set: 'burnt' } },
    ...orderIds.map(
      (key): RowChange => ({ table: 'orders', key, change: { set: 'parcel', parcelId, fact: 'voided' } }),
    ),
  ]
}

function projectHandover(event: Extract<KnownEvent, { type: 'ParcelsHandedOver' }>): RowChange[] {
  const { handoverNo, courier, parcels, signedBy } = event.body
  const facts = parcels.flatMap((parcel): RowChange[] => {
    const { theirWeightGrams, theirFeeFen, acceptedReason, parcelId } = parcel
    const handedOver = { at: event.at, handoverNo, theirWeightGrams, theirFeeFen, acceptedReason }
    return [
      { table: 'parcels', key: parcelId, change: { set: 'handedOver', handedOver, eventId: event.eventId } },
      ...parcel.orderIds.map(
        (key): RowChange => ({
          table: 'orders',
          key,
          change: { set: 'parcel', parcelId, fact: 'handedOver' },
        }),
      ),
    ]
  })
  const row = { handoverNo, courier, parcels, signedBy, closedAt: event.at }
  return [{ table: 'handovers', key: handoverNo, change: row }, ...facts]
}
