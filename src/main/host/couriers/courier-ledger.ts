import { join } from 'node:path'
import { z } from 'zod'
import type { AppendFile, OpenAppendFile } from '../append-file.ts'

/**
 * `courier-ledger.jsonl`: what was asked of the services and what came of it, each line on the disk before the next
 * step is taken. It holds keys, accounts and numbers and nothing of the people that parcels go to (decision 8).
 */

const LabelData = z.record(z.string(), z.string())
const LineSchema = z.discriminatedUnion('did', [
  /** Before a request leaves. `attempt` counts the key's requests from 1. */
  z.object({
    did: z.literal('asked'),
    at: z.number(),
    key: z.string(),
    account: z.string(),
    courier: z.string(),
    attempt: z.number().int(),
  }),
  /** That request gave no number, for certain. */
  z.object({
    did: z.literal('refused'),
    at: z.number(),
    key: z.string(),
    attempt: z.number().int(),
    why: z.string(),
  }),
  /** The number that the key has for ever. */
  z.object({
    did: z.literal('given'),
    at: z.number(),
    key: z.string(),
    number: z.string(),
    sortCode: z.string(),
    labelData: LabelData,
  }),
  /** One number too many for the key: never used, to be given back. */
  z.object({
    did: z.literal('surplus'),
    at: z.number(),
    key: z.string(),
    number: z.string(),
    labelData: LabelData,
  }),
  z.object({ did: z.literal('returned'), at: z.number(), key: z.string(), number: z.string() }),
])
export type LedgerLine = z.infer<typeof LineSchema>

/** A number in the ledger. */
export interface LedgerNumber {
  readonly number: string
  readonly sortCode: string
  readonly labelData: Readonly<Record<string, string>>
  readonly returned: boolean
}

/** What the ledger knows of one key. */
export interface LedgerKey {
  readonly account: string
  readonly courier: string
  readonly attempts: number
  /** Requests whose outcome nobody knows. */
  readonly open: ReadonlySet<number>
  readonly number: LedgerNumber | null
  readonly surplus: readonly LedgerNumber[]
}

export interface CourierLedger {
  find(key: string): LedgerKey | null
  /** The key that has, or ever had, this number of this courier. */
  ownerOf(courier: string, number: string): string | null
  /** Keys of an account of which nobody knows whether they have a number. */
  unsure(account: string): ReadonlySet<string>
  /** Keys with numbers that are still to be given back. */
  withSurplus(): readonly string[]
  /** On the disk when this returns; callers take turns. @throws when the disk is full; then nothing was added */
  append(line: LedgerLine): Promise<void>
  close(): Promise<void>
}

interface LedgerState {
  readonly keys: Map<string, LedgerKey>
  readonly owners: Map<string, string>
  readonly unsure: Map<string, Set<string>>
  readonly surplus: Set<string>
}

/**
 * Opens the ledger and cuts a torn last line off: its request never left.
 * @throws Error when a whole line cannot be read: with a hole in its memory the host could take a number twice
 */
export async function openCourierLedger(directory: string, openFile: OpenAppendFile): Promise<CourierLedger> {
  const file = await openFile(join(directory, 'courier-ledger.jsonl'))
  try {
    const { text, bytes } = await readWhole(file)
    const state: LedgerState = { keys: new Map(), owners: new Map(), unsure: new Map(), surplus: new Set() }
    for (const [index, line] of text.split('\n').entries()) {
      if (line === '') continue
      const parsed = parseLine(line)
      if (parsed === null) throw new Error(`courier-ledger.jsonl: line ${index + 1} is damaged`)
      take(state, parsed)
    }
    return ledgerOn(file, bytes, state)
  } catch (error) {
    await file.close()
    throw error
  }
}

async function readWhole(file: AppendFile): Promise<{ text: string; bytes: number }> {
  const size = await file.size()
  const content = await file.read(0, size)
  const bytes = Buffer.from(content).lastIndexOf(0x0a) + 1
  if (bytes < size) await file.truncate(bytes)
  return { text: Buffer.from(content).subarray(0, bytes).toString('utf8'), bytes }
}

function parseLine(line: string): LedgerLine | null {
  try {
    const parsed = LineSchema.safeParse(JSON.parse(line))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

function ledgerOn(file: AppendFile, bytes: number, state: LedgerState): CourierLedger {
  let end = bytes
  let torn = false
  return {
    find: (key) => state.keys.get(key) ?? null,
    ownerOf: (courier, number) => state.owners.get(ownerKey(courier, number)) ?? null,
    unsure: (account) => state.unsure.get(account) ?? new Set(),
    withSurplus: () => [...state.surplus],
    append: async (line) => {
      const content = Buffer.from(`${JSON.stringify(line)}\n`)
      if (torn) await file.truncate(end)
      torn = true
      try {
        await file.write(content, end)
        await file.sync()
      } catch (error) {
        // Whatever part of it is there must not stand between this line and the next.
        await file.truncate(end).then(
          () => {
            torn = false
          },
          () => undefined,
        )
        throw error
      }
      torn = false
      end += content.length
      take(state, line)
    },
    close: () => file.close(),
  }
}

const ownerKey = (courier: string, number: string): string => `${courier}/${number}`

function take(state: LedgerState, line: LedgerLine): void {
  const before = state.keys.get(line.key)
  const after = nextKey(before, line)
  if (after === null) return
  state.keys.set(line.key, after)
  if (line.did === 'given' || line.did === 'surplus')
    state.owners.set(ownerKey(after.courier, line.number), line.key)
  const unsure = state.unsure.get(after.account) ?? new Set()
  state.unsure.set(after.account, unsure)
  if (before !== undefined && before.account !== after.account)
    state.unsure.get(before.account)?.delete(line.key)
  if (after.number === null && after.open.size > 0) unsure.add(line.key)
  else unsure.delete(line.key)
  if (after.surplus.some(({ returned }) => !returned)) state.surplus.add(line.key)
  else state.surplus.delete(line.key)
}

function nextKey(before: LedgerKey | undefined, line: LedgerLine): LedgerKey | null {
  if (line.did === 'asked') {
    const { account, courier, attempt } = line
    const base = before ?? { open: new Set<number>(), number: null, surplus: [] }
    return { ...base, account, courier, attempts: attempt, open: new Set([...base.open, attempt]) }
  }
  // Every line follows its question.
  if (before === undefined) return null
  switch (line.did) {
    case 'refused':
      return { ...before, open: new Set([...before.open].filter((attempt) => attempt !== line.attempt)) }
    case 'given': {
      const { number, sortCode, labelData } = line
      return { ...before, number: { number, sortCode, labelData, returned: false } }
    }
    case 'surplus': {
      const { number, labelData } = line
      return { ...before, surplus: [...before.surplus, { number, sortCode: '', labelData, returned: false }] }
    }
    case 'returned':
      return {
        ...before,
        number: markReturned(before.number, line.number),
        surplus: before.surplus.map((one) => markReturned(one, line.number) ?? one),
      }
  }
}

function markReturned(known: LedgerNumber | null, number: string): LedgerNumber | null {
  return known?.number === number ? { ...known, returned: true } : known
}
