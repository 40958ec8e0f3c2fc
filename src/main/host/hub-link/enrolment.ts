import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { assert } from '../../../shared/base/assert.ts'
import { readJsonIfThere, syncDirectory, writeFileDurably } from '../durable-file.ts'
import type { MasterKeys } from '../master-keys.ts'
import { openBox, SealedBoxSchema, sealBox } from '../sealed-box.ts'

export const HUB_FILE = 'hub.json'

/** `hub.json`: the hub and this station's key for it; the private half is sealed by a master key. */
export const HubFileSchema = z.object({
  version: z.literal(1),
  url: z.string(),
  hubId: z.string(),
  warehouseId: z.string(),
  /** Milliseconds since 1970. */
  since: z.number().int(),
  /** SPKI DER in base64. */
  publicKey: z.string(),
  /** PKCS #8 DER under the master key of that id. */
  privateKey: z.object({ master: z.string(), box: SealedBoxSchema }),
})

/** What a station knows of its hub. */
export interface Enrolment {
  readonly url: string
  readonly hubId: string
  readonly warehouseId: string
  readonly since: number
  /** Null when it is sealed by a master key that only the desktop app can open. */
  readonly privateKey: KeyObject | null
}

/** A fresh Ed25519 pair (SEC-2); `publicText` is SPKI DER in base64, as it travels. */
export interface StationKeyPair {
  readonly privateKey: KeyObject
  readonly publicText: string
}

/** Mints the key pair of an enrolment; every enrolment gets its own. */
export function mintKeyPair(): StationKeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { privateKey, publicText: publicKey.export({ type: 'spki', format: 'der' }).toString('base64') }
}

/** Reads `hub.json`; null when there is none or it cannot be made sense of, so that enrolling anew mends it. */
export async function readEnrolment(directory: string, masters: MasterKeys): Promise<Enrolment | null> {
  const parsed = HubFileSchema.safeParse(await readJsonIfThere(join(directory, HUB_FILE)))
  if (!parsed.success) return null
  const { url, hubId, warehouseId, since, publicKey, privateKey } = parsed.data
  const master = masters.find(privateKey.master)
  const der = master === null ? null : openBox(master, privateKey.box, sealContext(publicKey))
  const key = der === null ? null : createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' })
  return { url, hubId, warehouseId, since, privateKey: key }
}

/** Writes `hub.json` (mode 0600); on disk when this returns. */
export async function writeEnrolment(
  directory: string,
  masters: MasterKeys,
  enrolment: Omit<Enrolment, 'privateKey'>,
  pair: StationKeyPair,
): Promise<void> {
  const master = masters.find(masters.currentId)
  assert(master !== null, 'the current master key is open')
  const der = pair.privateKey.export({ type: 'pkcs8', format: 'der' })
  const box = sealBox(master, der, sealContext(pair.publicText))
  const file: z.infer<typeof HubFileSchema> = {
    version: 1,
    url: enrolment.url,
    hubId: enrolment.hubId,
    warehouseId: enrolment.warehouseId,
    since: enrolment.since,
    publicKey: pair.publicText,
    privateKey: { master: masters.currentId, box },
  }
  await writeFileDurably(join(directory, HUB_FILE), `${JSON.stringify(file)}\n`, 0o600)
}

/** Removes `hub.json`, and the key with it. */
export async function removeEnrolment(directory: string): Promise<void> {
  const path = join(directory, HUB_FILE)
  await rm(path, { force: true })
  await syncDirectory(dirname(path))
}

/** Ties the private key to its public half, so that no other box can be put in its place. */
function sealContext(publicText: string): string {
  return JSON.stringify(['hub', publicText])
}
