import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ClipFigures } from '../../../shared/protocol/evidence-contract.ts'
import type { OpenAppendFile } from '../append-file.ts'
import { syncDirectory } from '../durable-file.ts'
import { appendFact, type ClipFact, factsOf, figuresOf, readFacts, unendedPart } from './clip-facts.ts'
import { beginPart, finishLeftover, partFile, type RunningPart, sizeIfThere } from './clip-files.ts'
import type { ClipIndex, ClipRecord } from './clip-index.ts'

/** A clip that is neither sealed nor removed, as far as this process has touched it. */
export interface OpenClip {
  facts: ClipFact[]
  running: RunningPart | null
}

/** What all works on clips share. */
export interface ClipShop {
  /** The evidence folder. */
  readonly directory: string
  readonly openFile: OpenAppendFile
  readonly now: () => number
  readonly index: ClipIndex
  readonly open: Map<string, OpenClip>
}

const factsFile = ({ day, clipId }: ClipRecord): string => `${day}/${clipId}.jsonl`

export const readClipFacts = (shop: ClipShop, record: ClipRecord): Promise<ClipFact[]> =>
  readFacts(join(shop.directory, factsFile(record)))

/** Writes a fact down and follows it in the figures. */
export async function addFact(
  shop: ClipShop,
  record: ClipRecord,
  clip: OpenClip,
  fact: ClipFact,
): Promise<void> {
  await appendFact(shop.openFile, join(shop.directory, factsFile(record)), fact, fact.fact === 'end')
  clip.facts = [...clip.facts, fact]
  noteFigures(shop, record, clip)
}

/** The figures as they stand, the running part's bytes among them. */
export function liveFigures({ facts, running }: OpenClip): ClipFigures {
  const figures = figuresOf(facts)
  return running === null ? figures : { ...figures, bytes: figures.bytes + running.bytes() }
}

export function noteFigures(shop: ClipShop, record: ClipRecord, clip: OpenClip): void {
  shop.index.note({ ...record, figures: liveFigures(clip) })
}

/** The clip with its facts; what a crash left unended is ended and said. */
export async function loadClip(shop: ClipShop, record: ClipRecord): Promise<OpenClip> {
  const known = shop.open.get(record.clipId)
  if (known !== undefined) return known
  const clip: OpenClip = { facts: await readClipFacts(shop, record), running: null }
  const left = unendedPart(clip.facts)
  if (left !== null) {
    const file = partFile(record, left.part)
    const there = (await sizeIfThere(shop.directory, file)) > 0
    const end = there
      ? await finishLeftover(shop.openFile, join(shop.directory, file), left.part)
      : { part: left.part, durationMs: 0, bytes: 0 }
    await addFact(shop, record, clip, { fact: 'end', ...end })
    await addFact(shop, record, clip, { fact: 'loss', at: left.at + end.durationMs, cause: 'brokenOff' })
  }
  shop.open.set(record.clipId, clip)
  return clip
}

/** Begins the next part; one that still runs was broken off by a reload. */
export async function beginNextPart(
  shop: ClipShop,
  record: ClipRecord,
  clip: OpenClip,
  at: number,
): Promise<number> {
  await endPart(shop, record, clip, 'brokenOff')
  const part = factsOf(clip.facts, 'part').reduce((most, one) => Math.max(most, one.part), 0) + 1
  const folder = join(shop.directory, record.day)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const running = await beginPart(shop.openFile, join(shop.directory, partFile(record, part)), part)
  try {
    await addFact(shop, record, clip, { fact: 'part', part, at })
  } catch (error) {
    await running.finish()
    throw error
  }
  clip.running = running
  if (part === 1) await syncDirectory(shop.directory)
  return part
}

/** Ends the running part, if there is one. */
export async function endPart(
  shop: ClipShop,
  record: ClipRecord,
  clip: OpenClip,
  loss: 'brokenOff' | null,
): Promise<void> {
  const { running } = clip
  if (running === null) return
  clip.running = null
  const end = await running.finish()
  await addFact(shop, record, clip, { fact: 'end', ...end })
  if (loss !== null) await addFact(shop, record, clip, { fact: 'loss', at: shop.now(), cause: loss })
}
