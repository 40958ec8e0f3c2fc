import type { TextItem } from './label-model.ts'

type Weight = TextItem['weight']

/** One glyph in black and white. */
export interface GlyphBitmap {
  readonly width: number
  readonly height: number
  /** Dots from the pen to the first column; below zero when the glyph reaches back. */
  readonly left: number
  /** Dots from the baseline up to the upper edge of the first row. */
  readonly top: number
  /** Advance of the pen as part of the size. */
  readonly advanceEm: number
  /** Rows padded to bytes, the leftmost dot in the highest bit; a set bit is black. */
  readonly bits: Uint8Array
}

/**
 * Draws single characters for the printer languages that know no Chinese. The same character, size and weight give the
 * same bits on every host and computer, so that a reprint is the print (LBL-4).
 */
export interface GlyphRaster {
  /** `sizeDots` is a whole number above zero. A character that the font lacks is drawn as its missing-glyph box. */
  glyph(character: string, sizeDots: number, weight: Weight): GlyphBitmap
}

/**
 * Remembers up to `limit` glyphs and forgets those that were not asked for longest: a shop prints the same few hundred
 * characters all day, and the rare ones of an address once.
 */
export function cacheGlyphs(raster: GlyphRaster, limit: number): GlyphRaster {
  const known = new Map<string, GlyphBitmap>()
  return {
    glyph: (character, sizeDots, weight) => {
      const key = `${weight === 'bold' ? 'b' : 'r'}${sizeDots} ${character}`
      const found = known.get(key)
      if (found !== undefined) {
        // Only a full cache needs to know what was used last.
        if (known.size >= limit) {
          known.delete(key)
          known.set(key, found)
        }
        return found
      }
      const drawn = raster.glyph(character, sizeDots, weight)
      if (known.size >= limit) forgetOldest(known)
      known.set(key, drawn)
      return drawn
    },
  }
}

function forgetOldest(known: Map<string, GlyphBitmap>): void {
  for (const key of known.keys()) {
    known.delete(key)
    return
  }
}
