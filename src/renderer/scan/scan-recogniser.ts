import { characterOfKey, isInputMethodKey, isTerminator, type ScanKey } from './key-character.ts'

/** Fewest keys of a scan inside a field (interface.md, Scans). */
const fieldScanKeys = 4
/** A scan inside a field has a mean gap under this (interface.md, Scans). */
const fieldScanMeanGapMs = 35
/** Gaps above this look like fingers; two in a row are typing, one alone may be a hiccup inside a scan. */
const slowGapMs = 70
/** One key alone before a gap above this was typed, not scanned. */
const loneKeyGapMs = 150
/** A pause this long in a field always begins something new. */
const fieldPauseMs = 300
/** Outside a field codes may be typed slowly; what lies longer than this is forgotten. */
const silenceMs = 10_000
/** A second terminator this soon (CR LF, Enter Tab) belongs to the scan before it. */
const secondTerminatorMs = 50

interface BufferedKey {
  readonly character: string
  readonly timeStampMs: number
  readonly inField: boolean
  readonly scanTarget: boolean
  readonly inputMethod: boolean
}

/** What the recogniser remembers between two keys. */
export interface ScanState {
  readonly keys: readonly BufferedKey[]
  /** Text came into the field without keys (paste, hanzi): until a pause or a terminator nothing here is a scan. */
  readonly foreignAtMs: number | null
  /** The terminator key of the last scan, held until another key comes. */
  readonly lastTerminator: { readonly code: string; readonly timeStampMs: number } | null
}

/**
 * What to do with the key.
 * - `none`: it goes its way.
 * - `swallow`: nobody else may see it.
 * - `scan`: swallow it and deliver `text`; when `fieldKeys` > 0 the focused field first goes back to what it was
 *   before that many last keys.
 * - `fillField`: an input method garbled a scan into a `data-scan-target` field: swallow it, put the field back by
 *   `fieldKeys` keys, insert `text` there and submit.
 */
export type ScanAction =
  | { readonly tag: 'none' }
  | { readonly tag: 'swallow' }
  | { readonly tag: 'scan'; readonly text: string; readonly fieldKeys: number }
  | { readonly tag: 'fillField'; readonly text: string; readonly fieldKeys: number }

/** A new state and what to do. */
export interface ScanStep {
  readonly state: ScanState
  readonly action: ScanAction
}

/** The state at start and after anything that breaks a scan. */
export const emptyScanState: ScanState = { keys: [], foreignAtMs: null, lastTerminator: null }

const none: ScanAction = { tag: 'none' }
const swallow: ScanAction = { tag: 'swallow' }

/** True when the gap before a new key shows that the keys before it are no part of one burst with it. */
function isBurstBoundary(keys: readonly BufferedKey[], gapMs: number): boolean {
  if (gapMs > fieldPauseMs) return true
  if (gapMs <= slowGapMs) return false
  const last = keys.at(-1)
  const secondLast = keys.at(-2)
  if (last === undefined || secondLast === undefined) return gapMs > loneKeyGapMs
  return last.timeStampMs - secondLast.timeStampMs > slowGapMs
}

/** The keys that still count when a key arrives now at a place inside or outside a field. */
function keysStillCounting(state: ScanState, event: ScanKey): readonly BufferedKey[] {
  const last = state.keys.at(-1)
  if (last === undefined) return state.keys
  const gapMs = event.timeStampMs - last.timeStampMs
  if (last.inField !== event.inField || last.scanTarget !== event.scanTarget) {
    return gapMs > slowGapMs ? [] : state.keys
  }
  if (!event.inField) return gapMs > silenceMs ? [] : state.keys
  return isBurstBoundary(state.keys, gapMs) ? [] : state.keys
}

function meanGapMs(keys: readonly BufferedKey[]): number {
  const first = keys[0]
  const last = keys.at(-1)
  if (first === undefined || last === undefined || keys.length < 2) return Number.POSITIVE_INFINITY
  return (last.timeStampMs - first.timeStampMs) / (keys.length - 1)
}

/** The longest tail that begins the run or follows a slow gap and is fast enough for a scan; empty when none. */
function burstAtEnd(keys: readonly BufferedKey[]): readonly BufferedKey[] {
  for (let start = 0; start + fieldScanKeys <= keys.length; start += 1) {
    const before = keys[start - 1]
    const first = keys[start]
    const begins = before === undefined || (first?.timeStampMs ?? 0) - before.timeStampMs > slowGapMs
    const tail = keys.slice(start)
    if (begins && meanGapMs(tail) < fieldScanMeanGapMs) return tail
  }
  return []
}

const textOf = (keys: readonly BufferedKey[]): string =>
  keys
    .map((key) => key.character)
    .join('')
    .normalize('NFKC')
    .trim()

function afterTerminator(event: ScanKey): ScanState {
  return { ...emptyScanState, lastTerminator: { code: event.code, timeStampMs: event.timeStampMs } }
}

/** A terminator outside every field: whatever was buffered is the scan. */
function endOutside(state: ScanState, keys: readonly BufferedKey[], event: ScanKey): ScanStep {
  if (keys.length > 0) {
    const text = textOf(keys)
    const fieldKeys = keys.filter((key) => key.inField).length
    return { state: afterTerminator(event), action: text === '' ? swallow : { tag: 'scan', text, fieldKeys } }
  }
  const last = state.lastTerminator
  const trailing = last !== null && event.timeStampMs - last.timeStampMs < secondTerminatorMs
  return trailing ? { state, action: swallow } : { state: emptyScanState, action: none }
}

/** A terminator inside a field: only a fast burst is a scan, everything else is the field's own Enter or Tab. */
function endInField(state: ScanState, keys: readonly BufferedKey[], event: ScanKey): ScanStep {
  const burst = state.foreignAtMs === null ? burstAtEnd(keys) : []
  const text = textOf(burst)
  if (text === '') {
    const last = state.lastTerminator
    const trailing = last !== null && event.timeStampMs - last.timeStampMs < secondTerminatorMs
    return trailing ? { state, action: swallow } : { state: emptyScanState, action: none }
  }
  const fieldKeys = burst.filter((key) => key.inField).length
  if (!event.scanTarget) return { state: afterTerminator(event), action: { tag: 'scan', text, fieldKeys } }
  const garbled = burst.some((key) => key.inputMethod)
  if (!garbled) return { state: emptyScanState, action: none }
  return { state: afterTerminator(event), action: { tag: 'fillField', text, fieldKeys } }
}

/** Backspace, Escape and every key that writes nothing. */
function editKey(state: ScanState, keys: readonly BufferedKey[], event: ScanKey): ScanStep {
  const modifierAlone = /^(Shift|Control|Alt|AltGraph|Meta|CapsLock|NumLock|Process|Unidentified)/.test(
    event.key,
  )
  if (modifierAlone) return { state, action: none }
  if (event.inField) return { state: { ...emptyScanState, foreignAtMs: state.foreignAtMs }, action: none }
  if (keys.length === 0) return { state: emptyScanState, action: none }
  if (event.key === 'Backspace') return { state: { ...state, keys: keys.slice(0, -1) }, action: swallow }
  if (event.key === 'Escape') return { state: emptyScanState, action: swallow }
  return { state: { ...state, keys }, action: none }
}

function bufferKey(
  state: ScanState,
  keys: readonly BufferedKey[],
  event: ScanKey,
  character: string,
): ScanStep {
  const { timeStampMs, inField, scanTarget } = event
  // A space begins no code, and a focused button lives by it.
  if (!inField && character === ' ' && keys.length === 0) return { state: emptyScanState, action: none }
  const key = { character, timeStampMs, inField, scanTarget, inputMethod: isInputMethodKey(event) }
  const foreignIsOver = state.foreignAtMs !== null && timeStampMs - state.foreignAtMs > fieldPauseMs
  return {
    state: {
      keys: [...keys, key],
      foreignAtMs: foreignIsOver || !inField ? null : state.foreignAtMs,
      lastTerminator: null,
    },
    action: inField ? none : swallow,
  }
}

/**
 * Takes one key press (interface.md, Scans). Outside fields keys ended by Enter or Tab are a scan at any speed
 * (forgotten after 10 s of silence, Escape or a lost window); inside a field only four or more keys with a mean gap
 * under 35 ms by event time.
 */
export function recogniseKey(state: ScanState, event: ScanKey): ScanStep {
  if (event.repeat) {
    const heldTerminator = isTerminator(event) && state.lastTerminator?.code === event.code
    return { state, action: heldTerminator ? swallow : none }
  }
  const keys = keysStillCounting(state, event)
  const gapMs = event.timeStampMs - (keys.at(-1)?.timeStampMs ?? Number.NEGATIVE_INFINITY)
  if (event.ctrl || event.alt || event.meta) {
    // Scanners write GS and LF as Ctrl combinations, which must not open the browser's own windows mid-scan.
    return { state, action: keys.length >= fieldScanKeys && gapMs < fieldScanMeanGapMs ? swallow : none }
  }
  if (isTerminator(event)) {
    return event.inField ? endInField(state, keys, event) : endOutside(state, keys, event)
  }
  const character = characterOfKey(event)
  return character === null ? editKey(state, keys, event) : bufferKey(state, keys, event, character)
}

/**
 * Text entered the field that no key wrote (paste, dictation, hanzi from elsewhere). Between keys, or coming sign by
 * sign like hanzi (`singleSign`), it makes the whole run typed text; a text set at once before the keys does not.
 */
export function noteForeignInput(
  state: ScanState,
  { atMs, singleSign }: { readonly atMs: number; readonly singleSign: boolean },
): ScanState {
  const lastKeyAtMs = state.keys.at(-1)?.timeStampMs ?? Number.NEGATIVE_INFINITY
  const amidKeys = atMs - lastKeyAtMs <= fieldPauseMs
  return { ...state, keys: [], foreignAtMs: amidKeys || singleSign ? atMs : state.foreignAtMs }
}

/** What has been keyed outside fields and waits for its Enter; empty inside fields. */
export function pendingText(state: ScanState): string {
  return state.keys.some((key) => key.inField) ? '' : textOf(state.keys)
}
