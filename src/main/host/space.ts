import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type {
  AppendAnswer,
  ClaimAnswer,
  ForgetAnswer,
  HostRequest,
  JournalPage,
  JournalState,
  VerifyAnswer,
} from '../../shared/protocol/host-contract.ts'
import { HostError } from '../../shared/protocol/host-contract.ts'
import type { OpenAppendFile } from './append-file.ts'
import { readJsonIfThere, writeFileDurably } from './durable-file.ts'
import { type Journal, type JournalExtent, openJournal } from './journal/journal.ts'
import type { MasterKeys } from './master-keys.ts'
import { openPeopleKeys, type PeopleKeys } from './people-keys.ts'
import { createQueue } from './queue.ts'

/** `owner.json`. */
/** Owner of a space that a backup brought back: no browser's database bears this name. */
export const RESTORED_OWNER = 'restored'

export const OwnerSchema = z.object({
  ownerDatabaseId: z.string(),
  generation: z.string(),
  /** Generations that ended: readable for ever, written never again. */
  closedGenerations: z.array(z.string()),
})
type Owner = z.infer<typeof OwnerSchema>

/** Live work or demo data: one owner, one journal, its labels and exports. */
export interface Space {
  /** Absolute path; holds `journal/`, `labels/`, `exports/`. */
  readonly directory: string
  readonly repairs: readonly string[]
  owner(): string | null
  journalState(): JournalState
  claim(request: Omit<HostRequest<'station.claim'>, 'space'>): Promise<ClaimAnswer>
  append(request: Omit<HostRequest<'journal.append'>, 'space'>): Promise<AppendAnswer>
  read(cursor: string | null, limit: number): Promise<JournalPage>
  verify(): Promise<VerifyAnswer>
  /** What of the journal file is on the disk for good. */
  journalExtent(): JournalExtent
  /** The master keys that the people's keys are wrapped by. */
  masterIds(): ReadonlySet<string>
  forgetPerson(databaseId: string, ref: string): Promise<ForgetAnswer>
  /** Waits for what is under way; what comes later is refused. */
  close(): Promise<void>
}

interface State {
  readonly ownerPath: string
  readonly journal: Journal
  readonly keys: PeopleKeys
  owner: Owner | null
}

/** Opens the space in `directory`, creating what is missing. A missing `owner.json` means that nobody owns it. */
export async function openSpace(options: {
  readonly directory: string
  readonly masters: MasterKeys
  readonly openFile: OpenAppendFile
}): Promise<Space> {
  const { directory, masters, openFile } = options
  for (const name of ['labels', 'exports']) {
    await mkdir(join(directory, name), { recursive: true, mode: 0o700 })
  }
  const ownerPath = join(directory, 'owner.json')
  const owner = OwnerSchema.safeParse(await readJsonIfThere(ownerPath))
  const keys = await openPeopleKeys(directory, masters, openFile)
  const journal = await openJournal({ directory, keys, openFile })
  const state: State = { ownerPath, journal, keys, owner: owner.success ? owner.data : null }
  const queue = createQueue()
  let closed = false
  const whileOpen = <T>(task: () => Promise<T>): Promise<T> =>
    queue(() => {
      if (closed) throw new HostError({ tag: 'internal', detail: 'the space is closed' })
      return task()
    })
  return {
    directory,
    repairs: journal.repairs,
    owner: () => state.owner?.ownerDatabaseId ?? null,
    journalState: () => readJournalState(state),
    claim: (request) => whileOpen(() => claim(state, request)),
    append: (request) => whileOpen(() => append(state, request)),
    read: (cursor, limit) => journal.read(cursor, limit),
    verify: () => journal.verify(),
    journalExtent: () => journal.extent(),
    masterIds: () => keys.masterIds(),
    forgetPerson: (databaseId, ref) => whileOpen(() => forget(state, databaseId, ref)),
    close: () =>
      queue(async () => {
        if (closed) return
        closed = true
        await journal.close()
      }),
  }
}

function readJournalState({ owner, journal }: State): JournalState {
  const generation = owner?.generation ?? null
  return {
    generation,
    lastSeq: generation === null ? 0 : journal.lastSeq(generation),
    totalEntries: journal.totalEntries(),
  }
}

async function claim(
  state: State,
  { databaseId, generation, takeOver }: Omit<HostRequest<'station.claim'>, 'space'>,
): Promise<ClaimAnswer> {
  const owner = state.owner
  if (owner !== null && owner.ownerDatabaseId !== databaseId && !takeOver) {
    return { tag: 'ownedByOther', ownerDatabaseId: owner.ownerDatabaseId }
  }
  if (owner?.ownerDatabaseId !== databaseId || owner.generation !== generation) {
    const closed = owner?.closedGenerations ?? []
    // Numbers of a closed generation may be known elsewhere with other content: it is never opened again (decision 2).
    if (closed.includes(generation)) {
      throw new HostError({ tag: 'badRequest', detail: `generation ${generation} is closed` })
    }
    const ended = owner === null || owner.generation === generation ? [] : [owner.generation]
    const next = { ownerDatabaseId: databaseId, generation, closedGenerations: [...closed, ...ended] }
    await writeFileDurably(state.ownerPath, `${JSON.stringify(next)}\n`, 0o600)
    state.owner = next
  }
  return { tag: 'granted', journal: readJournalState(state) }
}

async function append(
  { owner, journal }: State,
  { databaseId, generation, entries }: Omit<HostRequest<'journal.append'>, 'space'>,
): Promise<AppendAnswer> {
  if (owner?.ownerDatabaseId !== databaseId || owner.generation !== generation) return { tag: 'notOwner' }
  return journal.append(
    generation,
    entries.map((entry) => ({ ...entry, data: entry.data ?? null })),
  )
}

async function forget({ owner, keys }: State, databaseId: string, ref: string): Promise<ForgetAnswer> {
  if (owner?.ownerDatabaseId !== databaseId) return { tag: 'notOwner' }
  return (await keys.forget(ref)) ? { tag: 'forgotten' } : { tag: 'unknown' }
}
