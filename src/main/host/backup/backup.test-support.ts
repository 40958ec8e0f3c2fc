import { mkdir, mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  HostMethod,
  HostRequest,
  HostResponses,
  JournalEntry,
} from '../../../shared/protocol/host-contract.ts'
import { createHost, type Host, type HostOptions } from '../host.ts'
import type { KeySealer } from '../master-keys.ts'
import type { BackupClock } from './backups.ts'

/** A clock that stands still until the test moves it; the schedule is asked by `check`. */
export interface TestClock extends BackupClock {
  at: number
  check(): void
}

export function testClock(at = Date.UTC(2026, 2, 1, 4, 0, 0)): TestClock {
  const tasks = new Set<() => void>()
  const clock: TestClock = {
    at,
    now: () => clock.at,
    every: (_ms, task) => {
      tasks.add(task)
      return () => tasks.delete(task)
    },
    check: () => {
      for (const task of tasks) task()
    },
  }
  return clock
}

/** A key store that seals by turning letters round; another `name` cannot open what this one sealed. */
export function testSealer(name: string): KeySealer {
  return {
    seal: async (secret) => Buffer.from(`${name}:${[...secret].reverse().join('')}`),
    open: async (sealed) => {
      const [by, text = ''] = Buffer.from(sealed).toString().split(':')
      if (by !== name) throw new Error('sealed by another PC')
      return [...text].reverse().join('')
    },
  }
}

/** A station on a directory of its own under `base`. */
export interface TestStation {
  readonly directory: string
  readonly host: Host
  ask<M extends HostMethod>(method: M, request: HostRequest<M>): Promise<HostResponses[M]>
}

export async function openTestStation(
  base: string,
  options: Partial<Pick<HostOptions, 'directory' | 'sealer' | 'clock'>> = {},
): Promise<TestStation> {
  await mkdir(base, { recursive: true })
  const directory = options.directory ?? (await mkdtemp(join(base, 'station-')))
  let printed = 0
  const host = await createHost({
    host: 'http',
    appVersion: '1.2.3',
    labels: {
      layout: () => [],
      render: async () => ({ bytes: Buffer.from(`%PDF-${++printed}`), missingGlyphs: [], faults: [] }),
    },
    sealer: null,
    report: () => undefined,
    ...options,
    directory,
  })
  return {
    directory,
    host,
    ask: async (method, request) => {
      const reply = await host.call(method, request)
      if (!reply.ok) throw new Error(`${method}: ${JSON.stringify(reply.fault)}`)
      return reply.value as never
    },
  }
}

export const OWNER = { space: 'live', databaseId: 'db1', generation: 'g1' } as const

export function entry(seq: number, kind: JournalEntry['kind'] = 'event'): JournalEntry {
  return { seq, kind, id: `${kind}-${seq}`, data: { words: '牛仔裤 2031/蓝/31', seq } }
}

/** Entries of every kind under the owner's generation, from 1. */
export async function fill(station: TestStation, count: number): Promise<void> {
  await station.ask('station.claim', { ...OWNER, takeOver: false })
  const kinds = ['step', 'event', 'person', 'sync', 'checkpoint'] as const
  const entries = Array.from({ length: count }, (_, index) => entry(index + 1, kinds[index % kinds.length]))
  for (let from = 0; from < count; from += 1000) {
    await station.ask('journal.append', { ...OWNER, entries: entries.slice(from, from + 1000) })
  }
}

/** The whole journal, as a rebuild would read it. */
export async function readJournal(station: TestStation): Promise<HostResponses['journal.read']['entries']> {
  const all: HostResponses['journal.read']['entries'][number][] = []
  let cursor: string | null = null
  do {
    const page: HostResponses['journal.read'] = await station.ask('journal.read', {
      space: 'live',
      cursor,
      limit: 2000,
    })
    all.push(...page.entries)
    cursor = page.cursor
  } while (cursor !== null)
  return all
}

/** Begins with backups and writes one. */
export async function backUp(
  station: TestStation,
  evidence = false,
): Promise<{ readonly path: string; readonly recoveryCode: string }> {
  const begun = await station.ask('backup.begin', {})
  if (begun.tag !== 'begun') throw new Error(begun.tag)
  await station.ask('backup.configure', { directory: null, everyHours: null, keep: 5, evidence })
  const written = await station.ask('backup.write', {})
  if (written.tag !== 'written') throw new Error(JSON.stringify(written))
  return { path: written.file.path, recoveryCode: begun.recoveryCode }
}
