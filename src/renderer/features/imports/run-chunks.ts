import { canonicalHash } from '../../../shared/ledger/canonical.ts'
import type { StationCommand } from '../../../shared/station/commands/command.ts'
import type { StationEnvironment } from '../../../shared/station/environment.ts'
import { executeCommand } from '../../../shared/station/execute-command.ts'
import {
  chunkCommandId,
  chunkIdPrefix,
  FIRST_CHUNK_ROWS,
  nextChunkRows,
  nextRange,
  type RowRange,
  recordedRanges,
} from '../../../shared/station/imports/chunks.ts'
import type { StationDatabase } from '../../data/station-database.ts'
import { pause } from './pause.ts'
import type { TimedStore } from './timed-store.ts'

/** What an import runs with. */
export interface ImportRun {
  readonly database: StationDatabase
  readonly store: TimedStore
  readonly env: StationEnvironment
  readonly personId: string | null
  readonly now: () => number
  /** True once a person has stopped it. */
  readonly stopped: () => boolean
  readonly progress: (done: number) => void
  readonly tally: { accepted: number; unchanged: number }
}

type WithoutMinted<C> = C extends StationCommand ? Omit<C, 'commandId' | 'at' | 'personId'> : never
export type ImportCommand = WithoutMinted<StationCommand>

/** One command, counted: a known one is all unchanged (ORD-1). `rows` = how many records it carries. */
export async function runCommand(
  run: ImportRun,
  command: ImportCommand,
  identified: { readonly commandId: string; readonly rows: number },
): Promise<void> {
  const { commandId, rows } = identified
  const minted = { commandId, at: run.now(), personId: run.personId }
  const outcome = await executeCommand(run.store, run.env, { ...command, ...minted } as StationCommand)
  if (outcome.repeated) run.tally.unchanged += rows
  else {
    run.tally.accepted += outcome.answer.counts?.accepted ?? 0
    run.tally.unchanged += outcome.answer.counts?.unchanged ?? 0
  }
}

/** The id of a chunk of a file: range and content, so that it repeats only when both are the same. */
export function chunkId(fileHash: string, range: RowRange, content: unknown): string {
  return `${chunkCommandId(fileHash, range)}-${canonicalHash(content).slice(0, 12)}`
}

/**
 * Hands rows over in chunks whose size follows the measured time, with a pause after each, so that a waiting scan
 * passes (decision 13). With `fileHash`, ranges recorded by an earlier import of the same file are asked for again.
 */
export async function runInChunks(
  run: ImportRun,
  total: number,
  options: { readonly fileHash: string | null; readonly offset: number },
  take: (range: RowRange) => Promise<void>,
): Promise<void> {
  const { fileHash, offset } = options
  const recorded = fileHash === null ? [] : await knownRanges(run.database, fileHash)
  let rows = FIRST_CHUNK_ROWS
  for (let at = 0; at < total && !run.stopped(); ) {
    const range = nextRange(at, total, { rows, recorded })
    await take(range)
    rows = nextChunkRows(range.to - range.from, run.store.heldMs())
    at = range.to
    run.progress(offset + at)
    await pause(1)
  }
}

async function knownRanges(database: StationDatabase, fileHash: string): Promise<RowRange[]> {
  const keys = await database.records.where('commandId').startsWith(chunkIdPrefix(fileHash)).keys()
  const ids = keys.map((key) => String(key).replace(/-[0-9a-f]{12}$/, ''))
  return recordedRanges(fileHash, [...new Set(ids)])
}
