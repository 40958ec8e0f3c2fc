import { join } from 'node:path'
import type { ClipDescription } from '../../../shared/protocol/evidence-contract.ts'
import { type ClipFact, factsOf, figuresOf } from './clip-facts.ts'
import { partFile, sizeIfThere } from './clip-files.ts'
import type { ClipRecord } from './clip-index.ts'
import { type ClipShop, liveFigures, loadClip, readClipFacts } from './open-clips.ts'
import { isFileOf, namesIn } from './retention.ts'

/** A clip with its parts, stills and losses; parts without a picture are left out. */
export async function describeClip(shop: ClipShop, record: ClipRecord): Promise<ClipDescription> {
  const open = record.state === 'open' ? await loadClip(shop, record) : null
  const facts = open?.facts ?? (await readClipFacts(shop, record))
  const figures = open === null ? figuresOf(facts) : liveFigures(open)
  return {
    clipId: record.clipId,
    at: record.at,
    ...figures,
    parts: partsOf(record, facts),
    pictures: factsOf(facts, 'still').map(({ fact: _fact, ...picture }) => picture),
    losses: factsOf(facts, 'loss').map(({ at, cause }) => ({ at, cause })),
  }
}

function partsOf(record: ClipRecord, facts: readonly ClipFact[]): ClipDescription['parts'] {
  const begun = new Map(factsOf(facts, 'part').map(({ part, at }) => [part, at]))
  return factsOf(facts, 'end').flatMap(({ part, durationMs, bytes }) =>
    bytes === 0
      ? []
      : [{ part, file: partFile(record, part), at: begun.get(part) ?? record.at, durationMs, bytes }],
  )
}

/** After a start: what clips that were left open take up is told by their files, not by the index. */
export async function measureLeftovers(shop: ClipShop): Promise<void> {
  for (const record of [...shop.index.all()].filter(({ state }) => state === 'open')) {
    const folder = join(shop.directory, record.day)
    let bytes = 0
    for (const name of await namesIn(folder))
      if (isFileOf(name, record.clipId)) bytes += await sizeIfThere(folder, name)
    shop.index.note({ ...record, figures: { ...record.figures, bytes } })
  }
}
