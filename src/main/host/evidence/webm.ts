/**
 * What the browser's recorder leaves out of its WebM (RFC 9559): the duration, without which a player neither shows how
 * long a clip is nor lets anybody move in it. Room for it is made in the header, and it is filled in at the end.
 */

const SEGMENT = 0x18538067
const INFO = 0x1549a966
const TIMESTAMP_SCALE = 0x2ad7b1
const DURATION = 0x4489
const CLUSTER = 0x1f43b675
const CLUSTER_TIMESTAMP = 0xe7
const BLOCK_GROUP = 0xa0
const BLOCK = 0xa1
const SIMPLE_BLOCK = 0xa3
/** Elements that are read into; all others are stepped over. */
const ENTERED: ReadonlySet<number> = new Set([SEGMENT, INFO, CLUSTER, BLOCK_GROUP])

const NS_PER_MS = 1_000_000
/** Shown for a clip of a single picture, whose length nothing tells. */
const ONE_FRAME_MS = 67

interface Element {
  readonly id: number
  readonly start: number
  readonly data: number
  /** Null: it goes on until something begins that cannot stand in it, as in all live recordings. */
  readonly size: number | null
}

/** Reads a size or an id: its width stands in the first byte's leading zeroes. Null when the bytes end within. */
function readVint(
  bytes: Uint8Array,
  at: number,
  keepMarker: boolean,
): { value: number; width: number } | null {
  const first = bytes[at]
  if (first === undefined || first === 0) return null
  const width = Math.clz32(first) - 23
  if (at + width > bytes.length) return null
  let value = keepMarker ? first : first & (0xff >> width)
  for (let index = 1; index < width; index++) value = value * 256 + (bytes[at + index] ?? 0)
  // All ones stand for an unknown size.
  const unknown = !keepMarker && value === 2 ** (7 * width) - 1
  return { value: unknown ? Number.POSITIVE_INFINITY : value, width }
}

function readElement(bytes: Uint8Array, start: number): Element | null {
  const id = readVint(bytes, start, true)
  if (id === null || id.width > 4) return null
  const size = readVint(bytes, start + id.width, false)
  if (size === null) return null
  const data = start + id.width + size.width
  return { id: id.value, start, data, size: Number.isFinite(size.value) ? size.value : null }
}

/** Headers take some hundred bytes; what has none by then is no recording that we know. */
const MOST_HEADER_BYTES = 16_384

/**
 * The beginning of a recording with an empty duration in its header. Given back as it came when it has one already or is
 * no such file: then it is kept without. Null while more of it is needed: the recorder may cut its header anywhere.
 */
export function withDurationSlot(head: Uint8Array): Uint8Array | null {
  const unfinished = head.length < MOST_HEADER_BYTES ? null : head
  for (let at = 0; at < head.length; ) {
    const element = readElement(head, at)
    if (element === null) return unfinished
    const { id, data, size } = element
    if (id === INFO) return size === null ? head : insertDuration(head, { ...element, size }, unfinished)
    if (id === CLUSTER || (id !== SEGMENT && size === null)) return head
    at = id === SEGMENT ? data : data + (size ?? 0)
  }
  return unfinished
}

function insertDuration(
  head: Uint8Array,
  info: Element & { readonly size: number },
  unfinished: Uint8Array | null,
): Uint8Array | null {
  const end = info.data + info.size
  if (end > head.length) return unfinished
  for (let at = info.data; at < end; ) {
    const child = readElement(head, at)
    if (child === null || child.size === null || child.id === DURATION) return head
    at = child.data + child.size
  }
  const slot = Buffer.alloc(11)
  slot.writeUInt16BE(DURATION)
  slot[2] = 0x88
  const infoHead = Buffer.alloc(8)
  infoHead.writeUInt32BE(INFO)
  // Four bytes wide, whatever width it had: always room enough.
  infoHead.writeUInt32BE(0x10000000 + info.size + slot.length, 4)
  return Buffer.concat([
    head.subarray(0, info.start),
    infoHead,
    head.subarray(info.data, end),
    slot,
    head.subarray(end),
  ])
}

/** What a recording holds, read from its own time stamps. */
export interface WebmMeasure {
  readonly durationMs: number
  /** Behind the last whole element; what follows is the torn rest of a crash. */
  readonly goodEnd: number
  /** Where the duration stands and what belongs there, ready to be written; null without room for it. */
  readonly duration: { readonly position: number; readonly bytes: Uint8Array } | null
}

/** Walks through a whole recording; anything that is no WebM measures zero. */
export function measureWebm(bytes: Uint8Array): WebmMeasure {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let [at, goodEnd, nsPerTick, clusterAt] = [0, 0, NS_PER_MS, 0]
  let slot: number | null = null
  const ticks: { last: number | null; before: number | null } = { last: null, before: null }
  for (;;) {
    const element = readElement(view, at)
    if (element === null) break
    const { id, data, size } = element
    const end = ENTERED.has(id) ? data : size === null ? null : data + size
    if (end === null || end > view.length) break
    if (id === TIMESTAMP_SCALE && size !== null && size <= 6) nsPerTick = view.readUIntBE(data, size)
    if (id === DURATION && size === 8) slot = data
    if (id === CLUSTER_TIMESTAMP && size !== null && size > 0 && size <= 6)
      clusterAt = view.readUIntBE(data, size)
    if (id === SIMPLE_BLOCK || id === BLOCK) {
      const track = readVint(view, data, false)
      if (track !== null && (size ?? 0) > track.width + 2) {
        ticks.before = ticks.last
        ticks.last = clusterAt + view.readInt16BE(data + track.width)
      }
    }
    at = end
    goodEnd = end
  }
  const { last, before } = ticks
  const msPerTick = nsPerTick / NS_PER_MS
  const lastMs = (last ?? 0) * msPerTick
  const frameMs = before === null || last === null ? ONE_FRAME_MS : Math.max(0, (last - before) * msPerTick)
  const durationMs = last === null ? 0 : Math.round(lastMs + frameMs)
  return {
    durationMs,
    goodEnd,
    duration: slot === null ? null : { position: slot, bytes: float64(durationMs / msPerTick) },
  }
}

function float64(value: number): Uint8Array {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  return bytes
}
