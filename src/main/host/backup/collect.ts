import type { Dirent } from 'node:fs'
import { type FileHandle, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { readJsonIfThere } from '../durable-file.ts'
import { HubFileSchema } from '../hub-link/enrolment.ts'
import type { MasterKeys } from '../master-keys.ts'
import { printLedger } from '../print-ledger.ts'
import type { Space } from '../space.ts'
import { systemErrorCode } from '../system-error.ts'
import type { Manifest } from './manifest.ts'
import {
  CLIPS_FOLDER,
  EVIDENCE_FOLDERS,
  HUB_NAME,
  isDayFolder,
  isEvidenceName,
  JOURNAL_NAME,
  LEDGER_NAME,
  MANIFEST_NAME,
  MASTER_KEYS_NAME,
  OWNER_NAME,
  PEOPLE_KEYS_NAME,
  SETTINGS_NAME,
  STATION_NAME,
} from './names.ts'

/** One file on its way into an archive; `chunks` gives `size` bytes or throws. */
export interface ArchivePart {
  readonly name: string
  readonly size: number
  readonly chunks: AsyncIterable<Uint8Array>
}

const CHUNK_BYTES = 256 * 1024

/** What a backup is made of. */
export interface BackupSource {
  /** The data directory. */
  readonly directory: string
  readonly stationId: string
  readonly appVersion: string
  readonly masters: MasterKeys
  readonly space: Space
}

/**
 * Everything that an empty PC needs, one file after the other, while the station works on: the journal up to what is on
 * the disk for good at this moment, then the people's keys, which are always on the disk before the lines they seal.
 * The master keys go along in the clear, because no other PC could open them: only the recovery code guards them.
 * @throws Error when keys are in use that this host cannot open: such a backup would restore people that nobody can read
 */
export async function* collectParts(
  source: BackupSource,
  options: { readonly at: number; readonly evidence: boolean },
): AsyncGenerator<ArchivePart> {
  const { directory, stationId, appVersion, masters, space } = source
  const { entries, bytes } = space.journalExtent()
  await requireOpenKeys(source)
  const { at } = options
  const manifest: Manifest = { format: 1, stationId, appVersion, at, entries, journalBytes: bytes }
  yield textPart(MANIFEST_NAME, manifest)
  yield textPart(STATION_NAME, { stationId })
  yield textPart(MASTER_KEYS_NAME, masters.exportOpen())
  yield* filePart(directory, JOURNAL_NAME, bytes)
  for (const name of [PEOPLE_KEYS_NAME, OWNER_NAME, HUB_NAME, SETTINGS_NAME]) yield* filePart(directory, name)
  yield bytesPart(LEDGER_NAME, await printLedger(directory))
  if (!options.evidence) return
  for (const folder of EVIDENCE_FOLDERS) yield* folderParts(directory, folder)
  // The index first: what it names and the days do not hold any more was removed meanwhile, and shows as such.
  yield* folderParts(directory, CLIPS_FOLDER)
  for (const { name } of await listIfThere(join(directory, CLIPS_FOLDER)))
    if (isDayFolder(name)) yield* folderParts(directory, `${CLIPS_FOLDER}/${name}`)
}

async function* folderParts(directory: string, folder: string): AsyncGenerator<ArchivePart> {
  for (const file of await listIfThere(join(directory, folder)))
    if (file.isFile() && isEvidenceName(file.name)) yield* filePart(directory, `${folder}/${file.name}`)
}

/** Nothing when the folder is not there, or gone since it was listed. */
async function listIfThere(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return []
    throw error
  }
}

async function requireOpenKeys({ directory, masters, space }: BackupSource): Promise<void> {
  const hub = z
    .object({ privateKey: HubFileSchema.shape.privateKey })
    .safeParse(await readJsonIfThere(join(directory, HUB_NAME)))
  const used = [...space.masterIds(), ...(hub.success ? [hub.data.privateKey.master] : [])]
  if (used.some((id) => masters.find(id) === null)) {
    throw new Error('there are keys that only the desktop app can open: it must write the backup')
  }
}

function textPart(name: string, value: unknown): ArchivePart {
  return bytesPart(name, `${JSON.stringify(value)}\n`)
}

function bytesPart(name: string, text: string): ArchivePart {
  const bytes = Buffer.from(text)
  return { name, size: bytes.length, chunks: oneChunk(bytes) }
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** Nothing when the file is not there, or gone since it was listed. */
async function* filePart(directory: string, name: string, length?: number): AsyncGenerator<ArchivePart> {
  const handle = await openIfThere(join(directory, name))
  if (handle === null) return
  try {
    const size = length ?? (await handle.stat()).size
    yield { name, size, chunks: readChunks(handle, name, size) }
  } finally {
    await handle.close()
  }
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r')
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null
    throw error
  }
}

async function* readChunks(handle: FileHandle, name: string, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size; ) {
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, size - at))
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, at)
    if (bytesRead === 0) throw new Error(`${name} is shorter than it was`)
    at += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}
