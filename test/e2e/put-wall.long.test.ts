import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from './support/browser.ts'
import { type Floor, floorOf } from './support/floor.ts'
import { setUp } from './support/office.ts'
import { shoot } from './support/shoot.ts'
import { sealParcel, stockUp } from './support/small-day.ts'
import { type SmallShop, writeSmallShop } from './support/small-shop.ts'
import { type StationProcess, startStation } from './support/station-process.ts'
import { storedRows, storedStock } from './support/stored.ts'

const root = mkdtempSync(join(tmpdir(), 'packbench-wall-'))
let station: StationProcess
let browser: BrowserContext
let page: Page
let floor: Floor
let shop: SmallShop

beforeAll(async () => {
  shop = writeSmallShop(root, 20, 1)
  station = await startStation(join(root, 'data'))
  browser = await openBrowser(join(root, 'profile'))
  page = browser.pages()[0] ?? (await browser.newPage())
  await page.goto(station.url)
  await setUp(page)
  floor = floorOf(page)
  await stockUp(floor, shop, 30)
}, 180_000)

afterAll(async () => {
  await browser?.close()
  await station?.stop()
  rmSync(root, { recursive: true, force: true })
})

const heroes = (): Promise<string[]> =>
  page.locator('[data-hero]').evaluateAll((list) => list.map((hero) => hero.textContent ?? ''))

const slotOnScreen = async (): Promise<string> =>
  (await page.locator('[data-hero="slot"] .slot-figure').textContent())?.trim() ?? ''

async function speak(language: 'en' | 'zh-CN'): Promise<void> {
  await page.evaluate((wanted) => localStorage.setItem('packbench.language', wanted), language)
  await page.reload()
  await page.locator('main[data-route]').waitFor()
}

/** Set in the dialog of the pick screen. */
async function setBatchSize(size: number): Promise<void> {
  await floor.go('pick')
  await page.locator('[data-action="picking-settings"]').click()
  await page.locator('input[name="batchSize"]').fill(String(size))
  await shoot(page, 'pick-settings')
  await page.locator('[data-action="save-picking"]').click()
  await page.locator('[data-action="save-picking"]').waitFor({ state: 'hidden' })
}

async function readinessOf(number: string): Promise<Record<string, unknown> | undefined> {
  const orders = await storedRows(page, 'orders')
  const order = orders.find((row) => row.codeKey === number)
  return (await storedRows(page, 'readiness')).find((row) => row.orderId === order?.orderId)
}

/** Goods of a shirt from the supplier into a bin. */
async function putInto(shirt: number, binCode: string): Promise<void> {
  const barcode = shop.barcodes[shirt] ?? ''
  await floor.go('receive')
  await floor.expectReasons(
    ['CMD-NEW', 'receiveOpened'],
    [barcode, 'pieceCounted'],
    ['CMD-FINISH', 'signatureWanted'],
    ['BADGE-1002', 'signed'],
    ['BADGE-1001', 'posted'],
  )
  await floor.go('putaway')
  await floor.expectReasons([barcode, 'pieceInHand'], [binCode, 'putAway'])
}

describe('picking on a put-wall', () => {
  it('PIK-1 PIK-2 PAK-1 twelve orders on one walk, each packed by scanning its slot', async () => {
    await setBatchSize(12)
    const opened = await floor.scan('CMD-NEXT')
    expect(opened).toMatchObject({ reason: 'batchOpened', rule: 'PIK-1' })
    await shoot(page, 'pick-batch-go')
    for (const [index, barcode] of shop.barcodes.entries()) {
      await floor.expectReasons([`B-01-1-0${index + 1}`, 'binRight'])
      for (let slot = 1; slot <= 12; slot++) {
        const verdict = await floor.scan(barcode)
        expect(verdict.verdict).toBe('right')
        expect(verdict.text).toContain(`${slot} 号格`)
        if (index === 2 && slot === 12) expect(verdict.reason).toBe('pickDone')
        else await expect.poll(slotOnScreen).toBe(String(slot))
      }
      if (index === 0) {
        await shoot(page, 'pick-batch-slot')
        // The task stands where it was, undo included.
        await page.reload()
        await page.locator('[data-hero="bin"]').waitFor()
        expect((await heroes()).join(' ')).toContain('B-01-1-02')
        await floor.expectReasons(['CMD-BACK', 'undone'], [barcode, 'piecePicked'])
      }
    }
    await floor.go('pack')
    await page.locator('[data-table="queue"] [data-slot="WALL-12"]').waitFor()
    await shoot(page, 'pack-queue-wall')
    for (let slot = 1; slot <= 12; slot++) {
      const verdict = await floor.scan(`WALL-${String(slot).padStart(2, '0')}`)
      expect(verdict.reason).toBe('parcelOpened')
      expect(verdict.text).toContain(shop.orderNumbers[slot - 1])
      await page.locator(`[data-slots="WALL-${String(slot).padStart(2, '0')}"]`).waitFor()
      if (slot === 1) await shoot(page, 'pack-wall')
      for (const barcode of shop.barcodes) expect((await floor.scan(barcode)).verdict).toBe('right')
      await sealParcel(floor)
    }
    expect((await floor.scan('WALL-01')).reason).toBe('unknownCode')
    const stock = await storedStock(page)
    expect(Object.keys(stock).filter((key) => key.startsWith('cart:'))).toEqual([])
    expect(stock['bin:B-01-1-01 T1-WHITE-S']).toBe(18)
  })

  it('PIK-1 a wave in two batches, one taken by its slip’s number, the other given up', async () => {
    await floor.go('pick')
    await page.locator('[data-action="plan-wave"]').click()
    await page.locator('input[name="waveSize"]').fill('4')
    await page.locator('[data-wave-orders="8"][data-wave-batches="2"]').waitFor()
    await shoot(page, 'pick-wave')
    await page.locator('[data-action="make-wave"]').click()
    const batches = page.locator('[data-batch]')
    await expect.poll(() => batches.count()).toBe(2)
    const jobs = (await storedRows(page, 'printJobs')).length
    await batches.first().locator('[data-action="print-batch-slip"]').click()
    await expect.poll(async () => (await storedRows(page, 'printJobs')).length).toBe(jobs + 1)
    await shoot(page, 'pick-waiting')
    const number = (await batches.first().getAttribute('data-batch')) ?? ''
    await batches.last().locator('[data-action="dissolve-batch"]').click()
    await expect.poll(() => batches.count()).toBe(1)
    expect(await floor.scan(number)).toMatchObject({ reason: 'batchOpened' })
    await floor.expectReasons(['CMD-FINISH', 'pickDone'])
  })

  it('PIK-3 a short pick goes on at the bin that has the piece, and the doubted goods wait for a look', async () => {
    await putInto(0, 'B-01-1-03')
    await floor.go('pick')
    await floor.expectReasons(['#1013', 'pickOpened'], ['B-01-1-01', 'binRight'])
    const asked = await floor.scan('CMD-SHORT')
    expect(asked).toMatchObject({ verdict: 'ask', reason: 'shortWanted', rule: 'PIK-3' })
    expect(asked.text).toContain('B-01-1-03')
    await shoot(page, 'pick-short')
    await floor.expectReasons(['ANS-1', 'stopMoved'])
    await floor.expectReasons(
      ['B-01-1-02', 'binRight'],
      [shop.barcodes[1] ?? '', 'piecePicked'],
      ['B-01-1-03', 'binRight'],
      [shop.barcodes[0] ?? '', 'piecePicked'],
      [shop.barcodes[2] ?? '', 'pickDone'],
    )
    expect((await readinessOf('#1014'))?.flag).toBe('yellow')
    await page.locator('[data-action="short-found"]').waitFor()
    await shoot(page, 'pick-doubted')
    await page.locator('[data-action="short-found"]').click()
    await expect.poll(async () => (await readinessOf('#1014'))?.state).toBe('ready')
  })

  it('PIK-3 ORD-6 without another bin: yellow flag, the bin on the count list, nothing of it allocated', async () => {
    await floor.go('pick')
    await floor.expectReasons(
      ['#1014', 'pickOpened'],
      ['B-01-1-01', 'binRight'],
      ['CMD-SHORT', 'shortWanted'],
    )
    await floor.expectReasons(['ANS-1', 'shortNoted'])
    expect(await readinessOf('#1014')).toMatchObject({ state: 'short', flag: 'yellow' })
    expect(await readinessOf('#1015')).toMatchObject({ state: 'short', flag: 'yellow' })
    const todos = await storedRows(page, 'todos')
    expect(todos).toContainEqual(
      expect.objectContaining({ kind: 'countBin', subject: 'B-01-1-01', reason: 'shortAtPicking' }),
    )
    expect((await storedStock(page))['bin:B-01-1-01 T1-WHITE-S']).toBe(18)
    await speak('en')
    await floor.go('pick')
    await floor.expectReasons(['#1014', 'notAllocated'])
    await shoot(page, 'pick-yellow-en')
    await putInto(0, 'B-01-1-01')
    expect(await readinessOf('#1014')).toMatchObject({ state: 'ready' })
    await floor.go('pick')
    await floor.scan('CMD-NEXT')
    await floor.expectReasons(['B-01-1-01', 'binRight'], [shop.barcodes[0] ?? '', 'piecePicked'])
    await shoot(page, 'pick-batch-en')
  })
})
