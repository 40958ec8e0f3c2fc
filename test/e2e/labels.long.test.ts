import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requireRasterTools } from '../../src/main/host/labels/raster.test-support.ts'
import { BUILT_IN_LAYOUTS } from '../../src/shared/labels/built-in-layouts.ts'
import { checkPress, compareDots, modelsOf } from '../support/labels/conformance.ts'
import { parcelCases } from '../support/labels/extreme-documents.ts'

/** `PACKBENCH_LABEL_PARCELS=200` for the whole round, a quarter of an hour; `PACKBENCH_LABEL_SEED` for another one. */
const PARCELS = Number(process.env.PACKBENCH_LABEL_PARCELS ?? 30)
const FIRST_SEED = Number(process.env.PACKBENCH_LABEL_SEED ?? 1000)
const PRESSES = ['poppler', 'ghostscript', 'zpl', 'tspl'] as const
const DPIS = [203, 300] as const
/** As many programs at a time as the computer has processors for. */
const HANDS = 2
/** Papers that flow are the same for most parcels. */
const LISTS_EVERY = 10

let directory: string

beforeAll(async () => {
  requireRasterTools()
  directory = await mkdtemp(join(tmpdir(), 'packbench-conformance-'))
})
afterAll(async () => {
  if (directory) await rm(directory, { recursive: true, force: true })
})

/** What all the parcels showed. */
const counts = { parcels: 0, pages: 0, symbols: 0, glyphs: 0 }

async function checkParcel(index: number): Promise<string[]> {
  const named = await modelsOf(parcelCases(FIRST_SEED + index))
  const printed = index % LISTS_EVERY === 0 ? named : named.slice(0, BUILT_IN_LAYOUTS.length)
  const wrong: string[] = []
  for (const dpi of DPIS) {
    for (const press of PRESSES) {
      const prefix = join(directory, `${index}-${press}-${dpi}`)
      const findings = await checkPress(press, dpi, printed, prefix)
      counts.symbols += findings.symbols
      counts.glyphs += findings.glyphs
      counts.pages += printed.length
      wrong.push(...findings.wrong)
    }
  }
  // The independent reader of ZPL takes a second a label: each parcel gives it another layout and resolution.
  const label = named[index % BUILT_IN_LAYOUTS.length]
  if (label !== undefined) {
    wrong.push(
      ...(await compareDots('zebrash', DPIS[Math.floor(index / BUILT_IN_LAYOUTS.length) % 2] ?? 203, label)),
    )
  }
  counts.parcels += 1
  return wrong.map((words) => `parcel ${FIRST_SEED + index}: ${words}`)
}

describe('labels of many parcels', () => {
  it('LBL-1 every symbol of every layout, back end and resolution decodes', async () => {
    const wrong: string[] = []
    let next = 0
    const work = async (): Promise<void> => {
      while (next < PARCELS) {
        const index = next
        next += 1
        wrong.push(...(await checkParcel(index)))
      }
    }
    await Promise.all(Array.from({ length: HANDS }, work))
    process.stdout.write(`${JSON.stringify(counts)}\n`)
    expect(wrong).toEqual([])
    expect(counts.parcels).toBe(PARCELS)
    expect(counts.symbols).toBeGreaterThan(PARCELS * BUILT_IN_LAYOUTS.length * PRESSES.length)
  })
})
