import { canEncode, encodeCode128, encodeGs1Sscc, moduleCount, QUIET_MODULES } from './code128.ts'
import type { BarsItem, LabelBox, LabelItem, QrItem, Symbology } from './label-model.ts'
import { encodeQr, QR_QUIET_MODULES } from './qr.ts'

/** One dot of the usual thermal printer, 8 dots a millimetre. Bars that begin on a dot print with even edges. */
const DOT_UM = 125
/** Two dots: what a one-bit print still keeps apart in bars. */
const MIN_MODULE_UM = 2 * DOT_UM
/** QR symbols of two dots a module are not read from a one-bit print; those of three are. */
const MIN_QR_MODULE_UM = 3 * DOT_UM
/** Lower bars are missed by a scanner that is held a little askew. */
const MIN_BARS_HEIGHT_UM = 5000
/** Beyond this no QR symbol on a label could be read. */
const MAX_CODE_LENGTH = 400

/** A placed symbol and the white that it needs, which no other ink may enter; or why there is none. */
export type PlacedCode =
  | { readonly tag: 'placed'; readonly item: BarsItem | QrItem; readonly zone: LabelBox }
  | { readonly tag: 'unprintableCode' }
  | { readonly tag: 'tooSmallForCode' }

export interface CodeToPlace {
  readonly code: string
  readonly symbology: Symbology
  /** QR wherever it stands; otherwise bars if they fit. */
  readonly asQr: boolean
  /** Widest module of bars. */
  readonly maxModuleUm: number
  /** Symbols placed before: the same code is not encoded twice. */
  readonly known?: readonly LabelItem[]
}

/**
 * Puts a code into the middle of its box, quiet zones included, in whole dots of 203 dpi. Bars have modules of two
 * dots at least; a code too long for that, or a box too low, gives a QR symbol of three dots, so that it still can be
 * read.
 */
export function placeCode(box: LabelBox, wanted: CodeToPlace): PlacedCode {
  if (!canEncode(wanted.code, wanted.symbology)) return { tag: 'unprintableCode' }
  if (wanted.code.length > MAX_CODE_LENGTH) return { tag: 'tooSmallForCode' }
  const bars = wanted.asQr ? null : placeBars(box, wanted)
  return bars ?? placeQr(box, wanted.code)
}

function placeBars(box: LabelBox, wanted: CodeToPlace): PlacedCode | null {
  if (box.heightUm < MIN_BARS_HEIGHT_UM) return null
  const { code, symbology, maxModuleUm } = wanted
  const dots = onDots(box.xUm, box.widthUm)
  const modules =
    knownModules(wanted) ?? (symbology === 'gs1-128' ? encodeGs1Sscc(code) : encodeCode128(code))
  const wide = moduleCount(modules) + 2 * QUIET_MODULES
  const moduleUm = Math.min(maxModuleUm, floorToDot(dots.lengthUm / wide))
  if (moduleUm < MIN_MODULE_UM) return null
  const startUm = dots.startUm + floorToDot((dots.lengthUm - wide * moduleUm) / 2)
  const item: BarsItem = {
    item: 'bars',
    symbology,
    xUm: startUm + QUIET_MODULES * moduleUm,
    yUm: box.yUm,
    heightUm: box.heightUm,
    moduleUm,
    modules,
    value: code,
    room: { ...box },
  }
  return { tag: 'placed', item, zone: item.room }
}

function knownModules({ known, code, symbology }: CodeToPlace): readonly number[] | undefined {
  for (const item of known ?? [])
    if (item.item === 'bars' && item.value === code && item.symbology === symbology) return item.modules
  return undefined
}

function placeQr(box: LabelBox, code: string): PlacedCode {
  const across = onDots(box.xUm, box.widthUm)
  const down = onDots(box.yUm, box.heightUm)
  const sideUm = Math.min(across.lengthUm, down.lengthUm)
  if (sideUm < (21 + 2 * QR_QUIET_MODULES) * MIN_QR_MODULE_UM) return { tag: 'tooSmallForCode' }
  const { size, dark } = encodeQr(code)
  const wide = size + 2 * QR_QUIET_MODULES
  const moduleUm = floorToDot(sideUm / wide)
  if (moduleUm < MIN_QR_MODULE_UM) return { tag: 'tooSmallForCode' }
  const zone = {
    xUm: across.startUm + floorToDot((across.lengthUm - wide * moduleUm) / 2),
    yUm: down.startUm + floorToDot((down.lengthUm - wide * moduleUm) / 2),
    widthUm: wide * moduleUm,
    heightUm: wide * moduleUm,
  }
  const quietUm = QR_QUIET_MODULES * moduleUm
  const place = { xUm: zone.xUm + quietUm, yUm: zone.yUm + quietUm }
  return { tag: 'placed', item: { item: 'qr', ...place, moduleUm, size, dark, value: code }, zone }
}

/** The part of a stretch between its first and its last whole dot. */
function onDots(fromUm: number, lengthUm: number): { readonly startUm: number; readonly lengthUm: number } {
  const startUm = Math.ceil(fromUm / DOT_UM) * DOT_UM
  return { startUm, lengthUm: Math.max(0, floorToDot(fromUm + lengthUm) - startUm) }
}

const floorToDot = (um: number): number => Math.floor(um / DOT_UM) * DOT_UM
