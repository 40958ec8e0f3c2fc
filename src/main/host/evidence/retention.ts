import { readdir, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { EvidenceSettings } from '../../../shared/protocol/evidence-contract.ts'
import { systemErrorCode } from '../system-error.ts'
import type { ClipRecord } from './clip-index.ts'
import type { ClipShop } from './open-clips.ts'

const DAY_MS = 24 * 3600 * 1000
const MB = 1_048_576

/**
 * Removes what is older than the days kept, then the oldest until the quota is met: sealed clips first, then what
 * crashes left behind. What is being recorded is never touched.
 * @param wantedBytes room that must be left below the quota
 * @returns true when the quota is met
 */
export async function enforceRetention(
  shop: ClipShop,
  { keepDays, quotaMb }: EvidenceSettings,
  wantedBytes: number,
): Promise<boolean> {
  const oldest = shop.now() - keepDays * DAY_MS
  const since = (record: ClipRecord): number => (record.state === 'sealed' ? record.endedAt : record.at)
  const removable = [...shop.index.all()].filter(
    (record) => record.state !== 'gone' && !isRunning(shop, record.clipId),
  )
  for (const record of removable.filter((one) => since(one) < oldest)) await removeClip(shop, record, 'days')
  const tooMuch = (): boolean => shop.index.usedBytes() + wantedBytes > quotaMb * MB
  if (!tooMuch()) return true
  const left = removable
    .filter((one) => since(one) >= oldest)
    .sort((a, b) => Number(a.state === 'open') - Number(b.state === 'open') || since(a) - since(b))
  for (const record of left) {
    if (!tooMuch()) break
    await removeClip(shop, record, 'quota')
  }
  return !tooMuch()
}

const isRunning = (shop: ClipShop, clipId: string): boolean =>
  (shop.open.get(clipId)?.running ?? null) !== null

/** Deletes the files first: a crash in between leaves a clip that is removed once more. */
export async function removeClip(
  shop: ClipShop,
  record: ClipRecord,
  why: NonNullable<ClipRecord['why']>,
): Promise<void> {
  const folder = join(shop.directory, record.day)
  for (const name of await namesIn(folder))
    if (isFileOf(name, record.clipId)) await rm(join(folder, name), { force: true })
  shop.open.delete(record.clipId)
  await shop.index.put({ ...record, state: 'gone', endedAt: shop.now(), why })
  // Only an empty one goes.
  await rmdir(folder).catch(() => undefined)
}

/** True for the names that a clip's files bear: one clip's id may be another's beginning. */
export function isFileOf(name: string, clipId: string): boolean {
  return name.startsWith(`${clipId}.`) && /^(jsonl|\d+\.(webm|jpg|webp))$/.test(name.slice(clipId.length + 1))
}

export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return []
    throw error
  }
}
