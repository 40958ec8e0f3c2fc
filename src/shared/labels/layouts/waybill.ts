import { boxMm, createCanvas, type LabelCanvas, mm } from '../label-canvas.ts'
import type { LabelParty, WaybillDocument } from '../label-document.ts'
import type { LabelModel, TextMeasurer } from '../label-model.ts'

/**
 * 面单, 100 × 180 mm: the courier's part of 110 mm above the perforation, the contents below (formats.md). Numbers in
 * this file are millimetres from the top left corner. Nothing is printed across the perforation.
 */

const LEFT = 3
const RIGHT = 97
const WIDTH = RIGHT - LEFT
const THIN = 0.25
const THICK = 0.5
/** Three dots at 203 dpi. */
const MODULE_UM = 375

/** Lays out one waybill. Without a sort code the destination takes its place. */
export function layoutWaybill(waybill: WaybillDocument, measurer: TextMeasurer): LabelModel {
  const canvas = createCanvas(mm(100), mm(180), measurer)
  if (waybill.sample) drawSampleMarks(canvas)
  drawHeading(canvas, waybill)
  drawSortCode(canvas, waybill)
  drawParties(canvas, waybill)
  drawSignature(canvas)
  canvas.frame(boxMm(LEFT, 3, WIDTH, 104), mm(THICK))
  drawLowerPart(canvas, waybill)
  canvas.frame(boxMm(LEFT, 113, WIDTH, 64), mm(THICK))
  return canvas.model()
}

/** Big faint words across the zones that hold no bars, which they would spoil. */
function drawSampleMarks(canvas: LabelCanvas): void {
  const mark = { sizeMm: 21, bold: true, align: 'center', vertical: 'middle', ink: 'faint' } as const
  canvas.text(boxMm(LEFT, 68, WIDTH, 25), '样张样张', mark)
  canvas.text(boxMm(LEFT, 142, WIDTH, 24), '样张样张', mark)
}

function drawHeading(canvas: LabelCanvas, waybill: WaybillDocument): void {
  const name = waybill.courierName || waybill.courierCode
  canvas.text(boxMm(5, 3.5, 48, 12.5), name, { sizeMm: 8, minMm: 3.5, bold: true, vertical: 'middle' })
  const marks = [waybill.sample ? '样张' : '', waybill.copy > 0 ? `补打 ${waybill.copy}` : ''].filter(Boolean)
  if (marks.length > 0) {
    canvas.frame(boxMm(54, 5.6, 17, 8), mm(0.4))
    canvas.text(boxMm(54.8, 5.6, 15.4, 8), marks.join(' '), {
      sizeMm: 4.2,
      minMm: 2.2,
      bold: true,
      align: 'center',
      vertical: 'middle',
    })
  }
  const facts = { sizeMm: 2.7, minMm: 2, align: 'right', vertical: 'middle' } as const
  canvas.text(boxMm(72, 4.4, 23, 3.5), waybill.printedAt, facts)
  canvas.text(boxMm(72, 8, 23, 3.5), `件数 ${waybill.pieceCount}`, facts)
  canvas.text(boxMm(72, 11.6, 23, 3.5), `重量 ${weightText(waybill.weightGrams)}`, facts)
  line(canvas, 16, THIN)
}

function drawSortCode(canvas: LabelCanvas, waybill: WaybillDocument): void {
  const words = { minMm: 4, bold: true, vertical: 'middle' } as const
  const sort = waybill.sortCode || waybill.destination
  canvas.text(boxMm(5, 16.5, 90, 20), sort, { ...words, sizeMm: 16, align: 'center' })
  line(canvas, 37, THICK)
  canvas.code(boxMm(LEFT + 0.5, 39, WIDTH - 1, 15), waybill.waybillNumber, MODULE_UM)
  canvas.text(boxMm(5, 54.6, 90, 5), grouped(waybill.waybillNumber), {
    sizeMm: 4.6,
    minMm: 2.5,
    bold: true,
    align: 'center',
  })
  line(canvas, 60.5, THICK)
  canvas.text(boxMm(5, 61, 9, 8), '目的地', { sizeMm: 2.6, vertical: 'middle' })
  canvas.text(boxMm(15, 61, 80, 8), waybill.destination, { ...words, sizeMm: 6, minMm: 2.6 })
  line(canvas, 69, THIN)
}

function drawParties(canvas: LabelCanvas, waybill: WaybillDocument): void {
  canvas.text(boxMm(LEFT, 69, 9, 23), '收', { sizeMm: 6, bold: true, align: 'center', vertical: 'middle' })
  drawParty(canvas, waybill.recipient, { top: 70, bottom: 91.4, right: 95, size: 5 })
  line(canvas, 92, THIN)
  canvas.text(boxMm(LEFT, 92, 9, 15), '寄', { sizeMm: 4.4, bold: true, align: 'center', vertical: 'middle' })
  drawParty(canvas, waybill.sender, { top: 92.8, bottom: 106.4, right: 66, size: 3 })
  canvas.rule(boxMm(12, 69, THIN, 38))
}

interface PartyPlace {
  readonly top: number
  readonly bottom: number
  readonly right: number
  readonly size: number
}

/** Name and phone on one line, the phone whole; then company, then the address with all the height that is left. */
function drawParty(canvas: LabelCanvas, party: LabelParty, place: PartyPlace): void {
  const left = 14
  const phoneWidth = (place.right - left) * 0.42
  const nameWidth = place.right - left - phoneWidth - 1.5
  const strong = { sizeMm: place.size, minMm: 2.2, bold: true, vertical: 'middle' } as const
  canvas.text(boxMm(left, place.top, nameWidth, place.size), party.name, strong)
  canvas.text(boxMm(place.right - phoneWidth, place.top, phoneWidth, place.size), party.phone, {
    ...strong,
    align: 'right',
  })
  let y = place.top + place.size * 1.25
  const small = place.size * 0.72
  if (party.company) {
    canvas.text(boxMm(left, y, place.right - left, small), party.company, { sizeMm: small, minMm: 2 })
    y += small * 1.25
  }
  const address = [party.address, party.postcode ?? ''].filter(Boolean).join('  ')
  const box = boxMm(left, y, place.right - left, place.bottom - y)
  canvas.text(box, address, { sizeMm: place.size * 0.87, minMm: 1.9, wrap: true })
}

function drawSignature(canvas: LabelCanvas): void {
  canvas.rule(boxMm(67, 92, THIN, 15))
  canvas.text(boxMm(68, 92.8, 28, 3), '签收人', { sizeMm: 2.6 })
  canvas.text(boxMm(68, 103.4, 28, 3), '时间', { sizeMm: 2.6 })
  canvas.rule(boxMm(68, 102.4, 28, 0.15))
}

function drawLowerPart(canvas: LabelCanvas, waybill: WaybillDocument): void {
  canvas.code(boxMm(LEFT + 0.5, 114.6, 73, 11.5), waybill.waybillNumber, MODULE_UM)
  canvas.text(boxMm(5, 126.6, 70, 4), grouped(waybill.waybillNumber), {
    sizeMm: 3.4,
    minMm: 2,
    bold: true,
    align: 'center',
  })
  canvas.qr(boxMm(78, 113.4, 18.5, 18.5), waybill.waybillNumber)
  line(canvas, 132, THIN)
  const { recipient } = waybill
  const short = [recipient.name, recipient.phone, recipient.address].filter(Boolean).join('  ')
  canvas.text(boxMm(5, 132.5, 5, 8.4), '收', { sizeMm: 3.4, bold: true, vertical: 'middle' })
  canvas.text(boxMm(10.5, 132.5, 84.5, 8.4), short, { sizeMm: 3, minMm: 1.9, wrap: true, vertical: 'middle' })
  line(canvas, 141.4, THIN)
  drawContents(canvas, waybill)
}

function drawContents(canvas: LabelCanvas, waybill: WaybillDocument): void {
  const pieces = waybill.items.reduce((sum, item) => sum + item.quantity, 0)
  canvas.text(boxMm(5, 142.2, 30, 3), '货品清单', { sizeMm: 2.7, bold: true })
  // The count stays readable where a long list is cut.
  canvas.text(boxMm(45, 142.2, 50, 3), `共 ${waybill.items.length} 款 ${pieces} 件`, {
    sizeMm: 2.7,
    bold: true,
    align: 'right',
  })
  const contents = waybill.items
    .map((item) => (item.quantity > 1 ? `${item.text}×${item.quantity}` : item.text))
    .join(';')
  canvas.text(boxMm(5, 146, 90, 18), contents, { sizeMm: 3.4, minMm: 1.9, wrap: true })
  line(canvas, 165, THIN)
  const remark = [`订单 ${waybill.orderNumbers.join(' ')}`, waybill.note ? `备注 ${waybill.note}` : '']
  canvas.text(boxMm(5, 165.4, 90, 5.6), remark.filter(Boolean).join('｜'), {
    sizeMm: 2.6,
    minMm: 1.9,
    wrap: true,
    vertical: 'middle',
  })
  line(canvas, 171.2, THIN)
  const foot = { sizeMm: 2.7, minMm: 1.9, vertical: 'middle' } as const
  canvas.text(boxMm(5, 171.4, 34, 5.4), `打包 ${waybill.packerName || '—'}`, foot)
  canvas.text(boxMm(41, 171.4, 16, 5.4), `件数 ${waybill.pieceCount}`, foot)
  canvas.text(boxMm(58, 171.4, 37, 5.4), `重量 ${weightText(waybill.weightGrams)}`, {
    ...foot,
    align: 'right',
  })
}

function line(canvas: LabelCanvas, y: number, thickness: number): void {
  canvas.rule(boxMm(LEFT, y, WIDTH, thickness))
}

/** `YT 8800 1234 5678 9`: digits in fours, letters as they stand; longer than 16 stays close. */
function grouped(number: string): string {
  if (number.length > 16) return number
  return number.replace(/\d+/g, (digits) => ` ${digits.replace(/\d{4}(?=\d)/g, '$& ')} `).trim()
}

function weightText(weightGrams: number | null): string {
  return weightGrams === null ? '—' : `${(weightGrams / 1000).toFixed(3)} kg`
}
