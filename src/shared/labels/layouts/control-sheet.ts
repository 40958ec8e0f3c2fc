import { boxMm, mm } from '../box.ts'
import { createCanvas } from '../label-canvas.ts'
import type { ControlSheetDocument } from '../label-document.ts'
import type { LabelModel, TextMeasurer } from '../label-model.ts'
import { drawPageNumber } from './page.ts'

/** A4 sheet of control barcodes (PAK-9), two columns of eight. Numbers are millimetres. */

const COLUMNS = 2
const ROWS = 8
const CELL_WIDTH = 95
const CELL_HEIGHT = 31.5
const TOP = 26

/** The words stand above each code, the code's text below. */
export function layoutControlSheet(sheet: ControlSheetDocument, measurer: TextMeasurer): LabelModel[] {
  const perPage = COLUMNS * ROWS
  const pageCount = Math.max(1, Math.ceil(sheet.codes.length / perPage))
  return Array.from({ length: pageCount }, (_, page) => {
    const canvas = createCanvas(mm(210), mm(297), measurer)
    canvas.text(boxMm(10, 10, 190, 10), sheet.title, {
      sizeMm: 7,
      minMm: 4,
      bold: true,
      align: 'center',
      vertical: 'middle',
    })
    canvas.rule(boxMm(10, 22.5, 190, 0.5))
    for (const [index, { code, words }] of sheet.codes
      .slice(page * perPage, (page + 1) * perPage)
      .entries()) {
      const x = 10 + (index % COLUMNS) * CELL_WIDTH
      const y = TOP + Math.floor(index / COLUMNS) * CELL_HEIGHT
      canvas.frame(boxMm(x + 1, y + 0.8, CELL_WIDTH - 2, CELL_HEIGHT - 1.6), mm(0.2))
      canvas.text(boxMm(x + 3, y + 2.2, CELL_WIDTH - 6, 5), words, {
        sizeMm: 4.6,
        minMm: 2.4,
        bold: true,
        align: 'center',
        vertical: 'middle',
      })
      canvas.code(boxMm(x + 1.5, y + 8.6, CELL_WIDTH - 3, 14.5), code, 375)
      canvas.text(boxMm(x + 3, y + 24.2, CELL_WIDTH - 6, 4), code, {
        sizeMm: 3.2,
        minMm: 2,
        align: 'center',
        vertical: 'middle',
      })
    }
    drawPageNumber(canvas, page + 1, pageCount)
    return canvas.model()
  })
}
