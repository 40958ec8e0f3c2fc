import type { BarsItem, LabelModel } from '../label-model.ts'
import type { GlyphRaster } from '../raster-port.ts'
import { asciiBytes, joinBytes } from './ascii.ts'
import { type Bitmap, cutBytes, type DotBox, inkBox } from './bitmap.ts'
import { type Dpi, pageDots, placeBars } from './dots.ts'
import { drawModel } from './draw-model.ts'
import { isPrinterBars } from './printer-bars.ts'
import { type Deflate, encodeZ64 } from './z64.ts'

/** How a label is set for one printer. */
export interface ZplOptions {
  readonly dpi: Dpi
  /** 0 to 15; `null` leaves the printer as it is set. */
  readonly darkness: number | null
  /** Zero: endless paper. */
  readonly gapUm: number
  readonly copies: number
  readonly raster: GlyphRaster
  readonly deflate: Deflate
}

/** `^GF` counts at most so many bytes (ZPL II guide); a larger picture goes in bands. */
const MOST_GRAPHIC_BYTES = 99_999

/**
 * One label in ZPL II: text, rules, frames and QR symbols as one picture, because few printers have Chinese fonts and
 * none sets text as the model measured it; Code 128 by the printer, whose dots are even.
 */
export function renderLabelZpl(model: LabelModel, options: ZplOptions): Uint8Array {
  const bitmap = drawModel(model, { ...options, leaveOut: isPrinterBars })
  return joinBytes([
    asciiBytes(beginning(model, options)),
    ...picture(bitmap, options.deflate),
    ...model.items.filter(isPrinterBars).map((item) => asciiBytes(barsCommand(item, options.dpi))),
    asciiBytes(`^PQ${options.copies}\n^XZ\n`),
  ])
}

/**
 * Everything that a courier's label printed before may have left behind is set anew: tear-off mode, media tracking,
 * upside-down, mirrored and reversed print, shifts, field orientation, resolution, home position, UTF-8.
 */
function beginning(model: LabelModel, { dpi, darkness, gapUm }: ZplOptions): string {
  const { width, height } = pageDots(model, dpi)
  // `~SD` counts 0 to 30, always in two digits; `^MD` adds to it.
  const dark = darkness === null ? '' : `~SD${String(darkness * 2).padStart(2, '0')}\n`
  const tracking = gapUm === 0 ? '^MNN' : '^MNY'
  return `${dark}^XA\n^MMT${tracking}^PON^PMN^LRN^LT0^LS0^MD0^JMA^FWN^CI28\n^PW${width}^LL${height}^LH0,0\n`
}

function picture(bitmap: Bitmap, deflate: Deflate): Uint8Array[] {
  const box = inkBox(bitmap)
  if (box === null) return []
  return bandsOf(box).flatMap((band) => {
    const bytes = cutBytes(bitmap, band)
    const head = `^FO${band.x},${band.y}^GFA,${bytes.length},${bytes.length},${band.width >> 3},`
    return [asciiBytes(head), encodeZ64(bytes, deflate), asciiBytes('^FS\n')]
  })
}

/** Bands of equal height, as few as the limit allows. */
function bandsOf(box: DotBox): DotBox[] {
  const mostRows = Math.floor(MOST_GRAPHIC_BYTES / (box.width >> 3))
  const height = Math.ceil(box.height / Math.ceil(box.height / mostRows))
  const bands: DotBox[] = []
  for (let y = 0; y < box.height; y += height) {
    bands.push({ ...box, y: box.y + y, height: Math.min(height, box.height - y) })
  }
  return bands
}

/** Without the line of text below: the label has its own. Mode D begins with FNC1, mode A packs digits by itself. */
function barsCommand(item: BarsItem, dpi: Dpi): string {
  const { x, y, height, module } = placeBars(item, dpi)
  const [mode, value] = item.symbology === 'gs1-128' ? ['D', bracketed(item.value)] : ['A', item.value]
  return `^FO${x},${y}^BY${module}^BCN,${height},N,N,N,${mode}^FD${value}^FS\n`
}

/** Mode D wants the application identifier in brackets, which it does not print as bars. */
function bracketed(value: string): string {
  return `(${value.slice(0, 2)})${value.slice(2)}`
}
