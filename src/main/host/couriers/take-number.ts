import { normaliseCode } from '../../../shared/base/text.ts'
import {
  type EwaybillBalance,
  type EwaybillGiven,
  type EwaybillRefusal,
  type EwaybillTaken,
  type GivenNumber,
  isIncompleteParty,
  isMaskedParty,
  refusal,
} from '../../../shared/domain/shipping/ewaybill.ts'
import { hintWaybillNumber } from '../../../shared/formats/waybill-number-hints.ts'
import type {
  CourierAccount,
  CourierNumber,
  CourierTakeAnswer,
  CourierTrouble,
} from '../../../shared/protocol/courier-contract.ts'
import type { HostRequest, HostResponses } from '../../../shared/protocol/host-contract.ts'
import { createQueue, type Queue } from '../queue.ts'
import { errorText, isDiskFull } from '../system-error.ts'
import type { CourierLedger, LedgerKey } from './courier-ledger.ts'
import type { EwaybillAdapter, EwaybillSigner } from './ewaybill-adapter.ts'

type TakeRequest = HostRequest<'courier.take'>

interface TakerParts {
  readonly ledger: CourierLedger
  now(): number
  account(accountId: string): CourierAccount | null
  adapter(account: CourierAccount): EwaybillAdapter
  signer(account: CourierAccount): EwaybillSigner | { readonly none: string }
  /** How an account's last call went; null: well. */
  note(accountId: string, trouble: CourierTrouble | null, detail: string): void
}

/**
 * Takes and gives back numbers under the rules of LBL-5: a key has one number for ever, no number has two keys, and
 * every request stands in the ledger before it leaves, so that nothing of this hangs on what a service answers, how
 * late, or how often.
 */
export interface NumberTaker {
  take(request: TakeRequest): Promise<CourierTakeAnswer>
  giveBack(request: HostRequest<'courier.return'>): Promise<HostResponses['courier.return']>
  balance(account: CourierAccount): Promise<EwaybillBalance>
  /** True while this key is being asked for. */
  isUnderWay(parcelKey: string): boolean
  /** Resolves when nothing is under way any more. */
  settled(): Promise<void>
}

interface State {
  readonly parts: TakerParts
  /** The ledger's turns: to look and to write down is one step. */
  readonly turn: Queue
  /** Two pages that want one key ask once. */
  readonly underWay: Map<string, Promise<CourierTakeAnswer>>
  readonly work: Set<Promise<unknown>>
  surplusAt: number
}

/** Surplus numbers are offered back again after so long. */
const SURPLUS_EVERY_MS = 60_000

export function createNumberTaker(parts: TakerParts): NumberTaker {
  const state: State = {
    parts,
    turn: createQueue(),
    underWay: new Map(),
    work: new Set(),
    surplusAt: Number.NEGATIVE_INFINITY,
  }
  return {
    take: (request) => {
      const known = state.underWay.get(request.parcelKey)
      if (known !== undefined) return known
      const taking = takeOne(state, request).finally(() => state.underWay.delete(request.parcelKey))
      state.underWay.set(request.parcelKey, taking)
      return track(state, taking)
    },
    isUnderWay: (parcelKey) => state.underWay.has(parcelKey),
    giveBack: (request) => track(state, giveBackOne(state, request)),
    balance: async (account) => {
      const signer = parts.signer(account)
      return 'none' in signer ? refusal('badAccount', signer.none) : parts.adapter(account).balance(signer)
    },
    settled: async () => {
      while (state.work.size > 0) await Promise.allSettled([...state.work])
      await state.turn(async () => undefined)
    },
  }
}

function track<T>({ work }: State, promise: Promise<T>): Promise<T> {
  const tracked = promise.finally(() => work.delete(tracked))
  tracked.catch(() => undefined)
  work.add(tracked)
  return tracked
}

async function takeOne(state: State, request: TakeRequest): Promise<CourierTakeAnswer> {
  const { ledger, note } = state.parts
  const { parcelKey, accountId } = request
  const known = ledger.find(parcelKey)
  if (known?.number) return decided(parcelKey, known)
  const ready = prepare(state, request, known)
  if ('tag' in ready) {
    if (ready.trouble !== 'maskedRecipient') note(accountId, ready.trouble, ready.detail)
    return refused(ledger, parcelKey, ready)
  }
  const { account, signer } = ready
  const attempt = (known?.attempts ?? 0) + 1
  const asked = await state.turn(() => writeAsked(state, { parcelKey, account, attempt }))
  if (asked !== null) return refused(ledger, parcelKey, asked)
  const settle = (outcome: EwaybillTaken): Promise<CourierTakeAnswer> =>
    state.turn(() => settleOne(state, { parcelKey, account, attempt, outcome }))
  const adapter = state.parts.adapter(account)
  const outcome = await adapter.take(signer, request, (late) => void track(state, settle(late)))
  const answer = await settle(outcome)
  note(accountId, answer.tag === 'taken' ? null : answer.trouble, answer.tag === 'taken' ? '' : answer.detail)
  if (answer.tag === 'taken') returnSurplus(state)
  return answer
}

function prepare(
  { parts }: State,
  request: TakeRequest,
  known: LedgerKey | null,
): EwaybillRefusal | { readonly account: CourierAccount; readonly signer: EwaybillSigner } {
  const { accountId, recipient, sender } = request
  // With another contract the same key could get a second number.
  if (known !== null && known.open.size > 0 && known.account !== accountId)
    return refusal('badAccount', `asked with ${known.account}`)
  const account = parts.account(accountId)
  if (account?.active !== true) return refusal('noAccount', accountId)
  if (isMaskedParty(recipient)) return refusal('maskedRecipient', '')
  if (isIncompleteParty(recipient)) return refusal('badParameters', 'recipient')
  if (isIncompleteParty(sender)) return refusal('badParameters', 'sender')
  const signer = parts.signer(account)
  return 'none' in signer ? refusal('badAccount', signer.none) : { account, signer }
}

/** Null when it is on the disk and the request may leave. */
async function writeAsked(
  { parts }: State,
  { parcelKey, account, attempt }: { parcelKey: string; account: CourierAccount; attempt: number },
): Promise<EwaybillRefusal | null> {
  const { accountId, courier } = account
  try {
    await parts.ledger.append({
      did: 'asked',
      at: parts.now(),
      key: parcelKey,
      account: accountId,
      courier,
      attempt,
    })
    return null
  } catch (error) {
    if (isDiskFull(error)) return refusal('diskFull', errorText(error), { again: true })
    throw error
  }
}

interface Outcome {
  readonly parcelKey: string
  readonly account: CourierAccount
  readonly attempt: number
  readonly outcome: EwaybillTaken
}

/** In the ledger's turn: what an answer means now, whatever came in meanwhile. */
async function settleOne(state: State, input: Outcome): Promise<CourierTakeAnswer> {
  try {
    return await decide(state, input)
  } catch (error) {
    if (!isDiskFull(error)) throw error
    // The number is out there and not written down: the same key will be told of it again.
    const full = refusal('diskFull', errorText(error), { given: 'maybe', again: true })
    return refused(state.parts.ledger, input.parcelKey, full)
  }
}

async function decide({ parts }: State, input: Outcome): Promise<CourierTakeAnswer> {
  const { ledger, now } = parts
  const { parcelKey, account, attempt, outcome } = input
  const known = ledger.find(parcelKey)
  if (outcome.tag === 'refused') {
    if (outcome.given === 'no')
      await ledger.append({ did: 'refused', at: now(), key: parcelKey, attempt, why: outcome.trouble })
    return known?.number ? decided(parcelKey, known) : refused(ledger, parcelKey, outcome)
  }
  const number = normaliseCode(outcome.waybillNumber)
  const flaw = flawOf(ledger, input, number)
  if (flaw !== null) return known?.number ? decided(parcelKey, known) : refused(ledger, parcelKey, flaw)
  if (known?.number) {
    const isNew = known.number.number !== number && known.surplus.every((one) => one.number !== number)
    if (isNew) await ledger.append(surplusLine(parcelKey, number, outcome, now()))
    return decided(parcelKey, known)
  }
  const { sortCode, labelData } = outcome
  await ledger.append({
    did: 'given',
    at: now(),
    key: parcelKey,
    number,
    sortCode,
    labelData: { ...labelData },
  })
  return taken({ parcelKey, courier: account.courier, waybillNumber: number, sortCode, labelData })
}

const surplusLine = (key: string, number: string, { labelData }: EwaybillGiven, at: number) =>
  ({ did: 'surplus', at, key, number, labelData: { ...labelData } }) as const

/** Couriers without a known form: what a barcode and a person can carry. */
const ANY_NUMBER = /^[A-Z0-9][A-Z0-9-]{5,39}$/

function flawOf(
  ledger: CourierLedger,
  { parcelKey, account: { courier } }: Outcome,
  number: string,
): EwaybillRefusal | null {
  if (!ANY_NUMBER.test(number) || hintWaybillNumber(courier, number) !== null)
    return refusal('wrongNumber', number.slice(0, 60), { given: 'maybe', again: true })
  const owner = ledger.ownerOf(courier, number)
  return owner === null || owner === parcelKey
    ? null
    : refusal('foreignNumber', `${number} ${owner}`, { given: 'maybe', again: true })
}

const taken = (number: CourierNumber): CourierTakeAnswer => ({ tag: 'taken', number })

/** What the ledger has decided; a number that was given back is never used again, nor another taken in its place. */
function decided(parcelKey: string, { courier, number }: LedgerKey): CourierTakeAnswer {
  if (number === null || number.returned)
    return { tag: 'refused', trouble: 'other', detail: 'returned', again: false, afterMs: 0, unsure: false }
  const { sortCode, labelData } = number
  return taken({ parcelKey, courier, waybillNumber: number.number, sortCode, labelData })
}

const SOON_MS = 15_000
const LATER_MS = 600_000
/** It takes a person, or the service's own, to change these. */
const SLOW: ReadonlySet<CourierTrouble> = new Set([
  'wrongNumber',
  'foreignNumber',
  'notOurs',
  'noBalance',
  'other',
])

function refused(ledger: CourierLedger, parcelKey: string, why: EwaybillRefusal): CourierTakeAnswer {
  const { trouble, detail } = why
  const again = why.again || trouble === 'noBalance'
  const afterMs = again ? (SLOW.has(trouble) ? LATER_MS : SOON_MS) : 0
  // An earlier request of the key may have got a number even where this one got none for certain.
  const unsure = (ledger.find(parcelKey)?.open.size ?? 0) > 0
  return { tag: 'refused', trouble, detail, again, afterMs, unsure }
}

async function giveBackOne(
  state: State,
  { parcelKey, accountId }: HostRequest<'courier.return'>,
): Promise<HostResponses['courier.return']> {
  const { ledger, note } = state.parts
  const known = ledger.find(parcelKey)
  const number = known?.number ?? null
  if (known === null || number === null) {
    const unsure = known !== null && known.open.size > 0
    return unsure ? { tag: 'refused', trouble: 'other', detail: 'unsure' } : { tag: 'returned' }
  }
  if (number.returned) return { tag: 'returned' }
  if (known.account !== accountId) return { tag: 'refused', trouble: 'badAccount', detail: known.account }
  const answer = await sendBack(state, known.account, {
    parcelKey,
    waybillNumber: number.number,
    labelData: number.labelData,
  })
  if (answer === null) return { tag: 'returned' }
  const { trouble, detail } = answer
  note(accountId, trouble, detail)
  return { tag: 'refused', trouble, detail }
}

/** Null when the service has it back and that is written down. */
async function sendBack(
  state: State,
  accountId: string,
  given: GivenNumber,
): Promise<EwaybillRefusal | null> {
  const { ledger, account: find, adapter, signer: signerOf, now } = state.parts
  const account = find(accountId)
  if (account === null) return refusal('noAccount', accountId)
  const signer = signerOf(account)
  if ('none' in signer) return refusal('badAccount', signer.none)
  const answer = await adapter(account).giveBack(signer, given)
  if (answer.tag === 'refused') return answer
  const { parcelKey: key, waybillNumber: number } = given
  await state.turn(() => ledger.append({ did: 'returned', at: now(), key, number }))
  return null
}

/** Numbers that a service gave on top go back in the background; what it does not take is offered again later. */
function returnSurplus(state: State): void {
  const { ledger, now, account: find, adapter } = state.parts
  const keys = ledger.withSurplus()
  if (keys.length === 0 || Math.abs(now() - state.surplusAt) < SURPLUS_EVERY_MS) return
  state.surplusAt = now()
  const work = async (): Promise<void> => {
    for (const parcelKey of keys) {
      const known = ledger.find(parcelKey)
      const account = known && find(known.account)
      // Where the order goes back with its number, both would: the one too many stays written down for a person.
      if (!account || !adapter(account).returnsByNumber) continue
      for (const { number, labelData } of known.surplus.filter((one) => !one.returned))
        await sendBack(state, account.accountId, { parcelKey, waybillNumber: number, labelData })
    }
  }
  void track(
    state,
    work().catch(() => undefined),
  )
}
