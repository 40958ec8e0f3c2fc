/// <reference types="@vitest/browser-playwright" />
import { cdp } from 'vitest/browser'

function physical(character: string): { code: string; keyCode: number; shift: boolean } {
  const keyCode = character.toUpperCase().charCodeAt(0)
  if (/[a-z]/i.test(character)) {
    return { code: `Key${character.toUpperCase()}`, keyCode, shift: /[A-Z]/.test(character) }
  }
  return character === '-'
    ? { code: 'Minus', keyCode: 189, shift: false }
    : { code: `Digit${character}`, keyCode, shift: false }
}

interface Burst {
  /** Gap between key events in event time. */
  readonly gapMs?: number
  readonly inputMethod?: boolean
  readonly end?: 'Enter' | 'Tab'
  /** Begins this long after the burst before it ended, in event time. */
  readonly afterMs?: number
}

let lastKeyAtMs = 0

/** Sends a scanner's keys as real input events of the browser, at event times `gapMs` apart. */
export async function wedge(
  text: string,
  { gapMs = 5, inputMethod = false, end = 'Enter', afterMs }: Burst = {},
) {
  const session = cdp()
  let atMs = afterMs === undefined ? Date.now() : lastKeyAtMs + afterMs - gapMs
  const send = async (
    down: boolean,
    key: string,
    code: string,
    keyCode: number,
    written: string,
    modifiers = 0,
  ) => {
    atMs += down ? gapMs : 0
    await session.send('Input.dispatchKeyEvent', {
      type: down ? (written === '' ? 'rawKeyDown' : 'keyDown') : 'keyUp',
      key,
      code,
      windowsVirtualKeyCode: keyCode,
      modifiers,
      timestamp: atMs / 1000,
      ...(down && written !== '' ? { text: written } : {}),
    })
  }
  let composed = ''
  for (const character of text) {
    const { code, keyCode, shift } = physical(character)
    if (inputMethod) {
      await send(true, 'Process', code, 229, '', shift ? 8 : 0)
      composed += character.toLowerCase()
      const caret = composed.length
      await session.send('Input.imeSetComposition', {
        text: composed,
        selectionStart: caret,
        selectionEnd: caret,
      })
    } else {
      await send(true, character, code, keyCode, character, shift ? 8 : 0)
    }
    await send(false, character, code, keyCode, '')
  }
  const endCode = end === 'Enter' ? 13 : 9
  await send(
    true,
    inputMethod ? 'Process' : end,
    end,
    inputMethod ? 229 : endCode,
    end === 'Enter' ? '\r' : '',
  )
  // An input method commits what it composed when Enter comes.
  if (inputMethod) await session.send('Input.insertText', { text: composed })
  await send(false, end, end, endCode, '')
  lastKeyAtMs = atMs
}
