/// <reference types="@vitest/browser-playwright" />
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cdp, userEvent } from 'vitest/browser'
import { type KeyboardScan, startScanner } from '../../src/renderer/scan/scanner.ts'
import { wedge } from './wedge.ts'

let scans: KeyboardScan[] = []
let stop = (): void => {}

beforeEach(() => {
  scans = []
  window.focus()
  stop = startScanner((scan) => scans.push(scan))
})

afterEach(() => {
  stop()
  document.body.replaceChildren()
})

const texts = (): string[] => scans.map((scan) => scan.text)

function put<K extends keyof HTMLElementTagNameMap>(tag: K, parent: Element = document.body) {
  const element = document.createElement(tag)
  parent.append(element)
  return element
}

describe('outside fields', () => {
  it('Scans: keys ended by Enter or Tab arrive, fast or slow', async () => {
    await wedge('6901000000314')
    await wedge('A-03-2-04', { end: 'Tab' })
    await wedge('CMD-NEW', { gapMs: 700 })
    expect(texts()).toEqual(['6901000000314', 'A-03-2-04', 'CMD-NEW'])
    expect(scans[0]?.device).toBe('keyboard')
    expect(Math.abs((scans[0]?.atMs ?? 0) - Date.now())).toBeLessThan(60_000)
  })

  it('Scans: keys of an ordinary keyboard driver arrive too', async () => {
    await userEvent.keyboard('QTY-12{Enter}')
    await userEvent.keyboard('ANS-1{Tab}')
    expect(texts()).toEqual(['QTY-12', 'ANS-1'])
  })

  it('Scans: a focused button is not clicked by a scan, but by its own Enter and Space', async () => {
    const button = put('button')
    let clicks = 0
    button.addEventListener('click', () => {
      clicks += 1
    })
    button.focus()
    await wedge('6901000000314')
    await userEvent.keyboard('A B{Enter}')
    expect(texts()).toEqual(['6901000000314', 'A B'])
    expect(clicks).toBe(0)
    await new Promise((resolve) => setTimeout(resolve, 80))
    await userEvent.keyboard('{Enter}')
    await userEvent.keyboard(' ')
    expect(clicks).toBe(2)
  })

  it('Scans: a read-only field is no field', async () => {
    const input = put('input')
    input.readOnly = true
    input.value = 'as it was'
    input.focus()
    await wedge('G-658', { gapMs: 300 })
    expect(texts()).toEqual(['G-658'])
    expect(input.value).toBe('as it was')
  })

  it('Scans: two scans 20 ms apart both arrive, in order, in a field too', async () => {
    await wedge('ANS-1', { gapMs: 2 })
    await wedge('ANS-2', { gapMs: 2, afterMs: 20 })
    const input = put('input')
    input.focus()
    await wedge('ANS-3', { gapMs: 2 })
    await wedge('ANS-4', { gapMs: 2, afterMs: 20 })
    expect(texts()).toEqual(['ANS-1', 'ANS-2', 'ANS-3', 'ANS-4'])
    expect(input.value).toBe('')
  })
})

describe('inside fields', () => {
  it('Scans: the field gets its text and selection back and its form is not sent', async () => {
    const form = put('form')
    let sent = 0
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      sent += 1
    })
    const input = put('input', form)
    put('button', form)
    input.value = 'a note here'
    input.focus()
    input.setSelectionRange(2, 6)
    await wedge('6901000000314')
    expect(texts()).toEqual(['6901000000314'])
    expect(input.value).toBe('a note here')
    expect([input.selectionStart, input.selectionEnd]).toEqual([2, 6])
    expect(sent).toBe(0)
    await wedge('CMD-FINISH', { end: 'Tab' })
    expect(document.activeElement).toBe(input)
    expect(texts()).toEqual(['6901000000314', 'CMD-FINISH'])
  })

  it('Scans: typed text and its Enter belong to the field', async () => {
    const form = put('form')
    let sent = 0
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      sent += 1
    })
    const input = put('input', form)
    input.focus()
    await wedge('note', { gapMs: 90 })
    expect(input.value).toBe('note')
    expect(sent).toBe(1)
    expect(texts()).toEqual([])
  })

  it('Scans: hanzi typed as text among fast keys are the entry field’s own', async () => {
    const input = put('input')
    input.dataset.scanEntry = ''
    input.focus()
    await userEvent.keyboard('2031-')
    await cdp().send('Input.insertText', { text: '深蓝' })
    await userEvent.keyboard('-310{Enter}')
    expect(input.value).toBe('2031-深蓝-310')
    expect(texts()).toEqual([])
  })

  it('Scans: an entry field delivers a burst once and keeps what it held', async () => {
    const input = put('input')
    input.dataset.scanEntry = ''
    input.value = 'CMD'
    input.focus()
    const inputEvents: string[] = []
    input.addEventListener('input', () => inputEvents.push(input.value))
    await wedge('A-03-2-04')
    expect(texts()).toEqual(['A-03-2-04'])
    expect(input.value).toBe('CMD')
    expect(inputEvents.at(-1)).toBe('CMD')
  })

  it('Scans: a scan target keeps the text and lets Enter pass', async () => {
    const input = put('input')
    input.dataset.scanTarget = ''
    const keys: string[] = []
    input.addEventListener('keydown', (event) => keys.push(event.key))
    input.focus()
    await wedge('6901000000314')
    expect(input.value).toBe('6901000000314')
    expect(keys.at(-1)).toBe('Enter')
    expect(texts()).toEqual([])
  })

  it('Scans: a native select keeps its choice', async () => {
    const select = put('select')
    for (const value of ['north', 'south']) put('option', select).textContent = value
    select.value = 'north'
    select.focus()
    await wedge('SOUTH-1')
    expect(texts()).toEqual(['SOUTH-1'])
    expect(select.value).toBe('north')
  })
})

describe('under an input method (key code 229)', () => {
  it('Scans: a burst outside fields arrives', async () => {
    await wedge('BADGE-W01', { inputMethod: true })
    expect(texts()).toEqual(['BADGE-W01'])
  })

  it('Scans: a burst in a field arrives and leaves nothing behind', async () => {
    const input = put('input')
    input.value = '客户要'
    input.focus()
    await wedge('CMD-FINISH', { inputMethod: true })
    await wedge('6901000000314', { inputMethod: true })
    expect(texts()).toEqual(['CMD-FINISH', '6901000000314'])
    expect(input.value).toBe('客户要')
    expect(document.activeElement).toBe(input)
  })

  it('Scans: a scan target gets the code itself', async () => {
    const form = put('form')
    let sent = 0
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      sent += 1
    })
    const input = put('input', form)
    input.dataset.scanTarget = ''
    input.focus()
    await wedge('W01-17', { inputMethod: true })
    expect(input.value).toBe('W01-17')
    expect(sent).toBe(1)
    expect(texts()).toEqual([])
  })

  it('Scans: hanzi composed by hand stay', async () => {
    const input = put('input')
    input.focus()
    const session = cdp()
    for (const text of ['s', 'sh', 'she', 'shen']) {
      await session.send('Input.imeSetComposition', {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
      })
      await new Promise((resolve) => setTimeout(resolve, 40))
    }
    await session.send('Input.insertText', { text: '深' })
    expect(input.value).toBe('深')
  })
})
