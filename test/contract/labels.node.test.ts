import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requireRasterTools } from '../../src/main/host/labels/raster.test-support.ts'
import { BUILT_IN_LAYOUTS } from '../../src/shared/labels/built-in-layouts.ts'
import type { LabelModel } from '../../src/shared/labels/label-model.ts'
import { checkPress, compareDots, houseFonts, modelsOf, type Press } from '../support/labels/conformance.ts'
import { parcelCases } from '../support/labels/extreme-documents.ts'

/**
 * Every layout through every back end at both resolutions, printed in black and white by programs that are not ours,
 * and read back by two decoders. Here a parcel or two; two hundred in `test/e2e/labels.long.test.ts`.
 */

const DPIS = [203, 300] as const
/** A sample, whose grey must leave the codes alone. */
const SEED = 3

let directory: string
let named: { name: string; model: LabelModel }[]

beforeAll(async () => {
  requireRasterTools()
  directory = await mkdtemp(join(tmpdir(), 'packbench-conformance-'))
  named = await modelsOf(parcelCases(SEED))
})
afterAll(async () => {
  if (directory) await rm(directory, { recursive: true, force: true })
})

const prefixOf = (press: Press, dpi: number): string => join(directory, `${press}-${dpi}`)

describe('labels, every layout and back end', () => {
  it('LBL-1 covers all layouts as they come, and the papers that flow', () => {
    const names = new Set(named.map(({ name }) => name))
    for (const { layoutId } of BUILT_IN_LAYOUTS) expect(names).toContain(layoutId)
    expect(names).toContain('list')
    expect(names).toContain('control-sheet')
  })

  it.each(
    (['poppler', 'ghostscript', 'zpl', 'tspl'] as const).flatMap((press) =>
      DPIS.map((dpi) => [press, dpi] as const),
    ),
  )('LBL-1 every symbol decodes and every hanzi is itself, by %s at %i dpi', async (press, dpi) => {
    const { symbols, glyphs, wrong } = await checkPress(press, dpi, named, prefixOf(press, dpi))
    expect(wrong).toEqual([])
    expect(symbols).toBeGreaterThanOrEqual(20)
    expect(glyphs).toBeGreaterThanOrEqual(100)
  })

  it('LBL-1 an independent reader of ZPL gets each layout as the model says, dot for dot', async () => {
    const wrong: string[] = []
    const labels = named.slice(0, BUILT_IN_LAYOUTS.length)
    for (const [index, label] of labels.entries()) {
      wrong.push(...(await compareDots('zebrash', DPIS[index % 2] ?? 203, label)))
    }
    expect(labels.length).toBe(BUILT_IN_LAYOUTS.length)
    expect(wrong).toEqual([])
  })

  it('LBL-1 so do the strict readers of the tests', async () => {
    for (const [index, label] of named.slice(0, BUILT_IN_LAYOUTS.length).entries()) {
      const dpi = DPIS[(index + 1) % 2] ?? 203
      expect(await compareDots('zpl', dpi, label)).toEqual([])
      expect(await compareDots('tspl', dpi, label)).toEqual([])
    }
  })
})

describe('labels, the check itself', () => {
  let waybill: { name: string; model: LabelModel }[]
  beforeAll(async () => {
    // No sample: its grey would hide the characters.
    waybill = (await modelsOf(parcelCases(1))).slice(0, 1)
  })

  it('LBL-1 sees boxes instead of Chinese in a PDF', async () => {
    const { fonts } = await houseFonts()
    const boxes = { cut: (weight: 'regular' | 'bold') => fonts.cut(weight, '0123456789') }
    const { glyphs, wrong } = await checkPress('poppler', 203, waybill, prefixOf('poppler', 0), {
      fonts: boxes,
    })
    expect(glyphs).toBeGreaterThan(20)
    expect(wrong.length).toBe(glyphs)
  })

  it('LBL-1 sees boxes instead of Chinese in a picture', async () => {
    const { raster } = await houseFonts()
    const boxes: typeof raster = {
      glyph: (character, size, weight) => ({
        ...raster.glyph('\u{10ffff}', size, weight),
        advanceEm: raster.glyph(character, size, weight).advanceEm,
      }),
    }
    const { glyphs, wrong } = await checkPress('zpl', 203, waybill, prefixOf('zpl', 0), { raster: boxes })
    expect(glyphs).toBeGreaterThan(20)
    expect(wrong.length).toBe(glyphs)
  })
})
