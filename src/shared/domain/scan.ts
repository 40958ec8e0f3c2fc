import { normaliseCode } from '../base/text.ts'

/** The areas of the floor, each with one open task and one verdict. */
export type Area = 'receive' | 'putaway' | 'pick' | 'pack' | 'handover'

/** Control words of the scan grammar (interface.md, scan-only grammar). */
export const CONTROL_WORDS = [
  'NEW',
  'CONFIRM',
  'BACK',
  'HOLD',
  'FINISH',
  'REPRINT',
  'NEXT',
  'WEIGH',
  'DEFECT',
  'SHORT',
  'OVERRIDE',
] as const
export type ControlWord = (typeof CONTROL_WORDS)[number]

/** A scan, parsed once at the border. */
export type Scan =
  | { readonly scan: 'control'; readonly word: ControlWord }
  | { readonly scan: 'choice'; readonly number: number }
  | { readonly scan: 'quantity'; readonly quantity: number }
  | { readonly scan: 'measure'; readonly measureMm: number }
  | { readonly scan: 'weight'; readonly weightGrams: number }
  | { readonly scan: 'size'; readonly sizeMm: readonly [number, number, number] }
  | { readonly scan: 'fee'; readonly feeFen: number }
  | { readonly scan: 'badge'; readonly code: string }
  | { readonly scan: 'courier'; readonly code: string }
  | { readonly scan: 'code'; readonly code: string }
  | { readonly scan: 'unreadable'; readonly raw: string }

/** The longest code anything prints; longer bursts are two codes run into each other, or noise. */
const MAX_CODE_LENGTH = 120

/**
 * Reads the scan-only grammar. Codes come back normalised; a control prefix with nonsense behind it is `unreadable`,
 * never a product code by accident. `FEN-n` is the courier's price in fen, `SIZE-300-200-150` a parcel's sides in
 * millimetres.
 */
export function parseScan(raw: string): Scan {
  const code = normaliseCode(raw)
  if (code.length === 0 || code.length > MAX_CODE_LENGTH)
    return { scan: 'unreadable', raw: code.slice(0, 40) }
  const command = /^(CMD|ANS|QTY|MM|G|SIZE|FEN|BADGE|COURIER)-(.*)$/.exec(code)
  if (!command) return { scan: 'code', code }
  const [, prefix = '', rest = ''] = command
  return parseCommand(prefix, rest) ?? { scan: 'unreadable', raw: code.slice(0, 40) }
}

function parseCommand(prefix: string, rest: string): Scan | null {
  const number = /^\d{1,9}$/.test(rest) ? Number(rest) : null
  switch (prefix) {
    case 'CMD': {
      const word = CONTROL_WORDS.find((known) => known === rest)
      return word ? { scan: 'control', word } : null
    }
    case 'ANS':
      return number !== null && number >= 1 && number <= 9 ? { scan: 'choice', number } : null
    case 'QTY':
      return number !== null && number <= 1_000_000 ? { scan: 'quantity', quantity: number } : null
    case 'MM':
      return number !== null && number > 0 ? { scan: 'measure', measureMm: number } : null
    case 'G':
      // A SKU may well be called G-12A; only a figure behind the G is a weight.
      return number === null ? { scan: 'code', code: `G-${rest}` } : { scan: 'weight', weightGrams: number }
    case 'SIZE':
      return parcelSize(rest) ?? { scan: 'code', code: `SIZE-${rest}` }
    case 'FEN':
      return number === null ? null : { scan: 'fee', feeFen: number }
    case 'BADGE':
      return rest ? { scan: 'badge', code: rest } : null
    case 'COURIER':
      return rest ? { scan: 'courier', code: rest } : null
    default:
      return null
  }
}

/** Three sides in millimetres; none longer than three metres. */
function parcelSize(text: string): Scan | null {
  const sides = /^(\d{1,4})[-X*](\d{1,4})[-X*](\d{1,4})$/.exec(text)?.slice(1).map(Number) ?? []
  const [length = 0, width = 0, height = 0] = sides
  if (Math.min(length, width, height) < 1 || Math.max(length, width, height) > 3000) return null
  return { scan: 'size', sizeMm: [length, width, height] }
}

/** What may be written down of a scan: a badge is a credential and is kept as its prefix only. */
export function recordableScan(raw: string, scan: Scan): string {
  return scan.scan === 'badge' ? 'BADGE-…' : normaliseCode(raw).slice(0, MAX_CODE_LENGTH)
}
