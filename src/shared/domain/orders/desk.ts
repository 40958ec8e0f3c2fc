import { isNewer, type Stamp } from '../../ledger/stamp.ts'
import type { OwnFlag } from './flags.ts'
import type { Delivery, OrderNote } from './notes.ts'
import type { PlatformOrder } from './order.ts'

/**
 * What the orders' desk knows of an order beyond the platform's record (ORD-2, ORD-3, ORD-5). Every writing is kept;
 * what counts is the last one by stamp, so that the order of arrival does not matter.
 */
export interface OrderDesk {
  readonly flags: readonly DeskWrite<{ readonly flag: OwnFlag }>[]
  readonly holds: readonly DeskWrite<{ readonly held: boolean; readonly reason: string }>[]
  readonly notes: readonly DeskWrite<{ readonly note: OrderNote }>[]
  readonly transfers: readonly DeskWrite<BankTransfer>[]
  readonly addresses: readonly DeskWrite<AddressConfirmation>[]
  /** When goods came in that let it ship, epoch ms; 0: never (ORD-6). */
  readonly releasedAt: number
}

/** A writing with who, when and where. */
export type DeskWrite<T> = T & {
  readonly eventId: string
  readonly stationId: string
  readonly personId: string | null
  readonly at: number
  readonly stamp: Stamp
}

/** 银行转账: money that came past the platform (ORD-2). */
export interface BankTransfer {
  readonly bank: string
  readonly amountFen: number
  /** Who saw it in the account. */
  readonly confirmedBy: string
  readonly receivedAt: number
  /** Deadline that its receipt starts, epoch ms. */
  readonly deadlineAt: number
  /** It was written down in error. */
  readonly withdrawn: boolean
}

/** What the buyer confirmed (ORD-5). */
export interface AddressConfirmation {
  readonly what: readonly Confirmed[]
  /** Mark of the platform's address that it was about: another address is confirmed anew. */
  readonly ofMark: string
  /**
   * The address as it was put right, kept apart from here under a reference of its own (decision 8). What it corrected
   * stays under the platform's: who is forgotten must be forgotten under both (ARC-5).
   */
  readonly corrected: {
    readonly personRef: string
    readonly mark: string
    readonly destination: string
  } | null
}

export const CONFIRMED = ['address', 'style', 'courier'] as const
export type Confirmed = (typeof CONFIRMED)[number]

/** An order with its desk, whatever table it stands in. */
export interface DeskedOrder {
  readonly platform: PlatformOrder | null
  readonly desk?: OrderDesk
}

export const EMPTY_DESK: OrderDesk = {
  flags: [],
  holds: [],
  notes: [],
  transfers: [],
  addresses: [],
  releasedAt: 0,
}

/** The writing that counts. */
export function lastWrite<W extends { readonly stamp: Stamp }>(writes: readonly W[]): W | undefined {
  return writes.reduce<W | undefined>(
    (a, b) => (a === undefined || isNewer(b.stamp, a.stamp) ? b : a),
    undefined,
  )
}

/** Adds a writing to its history: once, sorted by event, with the stamp of its confirmation when that comes. */
export function addWrite<T>(writes: readonly DeskWrite<T>[], write: DeskWrite<T>): DeskWrite<T>[] {
  const known = writes.find(({ eventId }) => eventId === write.eventId)
  const kept = known && !isNewer(write.stamp, known.stamp) ? known : write
  const others = writes.filter(({ eventId }) => eventId !== write.eventId)
  return [...others, kept].sort((a, b) => (a.eventId < b.eventId ? -1 : 1))
}

export const noteOf = ({ desk }: DeskedOrder): OrderNote | null => lastWrite(desk?.notes ?? [])?.note ?? null

export const deliveryOf = (order: DeskedOrder): Delivery => noteOf(order)?.delivery ?? 'courier'

/** The reason why a person holds it back; null: nobody does. */
export function holdOf({ desk }: DeskedOrder): string | null {
  const last = lastWrite(desk?.holds ?? [])
  return last?.held ? last.reason : null
}

/** The transfer that counts; null where there is none. */
export function transferOf({ desk }: DeskedOrder): DeskWrite<BankTransfer> | null {
  const last = lastWrite(desk?.transfers ?? [])
  return last && !last.withdrawn ? last : null
}

/** An unpaid order counts as paid once its transfer was seen (ORD-2). */
export function countsAsPaid(order: DeskedOrder): boolean {
  const status = order.platform?.status
  return status === 'paid' || (status === 'unpaid' && transferOf(order) !== null)
}

/** When the money came, epoch ms; null while it has not, or nobody says. */
export const paidAtOf = (order: DeskedOrder): number | null =>
  order.platform?.paidAt ?? transferOf(order)?.receivedAt ?? null

/** An agreed ship date governs; else the transfer where the platform knows no payment; else the platform's (ORD-3). */
export function deadlineOf(order: DeskedOrder): number {
  const { platform } = order
  const agreed = noteOf(order)?.shipBy
  if (agreed) return agreed
  const transfer = platform?.paidAt === null ? transferOf(order) : null
  return transfer?.deadlineAt ?? platform?.deadlineAt ?? 0
}

/**
 * The flag that the order has for itself, below any yellow: the last of what a person set and the green of a transfer;
 * else the platform's; a specification that was noted makes red of none (ORD-2).
 */
export function ownFlagOf(order: DeskedOrder): OwnFlag {
  const { desk, platform } = order
  const set = lastWrite(desk?.flags ?? [])
  const transfer = transferOf(order)
  if (transfer && (!set || isNewer(transfer.stamp, set.stamp))) return 'green'
  if (set) return set.flag
  const given = platform?.flag ?? 'none'
  if (given !== 'none' && given !== 'yellow') return given
  return (noteOf(order)?.spec ?? '') === '' ? 'none' : 'red'
}

/** Confirmations of the address that the platform names now. */
const standing = ({ platform, desk }: DeskedOrder): readonly DeskWrite<AddressConfirmation>[] =>
  (desk?.addresses ?? []).filter(({ ofMark }) => ofMark === (platform?.addressMark ?? ''))

const correctionOf = (order: DeskedOrder): AddressConfirmation['corrected'] =>
  lastWrite(standing(order).filter(({ corrected }) => corrected !== null))?.corrected ?? null

/** ORD-5: something about the address is in doubt, and nobody has asked the buyer yet. Who collects needs none. */
export function addressWanted(order: DeskedOrder): boolean {
  if ((order.platform?.doubts ?? []).length === 0 || deliveryOf(order) === 'collected') return false
  return !standing(order).some(({ what }) => what.includes('address'))
}

/** Under which reference the recipient is kept: the address as put right, or the platform's. */
export const recipientRefOf = (order: DeskedOrder): string =>
  correctionOf(order)?.personRef ?? order.platform?.personRef ?? ''

/** Changes when the address does (see {@link addressMark}); '' where it was never marked. */
export const addressMarkOf = (order: DeskedOrder): string =>
  correctionOf(order)?.mark ?? order.platform?.addressMark ?? ''

/** Province, city and district of where it goes. */
export const destinationOf = (order: DeskedOrder): string =>
  correctionOf(order)?.destination ?? order.platform?.destination ?? ''

/** Paid at this time it waits for a note (ORD-2); null: it has one, or nothing calls for one. */
export function noteSinceOf(order: DeskedOrder): number | null {
  const { platform, desk } = order
  if (!platform || (desk?.notes.length ?? 0) > 0) return null
  if (platform.message.trim() === '' && platform.memo.trim() === '') return null
  return paidAtOf(order)
}
