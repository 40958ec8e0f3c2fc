import { create } from 'qrcode'

/** A QR symbol: `size` rows of `size` modules, `true` is dark; the quiet zone of four modules is not included. */
export interface QrMatrix {
  readonly size: number
  readonly dark: readonly boolean[]
}

/** White that a QR symbol needs around it, in modules (ISO/IEC 18004). */
export const QR_QUIET_MODULES = 4

/** Encodes text with error correction M, the smallest version that holds it. */
export function encodeQr(text: string): QrMatrix {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  return { size: modules.size, dark: Array.from(modules.data, (value) => value === 1) }
}
