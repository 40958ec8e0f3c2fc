import type { HostRequest, HostResponses } from '../../../shared/protocol/host-contract.ts'
import { HostError } from '../../../shared/protocol/host-contract.ts'
import type {
  CourierAccount,
  CourierAccountState,
  CourierTrouble,
  EwaybillService,
} from '../../../shared/protocol/courier-contract.ts'
import { type OpenAppendFile, openAppendFile } from '../append-file.ts'
import type { MasterKeys } from '../master-keys.ts'
import { type CourierAccounts, openCourierAccounts } from './courier-accounts.ts'
import { createFormSender, type FormSender } from './courier-http.ts'
import { type CourierLedger, openCourierLedger } from './courier-ledger.ts'
import { courierUrl } from './courier-url.ts'
import {
  createAdapter,
  EWAYBILL_PATIENCE,
  type EwaybillAdapter,
  type EwaybillPatience,
  type EwaybillSigner,
} from './ewaybill-adapter.ts'
import { KDNIAO_WIRE } from './kdniao.ts'
import { KUAIDI100_WIRE } from './kuaidi100.ts'
import { createNumberTaker, type NumberTaker } from './take-number.ts'

/** E-waybill services of this station. Methods are those of the contract. */
export interface CourierPort {
  accounts(): Promise<HostResponses['courier.accounts']>
  save(request: HostRequest<'courier.save'>): Promise<HostResponses['courier.save']>
  remove(request: HostRequest<'courier.remove'>): Promise<HostResponses['courier.remove']>
  take(request: HostRequest<'courier.take'>): Promise<HostResponses['courier.take']>
  giveBack(request: HostRequest<'courier.return'>): Promise<HostResponses['courier.return']>
  balance(request: HostRequest<'courier.balance'>): Promise<HostResponses['courier.balance']>
  /** Ends what is under way; outcomes that nobody knows by then stand as unsure in the ledger. */
  close(): Promise<void>
}

export interface CourierOptions {
  /** The data directory. */
  readonly directory: string
  readonly masters: MasterKeys
  /** Milliseconds since 1970 by the PC's clock. */
  now(): number
  /** Replaced in tests only. */
  readonly openFile?: OpenAppendFile
  readonly patience?: EwaybillPatience
  readonly dice?: () => number
}

/** The last thing that went wrong with an account, for the settings page. */
export interface AccountTrouble {
  readonly trouble: CourierTrouble | null
  readonly detail: string
  readonly at: number
}

interface Opened {
  readonly accounts: CourierAccounts
  readonly ledger: CourierLedger
  readonly taker: NumberTaker
  readonly troubles: Map<string, AccountTrouble>
  readonly sender: FormSender
}

/** Opens nothing before the first call: a shop without such accounts pays nothing for them at start. */
export function createCouriers(options: CourierOptions): CourierPort {
  let opening: Promise<Opened> | null = null
  let closed = false
  const opened = (): Promise<Opened> => {
    if (closed) throw new HostError({ tag: 'internal', detail: 'closed' })
    opening ??= openAll(options)
    const mine = opening
    // A failure (a full disk) must not stay: the next call tries anew.
    mine.catch(() => {
      if (opening === mine) opening = null
    })
    return mine
  }
  return {
    accounts: async () => ({ accounts: statesOf(await opened()) }),
    save: async ({ account, secrets }) => {
      if (courierUrl(account.url) === null) throw new HostError({ tag: 'badRequest', detail: 'url' })
      const all = await opened()
      await all.accounts.save(account, secrets)
      all.troubles.delete(account.accountId)
      return { accounts: statesOf(all) }
    },
    remove: async ({ accountId }) => {
      const all = await opened()
      await all.accounts.remove(accountId)
      all.troubles.delete(accountId)
      return { accounts: statesOf(all) }
    },
    take: async (request) => (await opened()).taker.take(request),
    giveBack: async (request) => (await opened()).taker.giveBack(request),
    balance: async ({ accountId }) => askBalance(await opened(), accountId, options.now),
    close: async () => {
      closed = true
      const all = await opening?.catch(() => null)
      if (!all) return
      all.sender.close()
      await all.taker.settled()
      await all.ledger.close()
    },
  }
}

async function openAll(options: CourierOptions): Promise<Opened> {
  const { directory, masters, now, openFile = openAppendFile, patience = EWAYBILL_PATIENCE } = options
  const accounts = await openCourierAccounts(directory, masters)
  const ledger = await openCourierLedger(directory, openFile)
  const sender = createFormSender()
  const parts = { sender, patience, now, dice: options.dice ?? Math.random }
  const adapters: Readonly<Record<EwaybillService, EwaybillAdapter>> = {
    kuaidi100: createAdapter(KUAIDI100_WIRE, parts),
    kdniao: createAdapter(KDNIAO_WIRE, parts),
  }
  const troubles = new Map<string, AccountTrouble>()
  const taker = createNumberTaker({
    ledger,
    now,
    account: (accountId) => accounts.find(accountId),
    adapter: ({ service }) => adapters[service],
    signer: (account) => signerOf(accounts, account),
    note: (accountId, trouble, detail) => troubles.set(accountId, { trouble, detail, at: now() }),
  })
  return { accounts, ledger, taker, troubles, sender }
}

/** What signs for an account, or why nothing does. */
function signerOf(
  accounts: CourierAccounts,
  account: CourierAccount,
): EwaybillSigner | { readonly none: string } {
  const opened = accounts.secretsOf(account.accountId)
  if (opened.tag !== 'open' || opened.secrets.secret === '')
    return { none: opened.tag === 'sealedElsewhere' ? 'sealedElsewhere' : 'noSecret' }
  return { account, ...opened.secrets }
}

async function askBalance(
  { accounts, taker, troubles }: Opened,
  accountId: string,
  now: () => number,
): Promise<HostResponses['courier.balance']> {
  const account = accounts.find(accountId)
  if (account === null) return { tag: 'refused', trouble: 'noAccount', detail: accountId }
  const answer = await taker.balance(account)
  const { detail } = answer
  // A contract whose balance only the courier knows was not asked about: what stands stays.
  const asked = answer.tag === 'refused' || answer.left !== null
  const trouble = answer.tag === 'refused' ? answer.trouble : null
  if (asked) troubles.set(accountId, { trouble, detail, at: now() })
  return answer.tag === 'refused' ? { tag: 'refused', trouble: answer.trouble, detail } : answer
}

function statesOf({ accounts, ledger, taker, troubles }: Opened): CourierAccountState[] {
  const states = accounts.list().map((account) => {
    const opened = accounts.secretsOf(account.accountId)
    const last = troubles.get(account.accountId)
    // What is being asked just now is not in doubt yet.
    const unsure = [...ledger.unsure(account.accountId)].filter((key) => !taker.isUnderWay(key))
    return {
      account,
      hasSecret: opened.tag === 'open' && opened.secrets.secret !== '',
      unsure: unsure.length,
      lastTrouble: last?.trouble ?? null,
      lastDetail: last?.detail ?? '',
      lastAt: last?.at ?? null,
    }
  })
  return states.sort((a, b) => (a.account.accountId < b.account.accountId ? -1 : 1))
}
