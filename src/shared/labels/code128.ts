import bwip from 'bwip-js/generic'
import { assert } from '../base/assert.ts'
import { isPrintableCode } from '../base/text.ts'
import { parseSscc } from '../formats/sscc.ts'
import type { Symbology } from './label-model.ts'

/** Code 128 asks for ten modules of white on either side (ISO/IEC 15417). */
export const QUIET_MODULES = 10

/**
 * Alternating bar and space widths in modules, starting and ending with a bar, quiet zones not included. Digit runs
 * are packed (code set C).
 *
 * `code` must be printable ASCII; anything else is a broken promise and asserts: ask `canEncode` first.
 */
export function encodeCode128(code: string): readonly number[] {
  assert(isPrintableCode(code), `not a printable code: ${JSON.stringify(code)}`)
  return barsOf({ bcid: 'code128', text: code })
}

/**
 * GS1-128 of an SSCC: FNC1, application identifier 00 and the eighteen digits. `code` is `00…` and must have the right
 * check digit, else it asserts.
 */
export function encodeGs1Sscc(code: string): readonly number[] {
  const sscc = parseSscc(code)
  assert(sscc !== null, `not an SSCC: ${JSON.stringify(code)}`)
  return barsOf({ bcid: 'gs1-128', text: `(00)${sscc}` })
}

function barsOf(options: { readonly bcid: string; readonly text: string }): readonly number[] {
  const [symbol] = bwip.raw(options)
  assert(symbol !== undefined && 'sbs' in symbol, 'the encoder gave no bars')
  return symbol.sbs
}

/** True when the code can be made into bars of this symbology, whatever their width. */
export function canEncode(code: string, symbology: Symbology): boolean {
  return symbology === 'gs1-128' ? parseSscc(code) !== null : isPrintableCode(code)
}

/** Width of the bars in modules, without quiet zones. */
export function moduleCount(modules: readonly number[]): number {
  return modules.reduce((sum, width) => sum + width, 0)
}
