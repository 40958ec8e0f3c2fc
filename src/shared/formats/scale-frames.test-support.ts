/** One frame of Toledo continuous output as a scale would send it, by the layout of its manuals. */
export function toledoFrame({
  digits,
  decimals = 0,
  unit = 'g',
  negative = false,
  motion = false,
  outOfRange = false,
  checksum = true,
}: {
  readonly digits: number
  readonly decimals?: number
  readonly unit?: 'g' | 'kg' | 'lb'
  readonly negative?: boolean
  readonly motion?: boolean
  readonly outOfRange?: boolean
  readonly checksum?: boolean
}): Uint8Array {
  const statusA = 0x28 | (decimals + 2)
  const flags = [negative ? 0x02 : 0, outOfRange ? 0x04 : 0, motion ? 0x08 : 0, unit === 'kg' ? 0x10 : 0]
  const statusB = flags.reduce((sum, flag) => sum | flag, 0x20)
  const statusC = unit === 'g' ? 0x21 : 0x20
  const text = `${String(digits).padStart(6)}000000\r`
  const frame = [0x02, statusA, statusB, statusC, ...Array.from(text, (letter) => letter.charCodeAt(0))]
  const sum = frame.reduce((total, byte) => total + byte, 0)
  return Uint8Array.from(checksum ? [...frame, (128 - (sum % 128)) % 128] : frame)
}
