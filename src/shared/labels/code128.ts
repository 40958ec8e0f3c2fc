import bwip from 'bwip-js/generic'
import { assert } from '../base/assert.ts'
import { isPrintableCode } from '../base/text.ts'

/** Code 128 asks for ten modules of white on either side (ISO/IEC 15417). */
export const QUIET_MODULES = 10

/**
 * Alternating bar and space widths in modules, starting and ending with a bar, quiet zones not included. Digit runs
 * are packed (code set C).
 *
 * `code` must be printable ASCII; anything else is a broken promise of the document and asserts, because a label
 * without its code is worse than none.
 */
export function encodeCode128(code: string): readonly number[] {
  assert(isPrintableCode(code), `not a printable code: ${JSON.stringify(code)}`)
  const [symbol] = bwip.raw({ bcid: 'code128', text: code })
  assert(symbol !== undefined && 'sbs' in symbol, 'the encoder gave no bars')
  return symbol.sbs
}

/** Width of the bars in modules, without quiet zones. */
export function moduleCount(modules: readonly number[]): number {
  return modules.reduce((sum, width) => sum + width, 0)
}
