import { type FrameReader, gramsOf, OVERLOAD, type ScaleReading, UNDERLOAD } from './scale-reading.ts'

/*
 * Toledo continuous output: STX, status A, B and C, six digits of the displayed weight, six digits of tare, CR, and a
 * checksum where it is switched on. Neither decimal point nor unit stand in the digits: the status bytes carry them.
 */

const STX = 0x02
const CR = 0x0d
const LF = 0x0a
const FRAME_BYTES = 17
const WEIGHT_AT = 4
const TARE_AT = 10
const CR_AT = 16

/** Votes that settle whether frames carry a checksum; a contrary vote takes one back. */
const SETTLED = 2

/** A frame whose end has come, and that waits to see whether a checksum follows. */
interface Pending {
  readonly reading: ScaleReading | null
  readonly checksum: number
}

/**
 * Reads Toledo continuous output. Whether a checksum follows is learnt from the stream: what stands behind CR is either
 * the sum, or the STX of the next frame. A frame is believed by its sum; once it is certain that none are sent, it is read
 * at its CR, without waiting for the next one.
 */
export function createToledoReader(): FrameReader {
  const held: number[] = []
  let pending: Pending | null = null
  /** From -2 (no checksums) to 2 (checksums). */
  let votes = 0
  const vote = (by: 1 | -1): void => {
    votes = Math.max(-SETTLED, Math.min(SETTLED, votes + by))
  }
  /** Learns from the byte behind a frame; true when it is the frame's sum. */
  const judge = ({ checksum }: Pending, next: number): boolean => {
    const right = next === checksum
    const nextFrame = next === STX || next === LF
    if (right && !nextFrame) vote(1)
    if (!right && nextFrame) vote(-1)
    return right
  }
  return {
    push: (bytes) => {
      const readings: ScaleReading[] = []
      const take = (reading: ScaleReading | null): void => {
        if (reading !== null) readings.push(reading)
      }
      for (const raw of bytes) {
        const byte = raw & 0x7f
        if (pending !== null) {
          const settledWithout = votes === -SETTLED
          const isSum = judge(pending, byte)
          if (isSum && !settledWithout) take(pending.reading)
          pending = null
        }
        held.push(byte)
        const frame = completeFrame(held)
        if (frame === null) continue
        pending = { reading: readFrame(frame), checksum: checksumOf(frame) }
        if (votes === -SETTLED) take(pending.reading)
      }
      return readings
    },
  }
}

/** Takes the frame out of the bytes held, once there is one; bytes that cannot begin a frame are let go. */
function completeFrame(held: number[]): readonly number[] | null {
  while (held.length > 0 && !mayBeFrame(held)) held.shift()
  return held.length === FRAME_BYTES ? held.splice(0, FRAME_BYTES) : null
}

function mayBeFrame(held: readonly number[]): boolean {
  return held.every((byte, at) => {
    if (at === 0) return byte === STX
    if (at < WEIGHT_AT) return byte >= 0x20
    return at === CR_AT ? byte === CR : isDigitOrBlank(byte)
  })
}

const isDigitOrBlank = (byte: number): boolean => byte === 0x20 || (byte >= 0x30 && byte <= 0x39)

/** Two's complement of the seven low bits of the sum from STX to CR. */
function checksumOf(frame: readonly number[]): number {
  return -frame.reduce((sum, byte) => sum + byte, 0) & 0x7f
}

const A_POINT = 0b111
const B_NEGATIVE = 0b10
const B_OUT_OF_RANGE = 0b100
const B_MOTION = 0b1000
const B_KILOGRAMS = 0b1_0000
const C_UNIT = 0b111

/** Units by the three low bits of status C; the first one is told by status B, the rest are no weights of parcels. */
const UNITS = ['', 'g', 't', 'oz'] as const

function readFrame(frame: readonly number[]): ScaleReading | null {
  const [, a = 0, b = 0, c = 0] = frame
  const negative = (b & B_NEGATIVE) !== 0
  if ((b & B_OUT_OF_RANGE) !== 0) return negative ? UNDERLOAD : OVERLOAD
  const text = String.fromCharCode(...frame.slice(WEIGHT_AT, TARE_AT)).trimStart()
  if (!/^\d{1,6}$/.test(text)) return null
  const unit = UNITS[c & C_UNIT]
  if (unit === undefined) return null
  // 000 stands for two zeros that are not sent, 010 for whole units, 101 for three decimals.
  const decimals = (a & A_POINT) - 2
  const named = unit === '' ? ((b & B_KILOGRAMS) !== 0 ? 'kg' : 'lb') : unit
  const grams = gramsOf(negative ? -Number(text) : Number(text), decimals, named)
  return grams === null ? null : { grams, state: (b & B_MOTION) !== 0 ? 'moving' : 'stable' }
}
