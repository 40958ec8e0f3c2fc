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
const FileSchema = z.object({ version: z.literal(1), slots: z.array(SlotSchema).min(1) })
type Slot = z.infer<typeof SlotSchema>

/** The keys that wrap the people's keys of a data directory. */
export interface MasterKeys {
  /** Wraps new keys. */
  readonly currentId: string
  /** True when the operating system seals the current key. */
  readonly sealed: boolean
  /** The 32 bytes of a master key, or null when it is sealed and this host cannot open it. */
  find(id: string): Uint8Array | null
}

/**
 * Opens `master-keys.json` (mode 0600), or makes it. There may be two slots: one sealed by the operating system, made
 * under Electron, and one in plain, made when the same directory was opened by a host without a key store. Each host
 * wraps new keys with a slot that it can open; a sealed slot that it cannot open is kept for the one that can.
 */
export async function openMasterKeys(directory: string, sealer: KeySealer | null): Promise<MasterKeys> {
  const path = join(directory, 'master-keys.json')
  const text = await readTextIfThere(path)
  const slots = text === null ? [] : FileSchema.parse(JSON.parse(text)).slots
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
  }
}

async function makeSlot(key: Uint8Array, sealer: KeySealer | null): Promise<Slot> {
  const plain = Buffer.from(key).toString('base64')
  if (sealer === null) return { id: randomUUID(), sealedBy: 'file', key: plain }
  const sealed = Buffer.from(await sealer.seal(plain)).toString('base64')
  return { id: randomUUID(), sealedBy: 'os', key: sealed }
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
