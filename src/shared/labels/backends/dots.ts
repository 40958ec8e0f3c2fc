import { moduleCount, QUIET_MODULES } from '../code128.ts'
import type { BarsItem, LabelModel, QrItem } from '../label-model.ts'
import { QR_QUIET_MODULES } from '../qr.ts'

/** Resolutions of label printers: nominal dots an inch. */
export type Dpi = 203 | 300

/** "203 dpi" are 8 dots a millimetre; 300 dpi are what they say. */
const DOTS_PER_UM = { 203: 8 / 1000, 300: 300 / 25_400 } as const

/** A length or position in whole dots. */
export const toDots = (um: number, dpi: Dpi): number => Math.round(um * DOTS_PER_UM[dpi])

/** The page in whole dots, rounded down: a dot more than the paper has would be printed on the next label. */
export function pageDots(model: LabelModel, dpi: Dpi): { readonly width: number; readonly height: number } {
  const down = (um: number): number => Math.floor(um * DOTS_PER_UM[dpi] + 1e-9)
  return { width: down(model.widthUm), height: down(model.heightUm) }
}

/** A symbol on the dot grid. */
export interface PlacedSymbol {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** Dots of one module. */
  readonly module: number
  /** The symbol with its quiet zone; nothing else may be drawn there. */
  readonly keepOut: {
    readonly x: number
    readonly y: number
    readonly width: number
    readonly height: number
  }
}

/**
 * Modules of white that the bars keep on either side at least. The layout gives them ten (ISO/IEC 15417); on a grid
 * where a module is a little wider the symbol may take two of them, which is better than much thinner bars.
 */
const LEAST_QUIET = QUIET_MODULES - 2

/** Bars in whole dots, because broken ones make modules of different widths; about the middle of their place. */
export function placeBars(item: BarsItem, dpi: Dpi): PlacedSymbol {
  const modules = moduleCount(item.modules)
  const room = toDots(item.room.widthUm, dpi)
  const fitting = Math.floor(room / (modules + 2 * LEAST_QUIET))
  const module = Math.max(1, Math.min(fitting, Math.round(item.moduleUm * DOTS_PER_UM[dpi])))
  const width = modules * module
  const quiet = Math.min(QUIET_MODULES * module, Math.floor((room - width) / 2))
  const left = toDots(item.room.xUm, dpi)
  const wanted = Math.round((item.xUm + (modules * item.moduleUm) / 2) * DOTS_PER_UM[dpi] - width / 2)
  const x = Math.min(Math.max(wanted, left + quiet), left + room - quiet - width)
  const y = toDots(item.yUm, dpi)
  const height = toDots(item.yUm + item.heightUm, dpi) - y
  return { x, y, width, height, module, keepOut: { x: x - quiet, y, width: width + 2 * quiet, height } }
}

/** A QR symbol in whole dots, about the middle of its place in the model. */
export function placeQr(item: QrItem, dpi: Dpi): PlacedSymbol {
  const module = Math.max(1, Math.round(item.moduleUm * DOTS_PER_UM[dpi]))
  const side = item.size * module
  const middle = (um: number): number =>
    Math.max(0, Math.round((um + (item.size * item.moduleUm) / 2) * DOTS_PER_UM[dpi] - side / 2))
  const [x, y] = [middle(item.xUm), middle(item.yUm)]
  const quiet = QR_QUIET_MODULES * module
  const keepOut = { x: x - quiet, y: y - quiet, width: side + 2 * quiet, height: side + 2 * quiet }
  return { x, y, width: side, height: side, module, keepOut }
}
