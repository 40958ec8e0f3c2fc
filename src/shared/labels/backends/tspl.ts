import type { BarsItem, LabelItem, LabelModel } from '../label-model.ts'
import type { GlyphRaster } from '../raster-port.ts'
import { asciiBytes, joinBytes } from './ascii.ts'
import { cutBytes, inkBox } from './bitmap.ts'
import { type Dpi, placeBars } from './dots.ts'
import { drawModel } from './draw-model.ts'
import { isPrinterBars } from './printer-bars.ts'

/** How a label is set for one printer. */
export interface TsplOptions {
  readonly dpi: Dpi
  /** 0 to 15; `null` leaves the printer as it is set. */
  readonly darkness: number | null
  /** Zero: endless paper. */
  readonly gapUm: number
  readonly copies: number
  readonly raster: GlyphRaster
}

/**
 * One label in TSPL: text, rules, frames and QR symbols as a picture, plain Code 128 by the printer. GS1-128 is drawn
 * as well, because makers differ in whether `EAN128` wants the brackets.
 */
export function renderLabelTspl(model: LabelModel, options: TsplOptions): Uint8Array {
  const own = (item: LabelItem): item is BarsItem => isPrinterBars(item) && item.symbology === 'code128'
  const bitmap = drawModel(model, { ...options, leaveOut: own })
  const box = inkBox(bitmap)
  const parts = [asciiBytes(beginning(model, options))]
  if (box !== null) {
    // A set bit is white here.
    const bytes = cutBytes(bitmap, box).map((byte) => byte ^ 0xff)
    parts.push(
      asciiBytes(`BITMAP ${box.x},${box.y},${box.width >> 3},${box.height},0,`),
      bytes,
      asciiBytes('\r\n'),
    )
  }
  for (const item of model.items.filter(own)) parts.push(asciiBytes(barsCommand(item, options.dpi)))
  parts.push(asciiBytes(`PRINT 1,${options.copies}\r\n`))
  return joinBytes(parts)
}

/** The empty line ends whatever half a command came before; the rest undoes what another label may have set. */
function beginning(model: LabelModel, { darkness, gapUm }: TsplOptions): string {
  return [
    '',
    `SIZE ${mm(model.widthUm)} mm,${mm(model.heightUm)} mm`,
    `GAP ${mm(gapUm)} mm,0 mm`,
    ...(darkness === null ? [] : [`DENSITY ${darkness}`]),
    'DIRECTION 0,0',
    'REFERENCE 0,0',
    'OFFSET 0 mm',
    'SHIFT 0',
    'CLS',
    '',
  ].join('\r\n')
}

const mm = (um: number): string => String(um / 1000)

/** `BARCODE x, y, type, height, readable, rotation, narrow, wide, content`: no text below, not turned. */
function barsCommand(item: BarsItem, dpi: Dpi): string {
  const { x, y, height, module } = placeBars(item, dpi)
  return `BARCODE ${x},${y},"128",${height},0,0,${module},${module},"${item.value}"\r\n`
}
