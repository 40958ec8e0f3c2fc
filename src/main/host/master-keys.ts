import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { readTextIfThere, writeFileDurably } from './durable-file.ts'

/** Seals small secrets by the operating system's key store (Electron's safeStorage; none in plain Node). */
export interface KeySealer {
  seal(secret: string): Promise<Uint8Array>
  open(sealed: Uint8Array): Promise<string>
}

const SlotSchema = z.object({ id: z.string(), sealedBy: z.enum(['os', 'file']), key: z.string() })
/** `master-keys.json`. */
export const MasterKeysFileSchema = z.object({ version: z.literal(1), slots: z.array(SlotSchema).min(1) })
type Slot = z.infer<typeof SlotSchema>
export type MasterKeysFile = z.infer<typeof MasterKeysFileSchema>

/** The keys that wrap the people's keys of a data directory. */
export interface MasterKeys {
  /** Wraps new keys. */
  readonly currentId: string
  /** True when the operating system seals the current key. */
  readonly sealed: boolean
  /** The 32 bytes of a master key, or null when it is sealed and this host cannot open it. */
  find(id: string): Uint8Array | null
  /** All that this host can open, as they go into a backup: in the clear. */
  exportOpen(): MasterKeysFile
}

/**
 * Opens `master-keys.json` (mode 0600), or makes it. There may be two slots: one sealed by the operating system, made
 * under Electron, and one in plain, made when the same directory was opened by a host without a key store. Each host
 * wraps new keys with a slot that it can open; a sealed slot that it cannot open is kept for the one that can.
 */
export async function openMasterKeys(directory: string, sealer: KeySealer | null): Promise<MasterKeys> {
  const path = join(directory, 'master-keys.json')
  const text = await readTextIfThere(path)
  const slots = text === null ? [] : MasterKeysFileSchema.parse(JSON.parse(text)).slots
  const opened = new Map<string, Uint8Array>()
  for (const slot of slots) {
    const key = await openSlot(slot, sealer)
    if (key !== null) opened.set(slot.id, key)
  }
  const wanted = sealer === null ? 'file' : 'os'
  let current = slots.find((slot) => slot.sealedBy === wanted && opened.has(slot.id))
  if (current === undefined) {
    const key = randomBytes(32)
    current = await makeSlot(key, sealer)
    opened.set(current.id, key)
    const file = { version: 1, slots: [...slots, current] }
    await writeFileDurably(path, `${JSON.stringify(file)}\n`, 0o600)
  }
  return {
    currentId: current.id,
    sealed: current.sealedBy === 'os',
    find: (id) => opened.get(id) ?? null,
    exportOpen: () => ({
      version: 1,
      slots: [...opened].map(([id, key]) => plainSlot(id, key)),
    }),
  }
}

async function makeSlot(key: Uint8Array, sealer: KeySealer | null): Promise<Slot> {
  return sealSlot(plainSlot(randomUUID(), key), sealer)
}

function plainSlot(id: string, key: Uint8Array): Slot {
  return { id, sealedBy: 'file', key: Buffer.from(key).toString('base64') }
}

async function sealSlot(slot: Slot, sealer: KeySealer | null): Promise<Slot> {
  if (sealer === null || slot.sealedBy === 'os') return slot
  return { ...slot, sealedBy: 'os', key: Buffer.from(await sealer.seal(slot.key)).toString('base64') }
}

/**
 * The `master-keys.json` of a data directory that takes over keys out of a backup: those first, sealed by this PC's
 * key store where it has one, then the directory's own, which demo data may hang on.
 */
export async function mergeMasterKeys(
  restored: MasterKeysFile,
  directory: string,
  sealer: KeySealer | null,
): Promise<MasterKeysFile> {
  const text = await readTextIfThere(join(directory, 'master-keys.json'))
  const own = text === null ? [] : MasterKeysFileSchema.parse(JSON.parse(text)).slots
  const taken = await Promise.all(restored.slots.map((slot) => sealSlot(slot, sealer)))
  const ids = new Set(taken.map((slot) => slot.id))
  return { version: 1, slots: [...taken, ...own.filter((slot) => !ids.has(slot.id))] }
}

async function openSlot(slot: Slot, sealer: KeySealer | null): Promise<Uint8Array | null> {
  if (slot.sealedBy === 'file') return Buffer.from(slot.key, 'base64')
  if (sealer === null) return null
  try {
    return Buffer.from(await sealer.open(Buffer.from(slot.key, 'base64')), 'base64')
  } catch {
    // Another user account or a reset key store: the slot stays for whoever can open it.
    return null
  }
}
