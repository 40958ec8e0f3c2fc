import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { drawModel } from '../../src/shared/labels/backends/draw-model.ts'
import { BUILT_IN_LAYOUTS } from '../../src/shared/labels/built-in-layouts.ts'
import { houseFonts, modelsOf } from '../support/labels/conformance.ts'
import { contactSheet } from '../support/labels/contact-sheet.ts'
import { ordinaryCases, parcelCases } from '../support/labels/extreme-documents.ts'
import { readPng } from '../support/labels/read-png.ts'

const PICTURE = fileURLToPath(new URL('../../docs/images/labels.png', import.meta.url))
/** With `PACKBENCH_LABEL_SHEET=1` the picture in the documents is drawn anew. */
const WRITES = process.env.PACKBENCH_LABEL_SHEET === '1'

describe('contact sheet of the labels', () => {
  it('LBL-1 every layout stands on it, as most parcels have it and at its extremes', async () => {
    const { raster } = await houseFonts()
    const labels = BUILT_IN_LAYOUTS.length
    const extremes = [2, 9, 4].flatMap((seed) => parcelCases(seed).slice(0, labels))
    const named = await modelsOf([...ordinaryCases(), ...extremes])
    expect(named.slice(0, labels).map(({ name }) => name)).toEqual(
      BUILT_IN_LAYOUTS.map(({ layoutId }) => layoutId),
    )
    const sheet = contactSheet(
      named.map(({ model }) => drawModel(model, { dpi: 203, raster })),
      2000,
    )
    expect(readPng(sheet).width).toBe(2000)
    if (WRITES) writeFileSync(PICTURE, sheet)
  })
})
