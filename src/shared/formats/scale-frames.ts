import { createTextReader, readAdLine, readSicsLine } from './scale-frames-text.ts'
import { createToledoReader } from './scale-frames-toledo.ts'
import type { FrameReader, ScaleReading } from './scale-reading.ts'

/**
 * How scales speak over RS-232 and USB-serial: `ad` A&D and the many that copy it (`ST,NT,+  00.658kg`), `sics`
 * Mettler-Toledo MT-SICS (`S S     658.00 g`), `toledo` Toledo continuous output (STX, three status bytes, digits).
 */
export const SCALE_DIALECTS = ['ad', 'sics', 'toledo'] as const
export type ScaleDialect = (typeof SCALE_DIALECTS)[number]

/** A reader of one dialect. Bytes of seven bits with parity are read as well: the eighth bit is not looked at. */
export function createFrameReader(dialect: ScaleDialect): FrameReader {
  switch (dialect) {
    case 'ad':
      return createTextReader(readAdLine)
    case 'sics':
      return createTextReader(readSicsLine)
    case 'toledo':
      return createToledoReader()
  }
}

/** What a scale is asked for a weight with, at once and whether at rest or not; null: it only talks by itself. */
export function weightQuestion(dialect: ScaleDialect): string | null {
  switch (dialect) {
    case 'ad':
      return 'Q\r\n'
    case 'sics':
      return 'SI\r\n'
    case 'toledo':
      return null
  }
}

/** Hears all dialects at once until one of them makes sense. */
export interface DialectDetector {
  /** The dialect once a whole frame of it was heard, with the readings of these bytes; null before. */
  push(
    bytes: Uint8Array,
  ): { readonly dialect: ScaleDialect; readonly readings: readonly ScaleReading[] } | null
}

/** A detector; once it has found a dialect it stays with it. */
export function createDialectDetector(): DialectDetector {
  const candidates = SCALE_DIALECTS.map((dialect) => ({ dialect, reader: createFrameReader(dialect) }))
  let found: (typeof candidates)[number] | null = null
  return {
    push: (bytes) => {
      for (const candidate of found === null ? candidates : [found]) {
        const readings = candidate.reader.push(bytes)
        if (readings.length > 0) found = candidate
        if (found !== null) return { dialect: found.dialect, readings }
      }
      return null
    },
  }
}
