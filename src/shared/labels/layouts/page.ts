import { boxMm } from '../box.ts'
import type { LabelCanvas } from '../label-canvas.ts'

/** `第 1 页 / 共 3 页` at the foot of an A4 page. */
export function drawPageNumber(canvas: LabelCanvas, page: number, pageCount: number): void {
  canvas.text(boxMm(10, 286, 190, 4), `第 ${page} 页 / 共 ${pageCount} 页`, { sizeMm: 3, align: 'center' })
}
