import type { Choice } from '../answer.ts'

/** Why a piece off its measure may go all the same (PAK-3). */
export const OVERRIDE_CHOICES: readonly Choice[] = [
  { tag: 'buyerAgreed' },
  { tag: 'measuredAgain' },
  { tag: 'noOtherPiece' },
]

/** Why a parcel whose weight is off may go all the same (PAK-4). */
export const ACCEPT_WEIGHT_CHOICES: readonly Choice[] = [
  { tag: 'contentsChecked' },
  { tag: 'otherPacking' },
  { tag: 'goodsChanged' },
]
