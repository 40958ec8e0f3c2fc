import type { z } from 'zod'
import { assert } from '../base/assert.ts'
import { HangTagAssignedBody, SkuCodeLinkedBody, SkusImportedBody } from '../domain/catalogue/events.ts'
import { EvidenceNotedBody } from '../domain/evidence/events.ts'
import {
  AddressConfirmedBody,
  BankTransferRecordedBody,
  OrderFlaggedBody,
  OrderHeldBody,
  OrderNotedBody,
  OrdersImportedBody,
  WantedMeasureConfirmedBody,
} from '../domain/orders/events.ts'
import { ExtrasSetBody } from '../domain/orders/extras.ts'
import { OrdersMergedBody, OrdersPartedBody } from '../domain/orders/merge-events.ts'
import { ParcelFinishedBody, ParcelVoidedBody } from '../domain/packing/events.ts'
import { PersonSavedBody, SettingsChangedBody } from '../domain/people/events.ts'
import {
  OrderPickedBody,
  PickShortBody,
  PiecesReturnedBody,
  ShortLiftedBody,
} from '../domain/picking/events.ts'
import { GoodsPutAwayBody } from '../domain/putaway/events.ts'
import { GoodsReceivedBody, NoticeImportedBody } from '../domain/receiving/events.ts'
import { CourierChosenBody } from '../domain/shipping/choose-courier-events.ts'
import { LabelVoidedBody, WaybillAssignedBody } from '../domain/shipping/label-events.ts'
import {
  ParcelsHandedOverBody,
  WaybillFetchedBody,
  WaybillsGrantedBody,
  WaybillsLoadedBody,
  WaybillsReturnedBody,
  WaybillsSetAsideBody,
  WaybillsTakenUpBody,
  WaybillsWrittenOffBody,
} from '../domain/shipping/events.ts'
import { DetailChangedBody, DiscrepancyResolvedBody } from '../domain/sync/events.ts'
import { BinsImportedBody, CountWantedBody } from '../domain/stock/events.ts'
import { SupplyCountedBody, SupplySavedBody, SupplyUsedBody } from '../domain/supplies/events.ts'
import type { EventEnvelope, NewEvent } from '../ledger/envelope.ts'

/** Lifts a body of version n to n + 1. */
type Upcast = (body: unknown) => unknown

interface EventType<S extends z.ZodType> {
  readonly version: number
  readonly body: S
  /** `upcasts[n]` lifts version n to n + 1; there is one for every older version. */
  readonly upcasts: Readonly<Record<number, Upcast>>
}

const type = <S extends z.ZodType>(
  version: number,
  body: S,
  upcasts: Readonly<Record<number, Upcast>> = {},
): EventType<S> => ({
  version,
  body,
  upcasts,
})

/** Every type of event, its current version and schema. A test pins a hash of each schema. */
export const EVENT_TYPES = {
  SettingsChanged: type(1, SettingsChangedBody),
  PersonSaved: type(1, PersonSavedBody),
  SkusImported: type(1, SkusImportedBody),
  SkuCodeLinked: type(1, SkuCodeLinkedBody),
  HangTagAssigned: type(1, HangTagAssignedBody),
  BinsImported: type(1, BinsImportedBody),
  NoticeImported: type(1, NoticeImportedBody),
  WaybillsLoaded: type(1, WaybillsLoadedBody),
  OrdersImported: type(1, OrdersImportedBody),
  WantedMeasureConfirmed: type(1, WantedMeasureConfirmedBody),
  OrderFlagged: type(1, OrderFlaggedBody),
  OrderHeld: type(1, OrderHeldBody),
  OrderNoted: type(1, OrderNotedBody),
  BankTransferRecorded: type(1, BankTransferRecordedBody),
  AddressConfirmed: type(1, AddressConfirmedBody),
  OrdersMerged: type(1, OrdersMergedBody),
  OrdersParted: type(1, OrdersPartedBody),
  CourierChosen: type(1, CourierChosenBody),
  ExtrasSet: type(1, ExtrasSetBody),
  GoodsReceived: type(1, GoodsReceivedBody),
  GoodsPutAway: type(1, GoodsPutAwayBody),
  OrderPicked: type(1, OrderPickedBody),
  PickShort: type(1, PickShortBody),
  ShortLifted: type(1, ShortLiftedBody),
  PiecesReturned: type(1, PiecesReturnedBody),
  ParcelFinished: type(2, ParcelFinishedBody, { 1: (body) => ({ ...(body as object), leaseToken: null }) }),
  ParcelVoided: type(1, ParcelVoidedBody),
  ParcelsHandedOver: type(1, ParcelsHandedOverBody),
  CountWanted: type(1, CountWantedBody),
  WaybillFetched: type(1, WaybillFetchedBody),
  WaybillAssigned: type(1, WaybillAssignedBody),
  LabelVoided: type(1, LabelVoidedBody),
  WaybillsGranted: type(1, WaybillsGrantedBody),
  WaybillsReturned: type(1, WaybillsReturnedBody),
  WaybillsSetAside: type(1, WaybillsSetAsideBody),
  WaybillsTakenUp: type(1, WaybillsTakenUpBody),
  WaybillsWrittenOff: type(1, WaybillsWrittenOffBody),
  DetailChanged: type(1, DetailChangedBody),
  DiscrepancyResolved: type(1, DiscrepancyResolvedBody),
  SupplySaved: type(1, SupplySavedBody),
  SupplyCounted: type(1, SupplyCountedBody),
  SupplyUsed: type(1, SupplyUsedBody),
  EvidenceNoted: type(1, EvidenceNotedBody),
} as const

export type EventTypeName = keyof typeof EVENT_TYPES
export type BodyOf<T extends EventTypeName> = z.infer<(typeof EVENT_TYPES)[T]['body']>

/** A posted fact of a known type, lifted to the current version. */
export type KnownEvent = {
  [T in EventTypeName]: Omit<EventEnvelope, 'type' | 'body'> & { readonly type: T; readonly body: BodyOf<T> }
}[EventTypeName]

/** A fact that a decision wants posted. */
export type StationEvent = { [T in EventTypeName]: NewEvent<T, BodyOf<T>> }[EventTypeName]

const isKnownType = (name: string): name is EventTypeName => Object.hasOwn(EVENT_TYPES, name)

/**
 * Reads a stored or received event: lifts it to the current version and parses its body. Null for a type or version
 * that this station does not know, and for a body that is not what its type says: the event is kept and its movements count all the same (SYN-4, decision 5).
 */
export function readEvent(envelope: EventEnvelope): KnownEvent | null {
  if (!isKnownType(envelope.type)) return null
  const known: EventType<z.ZodType> = EVENT_TYPES[envelope.type]
  if (envelope.version > known.version) return null
  let body = envelope.body
  for (let version = envelope.version; version < known.version; version++) {
    const upcast = known.upcasts[version]
    assert(upcast, `no upcast of ${envelope.type} from version ${version}`)
    body = upcast(body)
  }
  const parsed = known.body.safeParse(body)
  return parsed.success ? ({ ...envelope, version: known.version, body: parsed.data } as KnownEvent) : null
}
