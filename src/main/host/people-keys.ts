import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { assert } from '../../shared/base/assert.ts'
import type { OpenAppendFile } from './append-file.ts'
import { readTextIfThere, writeFileDurably } from './durable-file.ts'
import type { MasterKeys } from './master-keys.ts'
import { openBox, SealedBoxSchema, sealBox } from './sealed-box.ts'

const LineSchema = z.object({ id: z.string(), ref: z.string(), master: z.string(), box: SealedBoxSchema })
type KeyLine = z.infer<typeof LineSchema>

/** A key, or why there is none. */
export type PersonKey =
  | { readonly tag: 'key'; readonly key: Uint8Array }
  /** Destroyed: what it sealed is gone for good. */
  | { readonly tag: 'none' }
  /** Wrapped by a master key that only the desktop app under the same account can open. */
  | { readonly tag: 'sealedElsewhere' }

/** A key with the id under which sealed data names it. */
export interface NamedKey {
  readonly id: string
  readonly key: Uint8Array
}

/** Keys of 32 bytes, one for each person of a space, apart from the journal (decision 8). */
export interface PeopleKeys {
  /** The master keys that wrap them. */
  masterIds(): ReadonlySet<string>
  /** The key that sealed data names. */
  find(keyId: string): PersonKey
  /** A key for each of these people, made where this host has none and on disk before this returns. */
  ensure(refs: readonly string[]): Promise<ReadonlyMap<string, NamedKey>>
  /**
   * Destroys a person's keys; false when there were none. The file is written anew without them. What a disk keeps
   * in blocks no longer in use is beyond a program's reach; the master key guards that remainder.
   */
  forget(ref: string): Promise<boolean>
}

/** Opens `people-keys.jsonl`; a torn last line is left out: the journal line that needed it was never written. */
export async function openPeopleKeys(
  directory: string,
  masters: MasterKeys,
  openFile: OpenAppendFile,
): Promise<PeopleKeys> {
  const path = join(directory, 'people-keys.jsonl')
  const state: KeyState = { path, masters, openFile, byId: new Map(), byRef: new Map() }
  for (const line of parseLines((await readTextIfThere(path)) ?? '')) remember(state, line)
  return {
    masterIds: () => new Set([...state.byId.values()].map((line) => line.master)),
    find: (keyId) => {
      const line = state.byId.get(keyId)
      return line === undefined ? { tag: 'none' } : unwrap(line, masters)
    },
    ensure: (refs) => ensureKeys(state, refs),
    forget: (ref) => forgetKeys(state, ref),
  }
}

interface KeyState {
  readonly path: string
  readonly masters: MasterKeys
  readonly openFile: OpenAppendFile
  readonly byId: Map<string, KeyLine>
  /** Mostly one each; two where a host could not open the first and had to make its own. */
  readonly byRef: Map<string, readonly KeyLine[]>
}

function remember(state: KeyState, line: KeyLine): void {
  state.byId.set(line.id, line)
  state.byRef.set(line.ref, [...(state.byRef.get(line.ref) ?? []), line])
}

function parseLines(text: string): KeyLine[] {
  return text.split('\n').flatMap((part) => {
    try {
      return [LineSchema.parse(JSON.parse(part))]
    } catch {
      return []
    }
  })
}

function unwrap(line: KeyLine, masters: MasterKeys): PersonKey {
  const master = masters.find(line.master)
  if (master === null) return { tag: 'sealedElsewhere' }
  const key = openBox(master, line.box, line.ref)
  return key === null ? { tag: 'none' } : { tag: 'key', key }
}

async function ensureKeys(state: KeyState, refs: readonly string[]): Promise<Map<string, NamedKey>> {
  const master = state.masters.find(state.masters.currentId)
  assert(master !== null, 'the current master key is open')
  const keys = new Map<string, NamedKey>()
  const made: KeyLine[] = []
  for (const ref of new Set(refs)) {
    const found = findOpenable(state, ref)
    const named = found ?? { id: randomBytes(9).toString('base64url'), key: randomBytes(32) }
    keys.set(ref, named)
    if (found !== null) continue
    made.push({ id: named.id, ref, master: state.masters.currentId, box: sealBox(master, named.key, ref) })
  }
  if (made.length > 0) await appendLines(state, made)
  for (const line of made) remember(state, line)
  return keys
}

function findOpenable(state: KeyState, ref: string): NamedKey | null {
  for (const line of state.byRef.get(ref) ?? []) {
    const key = unwrap(line, state.masters)
    if (key.tag === 'key') return { id: line.id, key: key.key }
  }
  return null
}

async function appendLines({ path, openFile }: KeyState, made: readonly KeyLine[]): Promise<void> {
  const file = await openFile(path)
  try {
    const size = await file.size()
    try {
      // The leading newline ends a line that a power cut may have torn.
      await file.write(Buffer.from(`\n${made.map(printLine).join('')}`), size)
      await file.sync()
    } catch (error) {
      await file.truncate(size)
      throw error
    }
  } finally {
    await file.close()
  }
}

async function forgetKeys(state: KeyState, ref: string): Promise<boolean> {
  const gone = state.byRef.get(ref)
  if (gone === undefined) return false
  const rest = [...state.byId.values()].filter((line) => line.ref !== ref)
  await writeFileDurably(state.path, rest.map(printLine).join(''), 0o600)
  for (const line of gone) state.byId.delete(line.id)
  state.byRef.delete(ref)
  return true
}

function printLine(line: KeyLine): string {
  return `${JSON.stringify(line)}\n`
}
