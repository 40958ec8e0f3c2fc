import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ScanKey } from './key-character.ts'
import {
  emptyScanState,
  noteForeignInput,
  recogniseKey,
  type ScanAction,
  type ScanState,
} from './scan-recogniser.ts'

const idle: ScanKey = {
  code: '',
  key: '',
  keyCode: 0,
  shift: false,
  capsLock: false,
  alt: false,
  ctrl: false,
  meta: false,
  repeat: false,
  timeStampMs: 0,
  inField: false,
  scanTarget: false,
}

const codeOf = (character: string): string => {
  if (/[a-z]/i.test(character)) return `Key${character.toUpperCase()}`
  if (/[0-9]/.test(character)) return `Digit${character}`
  return character === '-' ? 'Minus' : character === ' ' ? 'Space' : ''
}

/** Key presses of a text and a closing key, `gapMs` apart, the first at `startMs`. */
function keysOf(text: string, startMs: number, gapMs: number, base: Partial<ScanKey> = {}): ScanKey[] {
  const pressed = [...text].map((character, index) => ({
    ...idle,
    code: codeOf(character),
    key: character,
    keyCode: character.toUpperCase().charCodeAt(0),
    shift: /[A-Z]/.test(character),
    timeStampMs: startMs + index * gapMs,
    ...base,
  }))
  const end = { ...idle, code: 'Enter', key: 'Enter', keyCode: 13, ...base }
  return [...pressed, { ...end, code: 'Enter', timeStampMs: startMs + text.length * gapMs }]
}

function press(keys: readonly ScanKey[], from: ScanState = emptyScanState) {
  let state = from
  const actions: ScanAction[] = []
  for (const key of keys) {
    const step = recogniseKey(state, key)
    state = step.state
    actions.push(step.action)
  }
  return { state, actions, scans: actions.flatMap((action) => (action.tag === 'scan' ? [action.text] : [])) }
}

const field = { inField: true }
const underInputMethod = { key: 'Process', keyCode: 229 }

describe('outside fields', () => {
  it('Scans: keys ended by Enter are a scan at any speed', () => {
    for (const gapMs of [1, 20, 400, 3000]) {
      expect(press(keysOf('A-03-2-04', 0, gapMs)).scans).toEqual(['A-03-2-04'])
    }
  })

  it('Scans: Tab ends a scan too, and one key is enough', () => {
    const [key, end] = keysOf('7', 0, 5)
    const tab = { ...(end ?? idle), code: 'Tab', key: 'Tab', keyCode: 9 }
    expect(press([key ?? idle, tab]).scans).toEqual(['7'])
  })

  it('Scans: Enter, Tab and Space with nothing keyed go their way to a focused button', () => {
    const enter = { ...idle, code: 'Enter', key: 'Enter' }
    const space = { ...idle, code: 'Space', key: ' ' }
    expect(press([enter, space, { ...enter, timeStampMs: 900 }]).actions).toEqual([
      { tag: 'none' },
      { tag: 'none' },
      { tag: 'none' },
    ])
  })

  it('Scans: what lay longer than ten seconds is forgotten, Escape forgets at once', () => {
    const stale = keysOf('OLD', 0, 50).slice(0, -1)
    expect(press([...stale, ...keysOf('NEW-1', 11_000, 5)]).scans).toEqual(['NEW-1'])
    const escapeKey = { ...idle, code: 'Escape', key: 'Escape', timeStampMs: 200 }
    expect(press([...stale, escapeKey, ...keysOf('NEW-1', 300, 5)]).scans).toEqual(['NEW-1'])
  })

  it('Scans: Backspace takes back the last key of a code typed by hand', () => {
    const typed = keysOf('AX', 0, 200).slice(0, -1)
    const back = { ...idle, code: 'Backspace', key: 'Backspace', timeStampMs: 600 }
    expect(press([...typed, back, ...keysOf('B', 900, 200)]).scans).toEqual(['AB'])
  })

  it('Scans: two scans 20 ms apart arrive whole and in order', () => {
    const first = keysOf('6901000000314', 0, 4)
    const second = keysOf('A-03-2-04', 13 * 4 + 20, 4)
    expect(press([...first, ...second]).scans).toEqual(['6901000000314', 'A-03-2-04'])
  })

  it('Scans: CR LF gives one scan and no stray Enter', () => {
    const keys = keysOf('ANS-1', 0, 5)
    const again = { ...idle, code: 'Enter', key: 'Enter', timeStampMs: 30 }
    const held = { ...again, repeat: true, timeStampMs: 60 }
    const { actions, scans } = press([...keys, again, held])
    expect(scans).toEqual(['ANS-1'])
    expect(actions.slice(-2)).toEqual([{ tag: 'swallow' }, { tag: 'swallow' }])
  })

  it('Scans: key combinations, function keys, arrows and repeats write nothing into a scan', () => {
    const [a, b, end] = keysOf('AB', 0, 100)
    const between = [
      { ...idle, code: 'KeyC', key: 'c', ctrl: true, timeStampMs: 20 },
      { ...idle, code: 'F2', key: 'F2', timeStampMs: 30 },
      { ...idle, code: 'ArrowUp', key: 'ArrowUp', timeStampMs: 40 },
      { ...idle, code: 'ShiftLeft', key: 'Shift', shift: true, timeStampMs: 45 },
      { ...(a ?? idle), repeat: true, timeStampMs: 50 },
    ]
    const { scans, actions } = press([a ?? idle, ...between, b ?? idle, end ?? idle])
    expect(scans).toEqual(['AB'])
    expect(actions.slice(1, 6).every((action) => action.tag === 'none')).toBe(true)
  })
})

describe('layouts and input methods', () => {
  it('Scans: the physical key speaks where an input method hides the other', () => {
    const keys = keysOf('2031-Blue-31', 0, 8, underInputMethod)
    expect(press(keys).scans).toEqual(['2031-Blue-31'])
  })

  it('Scans: Caps Lock turns letters, the keypad gives digits, Shift gives the upper signs', () => {
    const sign = (code: string, at: number, extra: Partial<ScanKey> = {}) => ({
      ...idle,
      ...underInputMethod,
      code,
      timeStampMs: at,
      ...extra,
    })
    const keys = [
      sign('KeyA', 0, { capsLock: true }),
      sign('KeyB', 5, { capsLock: true, shift: true }),
      sign('Numpad7', 10),
      sign('Slash', 15, { shift: true }),
      sign('Period', 20),
      sign('Quote', 25),
      sign('Digit3', 30, { shift: true }),
      sign('NumpadEnter', 35),
    ]
    expect(press(keys).scans).toEqual(["Ab7?.'#"])
  })

  it('Scans: full-width and foreign characters become what the scanner meant', () => {
    const wide = [...'１２'].map((key, index) => ({ ...idle, key, timeStampMs: index * 9 }))
    const cyrillic = { ...idle, code: 'KeyA', key: 'ф', timeStampMs: 20 }
    const end = { ...idle, code: 'Enter', key: 'Enter', timeStampMs: 30 }
    expect(press([...wide, cyrillic, end]).scans).toEqual(['12a'])
  })
})

describe('inside fields', () => {
  it('Scans: four fast keys and Enter are a scan, and the field goes back by those keys', () => {
    const { actions } = press(keysOf('6901', 0, 10, field))
    expect(actions.at(-1)).toEqual({ tag: 'scan', text: '6901', fieldKeys: 4 })
    expect(actions.slice(0, -1).every((action) => action.tag === 'none')).toBe(true)
  })

  it('Scans: three keys, or a mean gap of 35 ms, are no scan', () => {
    expect(press(keysOf('690', 0, 5, field)).actions.at(-1)).toEqual({ tag: 'none' })
    expect(press(keysOf('690100', 0, 35, field)).actions.at(-1)).toEqual({ tag: 'none' })
    expect(press(keysOf('690100', 0, 34, field)).scans).toEqual(['690100'])
  })

  it('Scans: text typed just before the burst stays in the field', () => {
    const typed = keysOf('note', 0, 110, field).slice(0, -1)
    const { actions } = press([...typed, ...keysOf('6901000000314', 440, 6, field)])
    expect(actions.at(-1)).toEqual({ tag: 'scan', text: '6901000000314', fieldKeys: 13 })
  })

  it('Scans: a hiccup inside the burst does not tear it', () => {
    const keys = keysOf('6901000000314', 0, 5, field).map((key, index) =>
      index > 6 ? { ...key, timeStampMs: key.timeStampMs + 180 } : key,
    )
    expect(press(keys).scans).toEqual(['6901000000314'])
  })

  it('Scans: a burst under an input method is a scan', () => {
    expect(press(keysOf('CMD-FINISH', 0, 7, { ...field, ...underInputMethod })).scans).toEqual(['CMD-FINISH'])
  })

  it('Scans: a scan target keeps its text and its Enter', () => {
    const target = { inField: true, scanTarget: true }
    expect(press(keysOf('6901000000314', 0, 5, target)).actions.at(-1)).toEqual({ tag: 'none' })
    const garbled = press(keysOf('GOLD-1', 0, 5, { ...target, ...underInputMethod })).actions.at(-1)
    expect(garbled).toEqual({ tag: 'fillField', text: 'GOLD-1', fieldKeys: 6 })
  })

  it('Scans: hanzi that came without keys make the run typed text', () => {
    const head = press(keysOf('2031-', 0, 3, field).slice(0, -1)).state
    const amid = noteForeignInput(head, { atMs: 20, singleSign: false })
    expect(press(keysOf('-3100', 25, 3, field), amid).actions.at(-1)).toEqual({ tag: 'none' })
    expect(press(keysOf('6901', 900, 3, field), amid).scans).toEqual(['6901'])
    const first = noteForeignInput(emptyScanState, { atMs: 20, singleSign: true })
    expect(press(keysOf('-3100', 25, 3, field), first).actions.at(-1)).toEqual({ tag: 'none' })
  })

  it('Scans: a text set at once, then a burst: the burst is a scan', () => {
    const filled = noteForeignInput(emptyScanState, { atMs: 20, singleSign: false })
    expect(press(keysOf('6901', 25, 3, field), filled).scans).toEqual(['6901'])
  })

  it('Scans: a burst that loses or gains its field on the way stays whole', () => {
    const keys = keysOf('6901000000314', 0, 5).map((key, index) => ({ ...key, inField: index >= 4 }))
    expect(press(keys).actions.at(-1)).toEqual({ tag: 'scan', text: '6901000000314', fieldKeys: 9 })
    const lost = keys.map((key) => ({ ...key, inField: !key.inField }))
    expect(press(lost).actions.at(-1)).toEqual({ tag: 'scan', text: '6901000000314', fieldKeys: 4 })
  })
})

describe('properties', () => {
  const codeText = fc.stringMatching(/^[A-Z0-9][A-Z0-9-]{3,30}$/)

  it('Scans: typing at human speed in a field is never a scan', () => {
    const gaps = fc.array(fc.integer({ min: 36, max: 600 }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(gaps, fc.integer({ min: 0, max: 400 }), (gapsMs, endGapMs) => {
        let at = 0
        const keys = gapsMs.map((gapMs) => {
          at += gapMs
          return { ...idle, ...field, code: 'KeyA', key: 'a', timeStampMs: at }
        })
        const end = { ...idle, ...field, code: 'Enter', key: 'Enter', timeStampMs: at + endGapMs }
        expect(press([...keys, end]).actions.every((action) => action.tag === 'none')).toBe(true)
      }),
    )
  })

  it('Scans: a burst after typed text and a pause is whole and takes nothing else', () => {
    const typed = fc.array(fc.integer({ min: 71, max: 500 }), { maxLength: 20 })
    const burst = fc.record({ text: codeText, gapMs: fc.integer({ min: 1, max: 34 }), ime: fc.boolean() })
    fc.assert(
      fc.property(
        typed,
        fc.integer({ min: 301, max: 3000 }),
        burst,
        (gapsMs, pauseMs, { text, gapMs, ime }) => {
          let at = 0
          const before = gapsMs.map((gap) => {
            at += gap
            return { ...idle, ...field, code: 'KeyZ', key: 'z', timeStampMs: at }
          })
          const base = ime ? { ...field, ...underInputMethod } : field
          const { actions, scans } = press([...before, ...keysOf(text, at + pauseMs, gapMs, base)])
          expect(scans).toEqual([text])
          expect(actions.at(-1)).toEqual({ tag: 'scan', text, fieldKeys: text.length })
        },
      ),
    )
  })

  it('Scans: any run of bursts outside fields arrives whole and in order', () => {
    const scan = fc.record({ text: codeText, gapMs: fc.integer({ min: 1, max: 300 }) })
    fc.assert(
      fc.property(fc.array(scan, { minLength: 1, maxLength: 6 }), (scans) => {
        let at = 0
        const keys = scans.flatMap(({ text, gapMs }) => {
          const pressed = keysOf(text, at, gapMs)
          at += text.length * gapMs + 20
          return pressed
        })
        expect(press(keys).scans).toEqual(scans.map((each) => each.text))
      }),
    )
  })
})
