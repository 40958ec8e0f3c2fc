import { type FrameReader, gramsOf, OVERLOAD, type ScaleReading, UNDERLOAD } from './scale-reading.ts'

/** No dialect's line is half as long; what comes before in a longer one is noise. */
const LONGEST_LINE = 64

/** Carriage return or line feed, whichever comes, ends a line. */
const isLineEnd = (byte: number): boolean => byte === 0x0d || byte === 0x0a

/** Reads a dialect of lines; what stands before a frame in its line is noise, what stands behind spoils it. */
export function createTextReader(readLine: (line: string) => ScaleReading | null): FrameReader {
  let line = ''
  return {
    push: (bytes) => {
      const readings: ScaleReading[] = []
      for (const raw of bytes) {
        const byte = raw & 0x7f
        if (!isLineEnd(byte)) {
          line = (line + String.fromCharCode(byte)).slice(-LONGEST_LINE)
          continue
        }
        const reading = line === '' ? null : readLine(line)
        if (reading !== null) readings.push(reading)
        line = ''
      }
      return readings
    },
  }
}

/**
 * A&D standard format: `ST,NT,+  00.658kg`. Stable, unstable, out of range (by sign: over or under); gross or net, also
 * with a comparator's word. Tare (`TR`) and counts (`QT`) are no weight of the pan and are passed over.
 */
const AD_LINE =
  /(ST|US|OL|UL|LO),(?:(GS|NT|G|N|HI|OK|LO|--),)?([+-]?)([ \d.]{0,12}?) {0,3}(kg|g|lb|oz|t)? {0,2}$/i

/** One line of A&D's format; null when it is none. */
export function readAdLine(line: string): ScaleReading | null {
  const match = AD_LINE.exec(line)
  if (match === null) return null
  const [, header = '', , sign = '', digits = '', unit] = match
  const word = header.toUpperCase()
  if (word === 'UL') return UNDERLOAD
  if (word === 'OL' || word === 'LO') return sign === '-' ? UNDERLOAD : OVERLOAD
  const grams = unit === undefined ? null : gramsOfText(sign, digits, unit)
  return grams === null ? null : { grams, state: word === 'ST' ? 'stable' : 'moving' }
}

/**
 * MT-SICS: `S S     658.00 g` stable, `S D     658.00 g` moving, `S +` and `S -` over and under range. `S I` (busy) and
 * the error words `ES`, `ET`, `EL` say nothing of a weight.
 */
const SICS_LINE =
  /(?:^|[^A-Za-z\d ,])S (?:([+-])|([SD]) {1,12}(-?) {0,10}([\d.]{1,12}) {1,3}(mg|kg|g|lb|oz|t)) {0,3}$/

/** One line of an MT-SICS answer; null when it is none. */
export function readSicsLine(line: string): ScaleReading | null {
  const match = SICS_LINE.exec(line)
  if (match === null) return null
  const [, range, state, sign = '', digits = '', unit = ''] = match
  if (range !== undefined) return range === '+' ? OVERLOAD : UNDERLOAD
  const grams = gramsOfText(sign, digits, unit)
  return grams === null ? null : { grams, state: state === 'S' ? 'stable' : 'moving' }
}

/** `  00.658`: blanks before, digits with at most one point. */
function gramsOfText(sign: string, text: string, unit: string): number | null {
  const match = /^ *(\d{1,9})(?:\.(\d{0,6}))?$/.exec(text)
  if (match === null) return null
  const [, whole = '', fraction = ''] = match
  const digits = Number(whole + fraction)
  return gramsOf(sign === '-' ? -digits : digits, fraction.length, unit)
}
