import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from './support/browser.ts'
import { type Floor, floorOf } from './support/floor.ts'
import { importFiles, setUp } from './support/office.ts'
import { type SmallShop, writeSmallShop } from './support/small-shop.ts'
import { type StationProcess, startStation } from './support/station-process.ts'
import { storedRows } from './support/stored.ts'

const root = mkdtempSync(join(tmpdir(), 'packbench-wedge-'))
let station: StationProcess
let browser: BrowserContext
let page: Page
let floor: Floor
let shop: SmallShop
let wedge: CDPSession

beforeAll(async () => {
  shop = writeSmallShop(root, 3)
  station = await startStation(join(root, 'data'))
  browser = await openBrowser(join(root, 'profile'))
  page = browser.pages()[0] ?? (await browser.newPage())
  await page.goto(station.url)
  await setUp(page)
  floor = floorOf(page)
  await importFiles(floor, 'catalogue', [shop.catalogue])
  wedge = await browser.newCDPSession(page)
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await station?.stop()
  rmSync(root, { recursive: true, force: true })
})

/** Keys as a keyboard wedge sends them, without waiting for the page; under an input method every key says 229. */
async function burst(code: string, inputMethod = false): Promise<void> {
  const keys = [...code].map((digit) => ({ key: digit, code: `Digit${digit}`, virtual: digit.charCodeAt(0) }))
  keys.push({ key: 'Enter', code: 'Enter', virtual: 13 })
  const sent = keys.flatMap(({ key, code: physical, virtual }) => {
    const hidden = inputMethod && key !== 'Enter'
    const event = {
      code: physical,
      key: hidden ? 'Process' : key,
      windowsVirtualKeyCode: hidden ? 229 : virtual,
    }
    const text = key === 'Enter' ? '\r' : key
    return [
      wedge.send('Input.dispatchKeyEvent', {
        type: hidden ? 'rawKeyDown' : 'keyDown',
        ...event,
        ...(hidden ? {} : { text }),
      }),
      wedge.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event }),
    ]
  })
  await Promise.all(sent)
}

const answered = (seq: number) =>
  page.waitForFunction(
    (wanted) =>
      Number(document.querySelector('[role="status"][data-seq]')?.getAttribute('data-seq')) >= wanted,
    seq,
  )

async function countedOf(code: string): Promise<number> {
  const desk = await storedRows(page, 'desk')
  const task = desk.find((row) => row.area === 'receive') as
    | { lines: Record<string, { counted: number }> }
    | undefined
  return task?.lines[code]?.counted ?? 0
}

describe('the keyboard wedge in the whole app', () => {
  it('RCV-1 two scans of one barcode 20 ms apart are two pieces, each with a verdict of its own', async () => {
    await floor.go('receive')
    await floor.expectReasons(['CMD-NEW', 'receiveOpened'])
    await page.evaluate(() => {
      const seen: string[] = []
      Object.assign(window, { seen })
      const status = document.querySelector('[role="status"][data-seq]')
      if (status)
        new MutationObserver(() => seen.push(status.getAttribute('data-seq') ?? '')).observe(status, {
          attributeFilter: ['data-seq'],
        })
    })
    await burst(shop.barcodes[0] ?? '')
    await new Promise((resolve) => setTimeout(resolve, 20))
    await burst(shop.barcodes[0] ?? '')
    await answered(3)
    expect(await countedOf('T1-WHITE-S')).toBe(2)
    expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual(['2', '3'])
  })

  it('PAK-9 a scan under a Chinese input method (key code 229) is whole', async () => {
    const { seq } = await floor.read()
    await burst(shop.barcodes[1] ?? '', true)
    await answered(seq + 1)
    expect((await floor.read()).reason).toBe('pieceCounted')
    expect(await countedOf('T1-WHITE-M')).toBe(1)
  })

  it('PAK-9 typing in a field is no scan, a burst into it is, and the field keeps its text', async () => {
    const { seq } = await floor.read()
    const entry = page.locator('[data-scan-entry]')
    const field = page.locator('input[data-scan-entry], [data-scan-entry] input').first()
    await field.pressSequentially('6901', { delay: 70 })
    expect((await floor.read()).seq).toBe(seq)
    expect(await field.inputValue()).toBe('6901')
    // Nobody types a digit and scans within the same twentieth of a second.
    await page.waitForTimeout(250)
    await burst(shop.barcodes[2] ?? '')
    await answered(seq + 1)
    expect(await field.inputValue()).toBe('6901')
    expect(await countedOf('T1-WHITE-L')).toBe(1)
    expect(await entry.count()).toBe(1)
  })

  it('PAK-2 a parcel that was open when the tab was closed opens where it stood', async () => {
    await importFiles(floor, 'bins', [shop.bins])
    await importFiles(floor, 'waybills', [shop.waybills])
    await floor.go('receive')
    await floor.expectReasons(
      ['CMD-FINISH', 'signatureWanted'],
      ['CMD-BACK', 'undone'],
      [shop.barcodes[0] ?? '', 'pieceCounted'],
      ['QTY-12', 'quantitySet'],
    )
    await floor.expectReasons(
      [shop.barcodes[1] ?? '', 'pieceCounted'],
      ['QTY-12', 'quantitySet'],
      [shop.barcodes[2] ?? '', 'pieceCounted'],
      ['QTY-12', 'quantitySet'],
    )
    await floor.expectReasons(
      ['CMD-FINISH', 'signatureWanted'],
      ['BADGE-1001', 'signed'],
      ['BADGE-1002', 'posted'],
    )
    await floor.go('putaway')
    for (const [index, barcode] of shop.barcodes.entries())
      await floor.expectReasons(
        [barcode, 'pieceInHand'],
        ['QTY-12', 'pieceInHand'],
        [`B-01-1-0${index + 1}`, 'putAway'],
      )
    await importFiles(floor, 'orders', [shop.orders])
    await floor.go('pack')
    await floor.expectReasons(['#1001', 'parcelOpened'], [shop.barcodes[0] ?? '', 'piecePacked'])
    await page.close()
    page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${station.port}/#/pack`)
    floor = floorOf(page)
    await floor.go('pack')
    const verdict = await floor.scan(shop.barcodes[0] ?? '')
    expect(verdict).toMatchObject({ reason: 'piecePacked', seq: 1 })
    expect(verdict.text).toContain('2')
  })
})
