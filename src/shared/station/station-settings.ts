import { canonicalHash } from '../ledger/canonical.ts'

/** Settings are the shop's and travel to every station; a station's own name and code are kept under its id. */
export const stationSetting = (stationId: string, name: 'name' | 'code'): string =>
  `station:${stationId}:${name}`

/** Key in `meta`: told apart from the station's earlier lives in document numbers; empty in the first one. */
export const GENERATION_MARK = 'generationMark'

/**
 * A rebuilt or restored station does not know every number that the lost one gave out, so that its own carry a mark of
 * the new generation from then on (decision 7).
 */
export function generationMark(generation: string): string {
  return `.${canonicalHash(generation).slice(0, 3).toUpperCase()}`
}
