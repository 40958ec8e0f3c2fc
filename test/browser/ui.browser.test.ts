import { createElement, type ReactElement, useState } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { startI18n } from '../../src/renderer/i18n/i18n.ts'
import { startScanner } from '../../src/renderer/scan/scanner.ts'
import { type Column, DataTable } from '../../src/renderer/ui/data-table.tsx'
import { FileDrop } from '../../src/renderer/ui/file-drop.tsx'
import { ScanEntry, SearchField } from '../../src/renderer/ui/scan-entry.tsx'
import { UiRoot } from '../../src/renderer/ui/ui-root.tsx'
import { Verdict } from '../../src/renderer/ui/verdict.tsx'
import { wedge } from './wedge.ts'

let root: Root
let host: HTMLElement

beforeEach(() => {
  window.focus()
  startI18n()
  host = document.createElement('div')
  host.style.height = '600px'
  document.body.append(host)
  root = createRoot(host)
})

afterEach(() => {
  root.unmount()
  host.remove()
})

function show(element: ReactElement): void {
  root.render(createElement(UiRoot, { language: 'zh-CN', dark: false }, element))
}

const find = (selector: string): Element | null => host.querySelector(selector)

describe('data table', () => {
  const columns: Column<{ code: string }>[] = [{ key: 'code', title: '编码', render: (row) => row.code }]
  const source = { rowCount: 100_000, getRow: (index: number) => ({ code: `SKU-${index}` }) }
  const table = (onOpen: (row: { code: string }) => void = () => {}) =>
    createElement(DataTable<{ code: string }>, {
      name: 'stock',
      columns,
      rows: source,
      rowKey: (row) => row.code,
      onOpen,
    })

  it('Tables: draws only the rows in sight of 100,000 and reaches the last', async () => {
    show(table())
    await expect.poll(() => find('[data-key="SKU-0"]')).not.toBeNull()
    expect(find('table[data-table="stock"]')?.getAttribute('aria-rowcount')).toBe('100001')
    const scroller = find('.table-scroll')
    if (scroller === null) throw new Error('no scroller')
    scroller.scrollTop = scroller.scrollHeight
    await expect.poll(() => find('[data-key="SKU-99999"]')).not.toBeNull()
    expect(host.querySelectorAll('tbody tr').length).toBeLessThan(80)
    const last = find('[data-key="SKU-99999"]')?.getBoundingClientRect()
    expect(last?.bottom).toBeLessThanOrEqual(scroller.getBoundingClientRect().bottom + 1)
  })

  it('Tables: keys move the active row and Enter opens it', async () => {
    const opened: string[] = []
    show(table((row) => opened.push(row.code)))
    await expect.poll(() => find('[data-key="SKU-0"]')).not.toBeNull()
    const scroller = host.querySelector<HTMLElement>('.table-scroll')
    scroller?.focus()
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}')
    await userEvent.keyboard('{End}{Enter}')
    expect(opened).toEqual(['SKU-1', 'SKU-99999'])
    await expect.poll(() => find('[data-key="SKU-99999"]')?.getAttribute('aria-current')).toBe('true')
  })
})

describe('verdict', () => {
  it('Verdict: one status element carries every handle, and equal answers stay two', async () => {
    const verdict = (seq: number) =>
      createElement(Verdict, {
        verdict: 'ask',
        reason: 'ambiguousCode',
        rule: 'CAT-1',
        seq,
        title: '哪一个？',
        choices: [{ label: '牛仔裤' }, { label: '货位' }],
      })
    show(verdict(1))
    await expect.poll(() => find('[role="status"]')?.getAttribute('data-seq')).toBe('1')
    const blink = find('.verdict-blink')
    show(verdict(2))
    await expect.poll(() => find('[role="status"]')?.getAttribute('data-seq')).toBe('2')
    const status = find('[role="status"]') as HTMLElement
    expect({ ...status.dataset }).toEqual({
      verdict: 'ask',
      reason: 'ambiguousCode',
      rule: 'CAT-1',
      seq: '2',
    })
    expect(find('.verdict-blink-lit')).not.toBeNull()
    expect(find('.verdict-blink')).not.toBe(blink)
    await expect.poll(() => find('.verdict-blink-lit')).toBeNull()
    expect(status.textContent).toContain('ANS-2')
  })
})

function entryAndScans() {
  const typed: string[] = []
  const scanned: string[] = []
  const stop = startScanner((scan) => scanned.push(scan.text))
  show(createElement(ScanEntry, { onSubmit: (text: string) => typed.push(text) }))
  return { typed, scanned, stop }
}

function Search(): ReactElement {
  const [value, setValue] = useState('')
  return createElement(SearchField, { value, onChange: setValue })
}

describe('scan entry', () => {
  it('Scans: typed text, hanzi included, is sent once by Enter and once by the button', async () => {
    const { typed, scanned, stop } = entryAndScans()
    await page.getByRole('textbox').fill('２０３１-深蓝-31 ')
    await userEvent.keyboard('{Enter}')
    await page.getByRole('textbox').fill('CMD-NEW')
    await page.getByRole('button').click()
    stop()
    expect(typed).toEqual(['2031-深蓝-31', 'CMD-NEW'])
    expect(scanned).toEqual([])
    expect(host.querySelector('input')?.value).toBe('')
  })

  it('Scans: a burst in it is a scan once, and the typed text stays', async () => {
    const { typed, scanned, stop } = entryAndScans()
    await page.getByRole('textbox').fill('A-03')
    await wedge('6901000000314')
    stop()
    expect(scanned).toEqual(['6901000000314'])
    expect(typed).toEqual([])
    expect(host.querySelector('input')?.value).toBe('A-03')
  })

  it('Scans: a second scan into a search field replaces the first', async () => {
    const scanned: string[] = []
    const stop = startScanner((scan) => scanned.push(scan.text))
    show(createElement(Search))
    await page.getByRole('searchbox').click()
    await userEvent.keyboard('PB0001{Enter}')
    await userEvent.keyboard('PB0002{Enter}')
    stop()
    expect(host.querySelector('input')?.value).toBe('PB0002')
    expect(scanned).toEqual([])
  })
})

describe('file drop', () => {
  it('Files: several chosen files arrive together, and the same may be chosen again', async () => {
    const taken: string[][] = []
    show(
      createElement(FileDrop, {
        kind: 'orders',
        onFiles: (files: File[]) => taken.push(files.map((file) => file.name)),
      }),
    )
    await expect.poll(() => find('[data-import="orders"]')).not.toBeNull()
    const input = host.querySelector('input')
    if (input === null) throw new Error('no input')
    const files = [new File(['a'], 'a.csv'), new File(['b'], 'b.csv')]
    await userEvent.upload(input, files)
    await userEvent.upload(input, files)
    expect(taken).toEqual([
      ['a.csv', 'b.csv'],
      ['a.csv', 'b.csv'],
    ])
  })
})
