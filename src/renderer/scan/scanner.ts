import { editableField, type FieldSnapshot, readField, restoreField, withInsertedText } from './field-text.ts'
import type { ScanKey } from './key-character.ts'
import {
  emptyScanState,
  noteForeignInput,
  pendingText,
  recogniseKey,
  type ScanAction,
  type ScanState,
} from './scan-recogniser.ts'

/** One read code; `atMs` is wall-clock time (Unix milliseconds). */
export interface KeyboardScan {
  readonly text: string
  readonly atMs: number
  readonly device: 'keyboard'
}

/** What a screen may want beside the scans. */
export interface ScannerOptions {
  /** Text keyed outside fields that still waits for Enter; '' when there is none. */
  readonly onPending?: (text: string) => void
}

/** Input methods may write their remains this long after the scan's Enter (time of handling, not of the key). */
const residueMs = 500

interface Session {
  state: ScanState
  /** One per buffered in-field key, taken before the key changed anything. */
  snapshots: readonly FieldSnapshot[]
  /** A plain key press whose character has not reached the field yet. */
  awaitsInput: boolean
  composing: boolean
  /** The field as it must stay while an input method clears its throat. */
  guard: { readonly snapshot: FieldSnapshot; readonly untilMs: number } | null
  restoring: boolean
  swallowedCode: string | null
}

function toScanKey(event: KeyboardEvent): ScanKey {
  const target = event.composedPath()[0] ?? null
  const field = editableField(target)
  return {
    code: event.code,
    key: event.key,
    keyCode: event.keyCode,
    shift: event.shiftKey,
    capsLock: event.getModifierState('CapsLock'),
    alt: event.altKey,
    ctrl: event.ctrlKey,
    meta: event.metaKey,
    repeat: event.repeat,
    timeStampMs: event.timeStamp,
    inField: field !== null,
    scanTarget: field?.closest('[data-scan-target]') != null,
  }
}

function swallowEvent(event: Event): void {
  event.preventDefault()
  event.stopImmediatePropagation()
}

function putBack(session: Session, snapshot: FieldSnapshot): void {
  session.restoring = true
  // Leaving the field makes an input method let go of what it still composes.
  if (session.composing && document.activeElement === snapshot.field) {
    snapshot.field.blur()
    snapshot.field.focus({ preventScroll: true })
    session.composing = false
  }
  restoreField(snapshot)
  session.restoring = false
}

/** The field as it was before its last `fieldKeys` keys, or null when the scan touched no field. */
function fieldBefore(session: Session, fieldKeys: number): FieldSnapshot | null {
  const snapshot = fieldKeys === 0 ? undefined : session.snapshots.at(-fieldKeys)
  return snapshot ?? null
}

/** Puts the field back, and keeps it so while an input method that saw the keys may still write. */
function settleField(session: Session, snapshot: FieldSnapshot, byInputMethod: boolean): void {
  putBack(session, snapshot)
  session.guard = byInputMethod ? { snapshot, untilMs: performance.now() + residueMs } : null
}

/** The input method ate the Enter, so the field gets one made here; a form goes off with it. */
function submitFormOf(session: Session, snapshot: FieldSnapshot): void {
  const { field } = snapshot
  const enter = { key: 'Enter', code: 'Enter', keyCode: 13, bubbles: true, cancelable: true }
  session.restoring = true
  const goesOn = field.dispatchEvent(new KeyboardEvent('keydown', enter))
  session.restoring = false
  if (goesOn && field instanceof HTMLInputElement) field.form?.requestSubmit()
}

interface Deed {
  readonly action: ScanAction
  readonly event: KeyboardEvent
  readonly byInputMethod: boolean
}

function carryOut(
  session: Session,
  { action, event, byInputMethod }: Deed,
  onScan: (scan: KeyboardScan) => void,
): void {
  if (action.tag === 'none') return
  swallowEvent(event)
  session.swallowedCode = event.code
  if (action.tag === 'swallow') return
  const before = fieldBefore(session, action.fieldKeys)
  session.snapshots = []
  if (action.tag === 'fillField') {
    if (before === null) return
    const filled = withInsertedText(before, action.text)
    settleField(session, filled, true)
    submitFormOf(session, filled)
    return
  }
  if (before !== null) settleField(session, before, byInputMethod)
  onScan({ text: action.text, atMs: Date.now(), device: 'keyboard' })
}

function handleKey(session: Session, event: KeyboardEvent, onScan: (scan: KeyboardScan) => void): void {
  if (session.restoring) return
  const key = toScanKey(event)
  const keysBefore = session.state.keys
  const step = recogniseKey(session.state, key)
  session.state = step.state
  const grew = step.state.keys.at(-1) !== keysBefore.at(-1) && step.state.keys.length > 0
  const field = editableField(event.composedPath()[0] ?? null)
  if (grew && field !== null) {
    session.guard = null
    session.awaitsInput = true
    const kept = step.state.keys.filter((buffered) => buffered.inField).length
    session.snapshots = [...session.snapshots, readField(field)].slice(-kept)
  } else if (step.action.tag === 'none' && step.state.keys.length === 0) {
    session.snapshots = []
  }
  const byInputMethod = session.composing || keysBefore.some((buffered) => buffered.inputMethod)
  carryOut(session, { action: step.action, event, byInputMethod }, onScan)
}

/** Text that no key press explains makes the run in this field typed text. */
function handleInput(session: Session, event: Event): void {
  if (session.restoring) return
  const { guard } = session
  if (guard !== null && event.target === guard.snapshot.field) {
    if (performance.now() <= guard.untilMs) {
      event.stopImmediatePropagation()
      putBack(session, guard.snapshot)
      return
    }
    session.guard = null
  }
  const inputType = event instanceof InputEvent ? event.inputType : ''
  const byInputMethod = session.composing || session.state.keys.some((key) => key.inputMethod)
  if (inputType.startsWith('insert') && !session.awaitsInput && !byInputMethod) {
    const data = event instanceof InputEvent ? (event.data ?? '') : ''
    const singleSign = [...data].length === 1 && !/^[\x20-\x7e]$/.test(data)
    session.state = noteForeignInput(session.state, { atMs: event.timeStamp, singleSign })
    session.snapshots = []
  }
  session.awaitsInput = false
}

function handleComposition(session: Session, event: CompositionEvent): void {
  session.composing = event.type !== 'compositionend'
  const { guard } = session
  if (session.restoring || guard === null || event.target !== guard.snapshot.field) return
  if (performance.now() > guard.untilMs) return
  event.stopImmediatePropagation()
  if (event.type === 'compositionend') putBack(session, guard.snapshot)
}

/** A key that was swallowed going down must not act going up (a focused button clicks on Space's way up). */
function handleKeyUp(session: Session, event: KeyboardEvent): void {
  if (event.code !== session.swallowedCode) return
  session.swallowedCode = null
  swallowEvent(event)
}

/**
 * Listens for keyboard-wedge scanners on the whole window, before anyone else sees a key (interface.md, Scans).
 * Scans arrive one by one in order, however fast. Returns the function that stops listening.
 */
export function startScanner(onScan: (scan: KeyboardScan) => void, options: ScannerOptions = {}): () => void {
  const session: Session = {
    state: emptyScanState,
    snapshots: [],
    awaitsInput: false,
    composing: false,
    guard: null,
    restoring: false,
    swallowedCode: null,
  }
  let pending = ''
  const tellPending = (): void => {
    const now = pendingText(session.state)
    if (now === pending) return
    pending = now
    options.onPending?.(now)
  }
  const listeners = new AbortController()
  const how = { capture: true, signal: listeners.signal }
  window.addEventListener(
    'keydown',
    (event) => {
      handleKey(session, event, onScan)
      tellPending()
    },
    how,
  )
  window.addEventListener('keyup', (event) => handleKeyUp(session, event), how)
  window.addEventListener('input', (event) => handleInput(session, event), how)
  for (const type of ['compositionstart', 'compositionupdate', 'compositionend'] as const) {
    window.addEventListener(type, (event) => handleComposition(session, event), how)
  }
  window.addEventListener(
    'blur',
    (event) => {
      if (event.target !== window) return
      session.state = emptyScanState
      session.snapshots = []
      tellPending()
    },
    how,
  )
  return () => listeners.abort()
}
