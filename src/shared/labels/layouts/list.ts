import { boxMm, mm } from '../box.ts'
import { fitText, toPrintable } from '../fit-text.ts'
import { createCanvas, type LabelCanvas } from '../label-canvas.ts'
import type { ListDocument } from '../label-document.ts'
import type { LabelModel, TextMeasurer } from '../label-model.ts'
import { drawPageNumber } from './page.ts'

/**
 * A4 lists: goods-in note 入库单, hand-over list 交接单, pick slip, exchange list 换货单, delivery note 发货单. Numbers are millimetres. The first page has heading
 * and facts, every page the table's head, the last one totals and signatures.
 */

const LEFT = 12
const WIDTH = 186
const BOTTOM = 280
const TEXT = 3.4
const LEADING = TEXT * 1.18
const CELL_PADDING = 1.2
const HEAD_HEIGHT = 7
const MAX_CELL_LINES = 3

interface Column {
  readonly x: number
  readonly width: number
  readonly title: string
  readonly align: 'left' | 'right'
}

interface Page {
  readonly top: number
  readonly rows: { readonly cells: readonly string[]; readonly height: number }[]
}

/** Lays the list over as many pages as its rows need. */
export function layoutList(list: ListDocument, measurer: TextMeasurer): LabelModel[] {
  const columns = placeColumns(list)
  const pages = paginate(list, columns, measurer)
  return pages.map((page, index) => {
    const canvas = createCanvas(mm(210), mm(297), measurer)
    if (list.sample) drawSampleMark(canvas)
    if (index === 0) drawHeading(canvas, list)
    else drawRunningHead(canvas, list)
    const bottom = drawTable(canvas, columns, page)
    if (index === pages.length - 1) drawClosing(canvas, list, bottom)
    drawPageNumber(canvas, index + 1, pages.length)
    return canvas.model()
  })
}

function placeColumns(list: ListDocument): Column[] {
  const sum = list.columns.reduce((total, column) => total + column.weight, 0)
  let x = LEFT
  return list.columns.map(({ title, weight, align }) => {
    const width = (WIDTH * weight) / sum
    const column = { x, width, title, align }
    x += width
    return column
  })
}

function paginate(list: ListDocument, columns: readonly Column[], measurer: TextMeasurer): Page[] {
  let page: Page = { top: firstTop(list), rows: [] }
  const pages = [page]
  let y = page.top + HEAD_HEIGHT
  for (const cells of list.rows) {
    const height = rowHeight(cells, columns, measurer)
    if (y + height > BOTTOM) {
      page = { top: 22, rows: [] }
      pages.push(page)
      y = page.top + HEAD_HEIGHT
    }
    page.rows.push({ cells, height })
    y += height
  }
  // Totals and signatures stay together; when they do not fit they get a page of their own.
  if (y + closingHeight(list) > BOTTOM) pages.push({ top: 22, rows: [] })
  return pages
}

function rowHeight(cells: readonly string[], columns: readonly Column[], measurer: TextMeasurer): number {
  const sizeUm = mm(TEXT)
  const lines = columns.map((column, index) => {
    const { text } = toPrintable(measurer, cells[index] ?? '')
    const box = {
      widthUm: mm(column.width - 2 * CELL_PADDING),
      heightUm: mm(TEXT + (MAX_CELL_LINES - 1) * LEADING + 0.1),
    }
    return fitText(measurer, text, box, { sizeUm, minSizeUm: sizeUm, weight: 'regular' }).lines.length
  })
  return Math.max(1, ...lines) * LEADING + 2 * CELL_PADDING
}

const factRows = (list: ListDocument): number => Math.ceil(list.facts.length / 3)
const firstTop = (list: ListDocument): number => 36 + factRows(list) * 6 + 3
const closingHeight = (list: ListDocument): number =>
  4 + list.totals.length * 6 + (list.signatures.length > 0 ? Math.ceil(list.signatures.length / 3) * 16 : 0)

function drawHeading(canvas: LabelCanvas, list: ListDocument): void {
  canvas.text(boxMm(LEFT, 12, 96, 10), list.title, { sizeMm: 8, minMm: 4, bold: true, vertical: 'middle' })
  canvas.text(boxMm(LEFT, 24, 96, 6), `单号 ${list.number}`, { sizeMm: 4, minMm: 2.4 })
  if (list.number !== '') canvas.code(boxMm(110, 11, 90, 14), list.number, 375)
  if (list.number !== '')
    canvas.text(boxMm(110, 26, 90, 4), list.number, { sizeMm: 3.2, minMm: 2, align: 'center' })
  canvas.rule(boxMm(LEFT, 33, WIDTH, 0.5))
  for (const [index, fact] of list.facts.entries()) {
    const x = LEFT + (index % 3) * (WIDTH / 3)
    const y = 35.5 + Math.floor(index / 3) * 6
    canvas.text(boxMm(x, y, WIDTH / 3 - 3, 4), `${fact.name}：${fact.value}`, { sizeMm: TEXT, minMm: 2.2 })
  }
}

function drawRunningHead(canvas: LabelCanvas, list: ListDocument): void {
  canvas.text(boxMm(LEFT, 12, 96, 6), list.title, { sizeMm: 4.4, minMm: 3, bold: true, vertical: 'middle' })
  canvas.text(boxMm(110, 12, 88, 6), list.number, {
    sizeMm: 3.6,
    minMm: 2.2,
    align: 'right',
    vertical: 'middle',
  })
  canvas.rule(boxMm(LEFT, 19, WIDTH, 0.25))
}

/** Returns the lower edge. */
function drawTable(canvas: LabelCanvas, columns: readonly Column[], page: Page): number {
  // A page that holds only totals and signatures shows no empty table.
  if (page.rows.length === 0) return page.top
  canvas.rule(boxMm(LEFT, page.top, WIDTH, 0.4))
  for (const column of columns) {
    const box = boxMm(column.x + CELL_PADDING, page.top, column.width - 2 * CELL_PADDING, HEAD_HEIGHT)
    canvas.text(box, column.title, {
      sizeMm: TEXT,
      minMm: 2.2,
      bold: true,
      align: column.align,
      vertical: 'middle',
    })
  }
  let y = page.top + HEAD_HEIGHT
  canvas.rule(boxMm(LEFT, y, WIDTH, 0.4))
  for (const { cells, height } of page.rows) {
    for (const [index, column] of columns.entries()) {
      const box = boxMm(
        column.x + CELL_PADDING,
        y + CELL_PADDING,
        column.width - 2 * CELL_PADDING,
        height - CELL_PADDING,
      )
      canvas.text(box, cells[index] ?? '', { sizeMm: TEXT, align: column.align, wrap: true })
    }
    y += height
    canvas.rule(boxMm(LEFT, y, WIDTH, 0.15))
  }
  return y
}

function drawClosing(canvas: LabelCanvas, list: ListDocument, bottom: number): void {
  let y = bottom + 3
  for (const total of list.totals) {
    canvas.text(boxMm(LEFT, y, WIDTH - CELL_PADDING, 5), total, {
      sizeMm: 4,
      minMm: 2.4,
      bold: true,
      align: 'right',
    })
    y += 6
  }
  for (const [index, { role, name }] of list.signatures.entries()) {
    const x = LEFT + (index % 3) * (WIDTH / 3)
    const top = y + 4 + Math.floor(index / 3) * 16
    canvas.text(boxMm(x, top, WIDTH / 3 - 6, 4), `${role}：${name}`, { sizeMm: TEXT, minMm: 2.2 })
    canvas.rule(boxMm(x, top + 10, WIDTH / 3 - 6, 0.2))
  }
}

function drawSampleMark(canvas: LabelCanvas): void {
  canvas.text(boxMm(LEFT, 120, WIDTH, 70), '样 张', {
    sizeMm: 60,
    bold: true,
    align: 'center',
    vertical: 'middle',
    ink: 'faint',
  })
}
