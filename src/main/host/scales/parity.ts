/**
 * Text as bytes of seven bits with even parity in the eighth. Many scales leave the works that way (7E1), others with
 * eight bits; a port opened with eight bits can speak to both, and hears both when the eighth bit is not looked at.
 */
export function withEvenParity(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => {
    const bits = letter.charCodeAt(0) & 0x7f
    return ones(bits) % 2 === 1 ? bits | 0x80 : bits
  })
}

function ones(bits: number): number {
  return bits === 0 ? 0 : (bits & 1) + ones(bits >> 1)
}
