/**
 * Text to GB18030, which platforms with Chinese files want back (formats.md). The table is the inverse of the decoder
 * that every browser has, so that nothing can differ from what the station reads.
 */
export function encodeGb18030(text: string): Uint8Array<ArrayBuffer> {
  const table = codeTable()
  const bytes: number[] = []
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    if (point < 0x80) bytes.push(point)
    else bytes.push(...(table.get(character) ?? fourBytes(point)))
  }
  return Uint8Array.from(bytes)
}

let built: ReadonlyMap<string, readonly number[]> | null = null

function codeTable(): ReadonlyMap<string, readonly number[]> {
  built ??= buildTable()
  return built
}

/** All two-byte codes, and the four-byte codes of the basic plane (GB 18030: 81 30 81 30 to 84 31 A4 39). */
function buildTable(): Map<string, readonly number[]> {
  const decoder = new TextDecoder('gb18030')
  const table = new Map<string, readonly number[]>()
  const add = (code: readonly number[]): void => {
    const character = decoder.decode(Uint8Array.from(code))
    if ([...character].length === 1 && character !== '\ufffd' && !table.has(character))
      table.set(character, code)
  }
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) add([lead, trail])
  for (let linear = 0; linear < 39_420; linear++) add(linearCode(linear))
  return table
}

function linearCode(linear: number, firstByte = 0x81): number[] {
  const fourth = linear % 10
  const third = Math.floor(linear / 10) % 126
  const second = Math.floor(linear / 1260) % 10
  const first = Math.floor(linear / 12_600)
  return [firstByte + first, 0x30 + second, 0x81 + third, 0x30 + fourth]
}

/** Beyond the basic plane codes are linear from 90 30 81 30; a lone surrogate has none and becomes a question mark. */
function fourBytes(point: number): number[] {
  return point >= 0x10000 ? linearCode(point - 0x10000, 0x90) : [0x3f]
}
