import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { readJsonIfThere, syncDirectory, writeFileDurably } from '../durable-file.ts'
import { systemErrorCode } from '../system-error.ts'
import { CLIPS_FOLDER, EVIDENCE_FOLDERS, MARKS_NAME, SINGLE_FILES } from './names.ts'

/** While it bears this prefix nothing in it counts; a crash leaves it behind to be thrown away. */
const UNPACKING_PREFIX = 'restore.tmp-'
/** Renaming to this is the moment from which the restore holds: what is left to do is done at the next start. */
const READY_FOLDER = 'restore.ready'
const LIST_NAME = 'restore.json'

const ListSchema = z.object({ files: z.array(z.string()) })

/** An empty folder to unpack into, on the same disk as the data directory. */
export async function makeUnpackingFolder(directory: string): Promise<string> {
  await clearUnpacking(directory)
  const folder = join(directory, `${UNPACKING_PREFIX}${process.pid}`)
  await mkdir(folder, { mode: 0o700 })
  return folder
}

/**
 * Makes an unpacked and synced folder the one to be taken over, in one step.
 * @param files names of all its files, with `/`
 */
export async function commitUnpacked(
  directory: string,
  folder: string,
  files: readonly string[],
): Promise<void> {
  for (const name of new Set(files.map((file) => dirname(file)))) await syncDirectory(join(folder, name))
  await writeFileDurably(join(folder, LIST_NAME), `${JSON.stringify({ files })}\n`, 0o600)
  await rename(folder, join(directory, READY_FOLDER))
  await syncDirectory(directory)
}

/**
 * Carries out a restore that was committed and throws away one that was not. Harmless without either, and it may be
 * broken off and begun again anywhere: what was moved already is skipped.
 */
export async function finishRestore(directory: string): Promise<void> {
  await clearUnpacking(directory)
  const ready = join(directory, READY_FOLDER)
  const list = ListSchema.safeParse(await readJsonIfThere(join(ready, LIST_NAME)))
  if (list.success) {
    const { files } = list.data
    for (const name of [...SINGLE_FILES].filter((one) => !files.includes(one))) {
      await rm(join(directory, name), { force: true })
    }
    const days = files.map((file) => dirname(file)).filter((name) => name.startsWith(`${CLIPS_FOLDER}/`))
    const folders = ['journal', ...EVIDENCE_FOLDERS, CLIPS_FOLDER, ...new Set(days)]
    for (const name of folders) {
      await mkdir(join(directory, name), { recursive: true, mode: 0o700 })
    }
    // The marks first: next to a journal that they do not fit they are only dropped.
    for (const name of [...files].sort((a, b) => Number(b === MARKS_NAME) - Number(a === MARKS_NAME))) {
      await moveIfThere(join(ready, name), join(directory, name))
    }
    for (const name of ['.', ...folders]) await syncDirectory(join(directory, name))
  }
  await rm(ready, { recursive: true, force: true })
}

async function clearUnpacking(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (name.startsWith(UNPACKING_PREFIX)) await rm(join(directory, name), { recursive: true, force: true })
  }
}

async function moveIfThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error
  }
}
