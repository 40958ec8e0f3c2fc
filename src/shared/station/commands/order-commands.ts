import { addressMark } from '../../domain/orders/address-mark.ts'
import { checkAddress } from '../../domain/orders/check-address.ts'
import { addressMarkOf, holdOf, noteOf, ownFlagOf, transferOf } from '../../domain/orders/desk.ts'
import { shippingDeadline, shopDateEnd } from '../../domain/orders/deadline.ts'
import { changedFields } from '../../domain/orders/notes.ts'
import type { Recipient } from '../../domain/orders/order.ts'
import type { CommandEffect, DecideContext } from '../decision.ts'
import type { StationEvent } from '../event-types.ts'
import type { ReadTx } from '../store.ts'
import type { OrderRow } from '../tables.ts'
import type { CommandOf } from './command.ts'
import { setStaleAside } from './fetched-commands.ts'

/**
 * The orders' desk (ORD-2, ORD-3, ORD-5): each command writes one thing of one order down, or nothing when it says
 * what stands there already.
 */
type DeskCommand = CommandOf<'FlagOrder' | 'HoldOrder' | 'NoteOrder' | 'RecordTransfer' | 'ConfirmOrder'>

const DONE: CommandEffect = { answer: { tag: 'done' } }
const refused = (tag: string): CommandEffect => ({ answer: { tag } })

async function onOrder(
  tx: ReadTx,
  command: DeskCommand,
  write: (order: OrderRow) => CommandEffect,
): Promise<CommandEffect> {
  const order = await tx.get('orders', command.orderId)
  return order?.platform ? write(order) : refused('gone')
}

const posting = (orderId: string, event: Pick<StationEvent, 'type' | 'body'>): CommandEffect => ({
  answer: { tag: 'done' },
  events: [{ ...event, movements: [], entities: [`order:${orderId}`] } as StationEvent],
})

/** Red, green, blue, purple or none; yellow is {@link holdOrder}. */
export const flagOrder = (tx: ReadTx, command: CommandOf<'FlagOrder'>): Promise<CommandEffect> =>
  onOrder(tx, command, (order) => {
    const { orderId, flag } = command
    return ownFlagOf(order) === flag
      ? DONE
      : posting(orderId, { type: 'OrderFlagged', body: { orderId, flag } })
  })

/** Yellow by hand: the order keeps its pieces and its own flag, and ships when it is let go. */
export const holdOrder = (tx: ReadTx, command: CommandOf<'HoldOrder'>): Promise<CommandEffect> =>
  onOrder(tx, command, (order) => {
    const { orderId, held } = command
    const reason = held ? command.reason.trim() : ''
    if (held && reason === '') return refused('reasonWanted')
    if (holdOf(order) === (held ? reason : null)) return DONE
    return posting(orderId, { type: 'OrderHeld', body: { orderId, held, reason } })
  })

/** A changed note keeps the old one; an agreed day becomes the deadline (ORD-3). */
export const noteOrder = (
  tx: ReadTx,
  command: CommandOf<'NoteOrder'>,
  { shopClock }: DecideContext,
): Promise<CommandEffect> =>
  onOrder(tx, command, (order) => {
    const { orderId, note } = command
    const shipBy = note.shipOn === null ? null : shopDateEnd(note.shipOn, shopClock)
    if (note.shipOn !== null && shipBy === null) return refused('shipDateWrong')
    const before = noteOf(order)
    const after = { ...note, shipBy }
    if (before && changedFields(before, after).length === 0) return DONE
    return posting(orderId, { type: 'OrderNoted', body: { orderId, note: after } })
  })

/** 银行转账: green, and the clock runs from its receipt. Written down in error, it is withdrawn. */
export const recordTransfer = (
  tx: ReadTx,
  command: CommandOf<'RecordTransfer'>,
  { shopClock, at }: DecideContext,
): Promise<CommandEffect> =>
  onOrder(tx, command, (order) => {
    const { orderId, amountFen, receivedAt, withdrawn } = command
    const [bank, confirmedBy] = [command.bank.trim(), command.confirmedBy.trim()]
    if (bank === '' || confirmedBy === '' || amountFen <= 0) return refused('fieldWanted')
    if (receivedAt > at) return refused('receivedLater')
    if (withdrawn && transferOf(order) === null) return DONE
    const deadlineAt = shippingDeadline(receivedAt, shopClock)
    const body = { orderId, bank, amountFen, confirmedBy, receivedAt, deadlineAt, withdrawn }
    return posting(orderId, { type: 'BankTransferRecorded', body })
  })

/**
 * ORD-5: what the buyer confirmed. A corrected address is kept under a reference of its own, sealed (decision 8); a
 * number that a courier gave for the old one is used no more.
 */
export async function confirmOrder(
  tx: ReadTx,
  command: CommandOf<'ConfirmOrder'>,
  { newId, stationId }: DecideContext,
): Promise<CommandEffect> {
  const stale = command.recipient === null ? [] : await setStaleAside(tx, [command.orderId], stationId)
  return onOrder(tx, command, (order) => {
    const { orderId, what, recipient } = command
    if (what.length === 0) return refused('fieldWanted')
    const plain = { orderId, what: [...what], ofMark: order.platform?.addressMark ?? '' }
    if (recipient === null || addressMark(recipient) === addressMarkOf(order))
      return posting(orderId, { type: 'AddressConfirmed', body: { ...plain, corrected: null } })
    if (isBlank(recipient)) return refused('fieldWanted')
    const corrected: Recipient = { ...recipient, personRef: `c-${newId()}` }
    const { personRef } = corrected
    const body = {
      ...plain,
      corrected: { personRef, mark: addressMark(corrected), destination: place(corrected) },
    }
    const effect = posting(orderId, { type: 'AddressConfirmed', body })
    // What a person has typed is not sent back; that it still looks odd is said.
    const doubts = checkAddress(corrected).join(' ')
    return {
      ...effect,
      events: [...(effect.events ?? []), ...stale],
      answer: { tag: 'done', params: { doubts } },
      personal: [{ personRef, data: { what: 'recipient', recipient: corrected } }],
    }
  })
}

const isBlank = ({ name, phone, street }: Omit<Recipient, 'personRef'>): boolean =>
  [name, phone, street].some((field) => field.trim() === '')

const place = ({ province, city, district }: Recipient): string =>
  [province, city, district]
    .filter((part) => part !== '')
    .join(' ')
    .slice(0, 120)
