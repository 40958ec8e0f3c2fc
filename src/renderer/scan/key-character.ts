/** What one key press looks like to the scanner layer; a plain copy of the browser's keyboard event. */
export interface ScanKey {
  /** Physical key (`KeyboardEvent.code`), e.g. `KeyA`; right even under an input method. */
  readonly code: string
  /** Produced key (`KeyboardEvent.key`); `Process` under an input method. */
  readonly key: string
  /** 229 while an input method has the key. */
  readonly keyCode: number
  readonly shift: boolean
  readonly capsLock: boolean
  readonly alt: boolean
  readonly ctrl: boolean
  readonly meta: boolean
  readonly repeat: boolean
  /** Event time in milliseconds (`Event.timeStamp`). */
  readonly timeStampMs: number
  /** The key goes to an editable element. */
  readonly inField: boolean
  /** That element takes scans itself (`data-scan-target`). */
  readonly scanTarget: boolean
}

const printableAscii = /^[\x20-\x7e]$/

/** US layout: physical key → [plain, with Shift]. Scanners speak it, whatever the keyboard beside them is. */
const usLayout: Readonly<Record<string, readonly [string, string]>> = {
  Digit1: ['1', '!'],
  Digit2: ['2', '@'],
  Digit3: ['3', '#'],
  Digit4: ['4', '$'],
  Digit5: ['5', '%'],
  Digit6: ['6', '^'],
  Digit7: ['7', '&'],
  Digit8: ['8', '*'],
  Digit9: ['9', '('],
  Digit0: ['0', ')'],
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  IntlBackslash: ['\\', '|'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Backquote: ['`', '~'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Space: [' ', ' '],
  NumpadAdd: ['+', '+'],
  NumpadSubtract: ['-', '-'],
  NumpadMultiply: ['*', '*'],
  NumpadDivide: ['/', '/'],
  NumpadDecimal: ['.', '.'],
  NumpadEqual: ['=', '='],
}

/** The character a physical key gives on a US keyboard, or null for a key that writes nothing. */
function characterOfCode(code: string, shift: boolean, capsLock: boolean): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter !== undefined) return shift !== capsLock ? letter : letter.toLowerCase()
  const digit = /^Numpad([0-9])$/.exec(code)?.[1]
  if (digit !== undefined) return digit
  const pair = usLayout[code]
  if (pair === undefined) return null
  return shift ? pair[1] : pair[0]
}

/** True while an input method holds the key back and `key` tells nothing. */
export function isInputMethodKey(event: ScanKey): boolean {
  return event.keyCode === 229 || event.key === 'Process' || event.key === 'Unidentified'
}

/**
 * The character a key press stands for in a scan, NFKC, or null for keys that write nothing.
 * The physical key decides under an input method and for anything that is not ASCII (full-width, Cyrillic …).
 */
export function characterOfKey(event: ScanKey): string | null {
  if (!isInputMethodKey(event) && printableAscii.test(event.key)) return event.key
  const physical = characterOfCode(event.code, event.shift, event.capsLock)
  if (physical !== null) return physical
  const named = event.key.length > 1 && /^[A-Z]/.test(event.key)
  if (named || event.key === '' || [...event.key].length > 1) return null
  return event.key.normalize('NFKC')
}

/** Enter or Tab, by the physical key too, since an input method hides the other name. */
export function isTerminator(event: ScanKey): boolean {
  return /^(Enter|NumpadEnter|Tab)$/.test(event.code) || event.key === 'Enter' || event.key === 'Tab'
}
