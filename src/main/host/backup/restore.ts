import { randomUUID } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { RestoreAnswer } from '../../../shared/protocol/host-contract.ts'
import { openAppendFile } from '../append-file.ts'
import { StationSchema } from '../data-directory.ts'
import { readTextIfThere, writeFileDurably } from '../durable-file.ts'
import { openJournal } from '../journal/journal.ts'
import { type KeySealer, MasterKeysFileSchema, mergeMasterKeys, openMasterKeys } from '../master-keys.ts'
import { openPeopleKeys } from '../people-keys.ts'
import { OwnerSchema, RESTORED_OWNER } from '../space.ts'
import { errorText, isDiskFull, systemErrorCode } from '../system-error.ts'
import type { Manifest } from './manifest.ts'
import {
  JOURNAL_NAME,
  MARKS_NAME,
  MASTER_KEYS_NAME,
  OWNER_NAME,
  SETTINGS_NAME,
  STATION_NAME,
} from './names.ts'
import { commitUnpacked, makeUnpackingFolder } from './restored-files.ts'
import { SettingsSchema } from './settings.ts'
import { ArchiveError, type ArchiveFault, unpackArchive } from './unpack.ts'

/** A backup that lies unpacked, checked and on the disk beside the data; nothing of it counts yet. */
export interface PreparedRestore {
  readonly tag: 'prepared'
  /** Once it answers `restored` the restore holds, even through a power cut: `finishRestore` carries it out. */
  commit(): Promise<RestoreAnswer>
  /** Throws it away. */
  discard(): Promise<void>
}

export type PrepareAnswer =
  | PreparedRestore
  | ArchiveFault
  | { readonly tag: 'diskFull'; readonly detail: string }

/**
 * Unpacks a backup beside the data of a directory and checks all of it: keys, owner, and the journal's chain from its
 * first line to its last.
 */
export async function prepareRestore(options: {
  readonly directory: string
  readonly path: string
  readonly recoveryCode: string
  readonly sealer: KeySealer | null
}): Promise<PrepareAnswer> {
  const { directory, path, recoveryCode, sealer } = options
  let folder: string | null = null
  try {
    const made = await makeUnpackingFolder(directory)
    folder = made
    const { manifest, files } = await unpackArchive(path, recoveryCode, made)
    requireWhole(files)
    await takeOverKeys(made, directory, sealer)
    const stationId = await checkStationId(made, manifest)
    const hasMarks = await checkJournal(made, manifest, sealer)
    await closeGeneration(made)
    await restartSettings(made)
    const all = hasMarks ? [...files, MARKS_NAME] : files
    return {
      tag: 'prepared',
      commit: async () => {
        try {
          await commitUnpacked(directory, made, all)
          return { tag: 'restored', stationId, entries: manifest.entries }
        } catch (error) {
          return { tag: 'diskFull', detail: errorText(error) }
        }
      },
      discard: () => rm(made, { recursive: true, force: true }),
    }
  } catch (error) {
    if (folder !== null) await rm(folder, { recursive: true, force: true })
    if (error instanceof ArchiveError) return error.fault
    if (isDiskFull(error)) return { tag: 'diskFull', detail: errorText(error) }
    throw error
  }
}

function requireWhole(files: readonly string[]): void {
  for (const name of [STATION_NAME, MASTER_KEYS_NAME, JOURNAL_NAME]) {
    if (!files.includes(name)) throw damaged(`${name} is missing`)
  }
}

async function takeOverKeys(folder: string, directory: string, sealer: KeySealer | null): Promise<void> {
  const path = join(folder, MASTER_KEYS_NAME)
  const restored = await readChecked(path, MasterKeysFileSchema.parse)
  const merged = await mergeMasterKeys(restored, directory, sealer)
  await writeFileDurably(path, `${JSON.stringify(merged)}\n`, 0o600)
}

async function checkStationId(folder: string, manifest: Manifest): Promise<string> {
  const { stationId } = await readChecked(join(folder, STATION_NAME), StationSchema.parse)
  if (stationId !== manifest.stationId) throw damaged('two stations')
  return stationId
}

/** Every line must be there and in its chain; opening leaves the marks behind, which go along. */
async function checkJournal(folder: string, manifest: Manifest, sealer: KeySealer | null): Promise<boolean> {
  const masters = await openMasterKeys(folder, sealer)
  const keys = await openPeopleKeys(folder, masters, openAppendFile)
  const journal = await openJournal({ directory: folder, keys, openFile: openAppendFile })
  try {
    const verdict = await journal.verify()
    const { entries, bytes } = journal.extent()
    if (verdict.tag !== 'intact') throw damaged(`journal line ${verdict.line}: ${verdict.detail}`)
    const whole = entries === manifest.entries && bytes === manifest.journalBytes
    if (!whole || journal.repairs.length > 0) throw damaged('journal is cut short')
  } finally {
    await journal.close()
  }
  return (await readTextIfThere(join(folder, MARKS_NAME))) !== null
}

/**
 * What came after the backup may be known elsewhere under the owner's generation: it ends here, and the owner is one
 * that no browser's database bears, so that every page has to rebuild before it goes on.
 */
async function closeGeneration(folder: string): Promise<void> {
  const path = join(folder, OWNER_NAME)
  const text = await readTextIfThere(path)
  if (text === null) return
  const { generation, closedGenerations } = await readChecked(path, OwnerSchema.parse)
  const owner = {
    ownerDatabaseId: RESTORED_OWNER,
    generation: `restored-${randomUUID()}`,
    closedGenerations: [...closedGenerations, generation],
  }
  await writeFileDurably(path, `${JSON.stringify(owner)}\n`, 0o600)
}

/** The schedule goes on as it was set; the files that it knew are on the PC that is gone. */
async function restartSettings(folder: string): Promise<void> {
  const path = join(folder, SETTINGS_NAME)
  if ((await readTextIfThere(path)) === null) return
  const settings = await readChecked(path, SettingsSchema.parse)
  const fresh = { ...settings, lastAt: null, trouble: null }
  await writeFileDurably(path, `${JSON.stringify(fresh)}\n`, 0o600)
}

async function readChecked<T>(path: string, parse: (value: unknown) => T): Promise<T> {
  try {
    return parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    if (systemErrorCode(error) !== null) throw error
    throw damaged(`${path.split(/[/\\]/).at(-1)}: ${errorText(error)}`)
  }
}

function damaged(detail: string): ArchiveError {
  return new ArchiveError({ tag: 'damaged', detail })
}
