import { join } from 'node:path'
import { z } from 'zod'
import { assert } from '../../../shared/base/assert.ts'
import { type CourierAccount, CourierAccountSchema } from '../../../shared/protocol/courier-contract.ts'
import { readTextIfThere, writeFileDurably } from '../durable-file.ts'
import type { MasterKeys } from '../master-keys.ts'
import { openBox, SealedBoxSchema, sealBox } from '../sealed-box.ts'

const SealedSchema = z.object({ master: z.string(), box: SealedBoxSchema })
const FileSchema = z.object({
  version: z.literal(1),
  accounts: z.array(z.object({ account: CourierAccountSchema, sealed: SealedSchema.nullable() })),
})
type Entry = z.infer<typeof FileSchema>['accounts'][number]
const SecretsSchema = z.object({ secret: z.string(), partnerKey: z.string() })

/** What signs, and the courier's own password. */
export type CourierSecrets = z.infer<typeof SecretsSchema>

/** Secrets, or why there are none. */
export type OpenedSecrets =
  | { readonly tag: 'open'; readonly secrets: CourierSecrets }
  | { readonly tag: 'none' }
  /** Sealed by a master key that only the desktop app under the same account can open. */
  | { readonly tag: 'sealedElsewhere' }

/** E-waybill accounts of a data directory, `couriers.json` (mode 0600). */
export interface CourierAccounts {
  list(): readonly CourierAccount[]
  find(accountId: string): CourierAccount | null
  secretsOf(accountId: string): OpenedSecrets
  /** On the disk when this returns. A member of `secrets` that is empty stays as it is, all of them when null. */
  save(account: CourierAccount, secrets: CourierSecrets | null): Promise<void>
  remove(accountId: string): Promise<void>
}

/** Opens the accounts; a file that cannot be read is an error, because its secrets exist nowhere else. */
export async function openCourierAccounts(directory: string, masters: MasterKeys): Promise<CourierAccounts> {
  const path = join(directory, 'couriers.json')
  const text = await readTextIfThere(path)
  let entries: readonly Entry[] = text === null ? [] : FileSchema.parse(JSON.parse(text)).accounts
  const write = async (next: readonly Entry[]): Promise<void> => {
    await writeFileDurably(path, `${JSON.stringify({ version: 1, accounts: next })}\n`, 0o600)
    entries = next
  }
  const entryOf = (accountId: string): Entry | undefined =>
    entries.find(({ account }) => account.accountId === accountId)
  return {
    list: () => entries.map(({ account }) => account),
    find: (accountId) => entryOf(accountId)?.account ?? null,
    secretsOf: (accountId) => openSecrets(entryOf(accountId), masters),
    save: async (account, secrets) => {
      const before = entryOf(account.accountId)
      const entry = { account, sealed: nextSeal(before, account, secrets, masters) }
      const others = entries.filter((other) => other !== before)
      await write([...others, entry])
    },
    remove: (accountId) => write(entries.filter(({ account }) => account.accountId !== accountId)),
  }
}

/**
 * Ties the secrets to where they are sent and for whom: a page that changes the address must give them anew, or it
 * could have the courier's password sent to itself.
 */
const contextOf = ({ accountId, service, url, user }: CourierAccount): string =>
  JSON.stringify(['courier', accountId, service, url, user])

function openSecrets(entry: Entry | undefined, masters: MasterKeys): OpenedSecrets {
  if (entry?.sealed == null) return { tag: 'none' }
  const master = masters.find(entry.sealed.master)
  if (master === null) return { tag: 'sealedElsewhere' }
  const plain = openBox(master, entry.sealed.box, contextOf(entry.account))
  if (plain === null) return { tag: 'none' }
  return { tag: 'open', secrets: SecretsSchema.parse(JSON.parse(Buffer.from(plain).toString('utf8'))) }
}

function nextSeal(
  before: Entry | undefined,
  account: CourierAccount,
  given: CourierSecrets | null,
  masters: MasterKeys,
): Entry['sealed'] {
  const same = before !== undefined && contextOf(before.account) === contextOf(account)
  if (given === null) return same ? before.sealed : null
  const opened = same ? openSecrets(before, masters) : null
  const known = opened?.tag === 'open' ? opened.secrets : { secret: '', partnerKey: '' }
  const secrets = {
    secret: given.secret === '' ? known.secret : given.secret,
    partnerKey: given.partnerKey === '' ? known.partnerKey : given.partnerKey,
  }
  const master = masters.find(masters.currentId)
  assert(master !== null, 'the current master key is open')
  return {
    master: masters.currentId,
    box: sealBox(master, Buffer.from(JSON.stringify(secrets)), contextOf(account)),
  }
}
