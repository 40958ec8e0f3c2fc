import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from './support/browser.ts'
import { type Floor, floorOf } from './support/floor.ts'
import { importFiles, setUp } from './support/office.ts'
import { shoot } from './support/shoot.ts'
import { stockUp } from './support/small-day.ts'
import { writeSmallShop } from './support/small-shop.ts'
import { type StationProcess, startStation } from './support/station-process.ts'
import { storedRows } from './support/stored.ts'

const root = mkdtempSync(join(tmpdir(), 'packbench-merge-'))
const [SMALL, MEDIUM, LARGE] = ['6901000000004', '6901000000011', '6901000000028'] as const
const FIRST_SF = 'SF1000000000001'
let station: StationProcess
let browser: BrowserContext
let page: Page
let floor: Floor

const HEAD =
  'Name,Email,Financial Status,Paid at,Fulfillment Status,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Shipping Name,Shipping Address1,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes'

/** Of each: who ordered it, which shirt, how many, what was noted. Ada ordered twice. */
const ORDERS = [
  ['#2001', 'ada', 'S', 1, ''],
  ['#2002', 'ada', 'M', 2, ''],
  ['#2003', 'bo', 'L', 1, '请发顺丰'],
  ['#2004', 'cy', 'S', 1, ''],
] as const

function writeOrders(): string {
  const rows = ORDERS.map(([number, who, size, quantity, notes]) =>
    [
      `${number},${who}@example.com,paid,2026-10-01 10:00:00 +0800,unfulfilled,2026-10-01 09:00:00 +0800`,
      `${quantity},Shirt,10.00,T1-WHITE-${size}`,
      `${who} Example,1 Fictional Lane,Testville,00501,NY,US,+1 555-0100,${notes}`,
    ].join(','),
  )
  const path = join(root, 'merge-orders.csv')
  writeFileSync(path, `\ufeff${[HEAD, ...rows].join('\r\n')}\r\n`)
  return path
}

function writePool(): string {
  const path = join(root, 'pool-sf.csv')
  writeFileSync(path, `courier,waybill_no,sort_code\r\nSF,${FIRST_SF},010\r\nSF,SF1000000000002,010\r\n`)
  return path
}

beforeAll(async () => {
  const shop = { ...writeSmallShop(root, 1, 1), orders: writeOrders() }
  station = await startStation(join(root, 'data'))
  browser = await openBrowser(join(root, 'profile'))
  page = browser.pages()[0] ?? (await browser.newPage())
  await page.goto(station.url)
  await setUp(page)
  floor = floorOf(page)
  await stockUp(floor, shop, 9)
}, 180_000)

afterAll(async () => {
  await browser?.close()
  await station?.stop()
  rmSync(root, { recursive: true, force: true })
})

async function openDetails(number: string): Promise<void> {
  await floor.go('orders')
  await page.locator(`[data-table="orders"] [data-key="${number}"]`).click()
  await page.locator('[data-order-courier]').waitFor()
}

const parcelsOf = async (number: string): Promise<Record<string, unknown>[]> =>
  (await storedRows(page, 'parcels')).filter((row) => (row.orderCodes as string[]).includes(number))

describe('how orders go out', () => {
  it('ORD-4 two orders of one buyer are offered, merged, parted and merged again', async () => {
    await floor.go('orders')
    const button = page.locator('[data-action="merge-offers"]')
    await page.locator('[data-action="merge-offers"][data-count="1"]').waitFor()
    await button.click()
    const row = page.locator('[data-table="merge-offers"] [data-key="#2001+#2002"]')
    expect(await row.getAttribute('data-merge')).toBe('open')
    await shoot(page, 'merge-offers-zh')
    await row.locator('[data-action="merge"]').click()
    await page.locator('[data-key="#2001+#2002"][data-merge="merged"]').waitFor()
    await shoot(page, 'merge-merged-zh')
    await row.locator('[data-action="part"]').click()
    await page.locator('[data-key="#2001+#2002"][data-merge="open"]').waitFor()
    await page.locator('[data-action="merge-all"]').click()
    await page.locator('[data-key="#2001+#2002"][data-merge="merged"]').waitFor()
    await page.keyboard.press('Escape')
  }, 60_000)

  it('ORD-8 a gift is added to an order, scanned into its parcel and taken from stock', async () => {
    await openDetails('#2002')
    await page.locator('[data-merged-with="#2001"]').waitFor()
    await page.locator('input[name="extraCode"]').fill('T1-WHITE-L')
    await page.locator('[data-action="add-extra"]').click()
    await page.locator('[data-extra="T1-WHITE-L"][data-short="0"]').waitFor()
    await shoot(page, 'order-dispatch-zh')
  }, 60_000)

  it('ORD-4 either number opens one parcel of both; finished, both are told apart', async () => {
    await floor.go('pack')
    const opened = await floor.scan('#2002')
    expect(opened).toMatchObject({ reason: 'parcelOpened' })
    await floor.expectReasons(
      [SMALL, 'piecePacked'],
      [MEDIUM, 'piecePacked'],
      [MEDIUM, 'piecePacked'],
      [LARGE, 'parcelComplete'],
      ['G-750', 'weightTaken'],
    )
    await shoot(page, 'merge-packed-zh')
    await floor.expectReasons(['BADGE-1002', 'signed'], ['CMD-FINISH', 'finished'])
    await floor.expectReasons(['#2001', 'alreadyFinished'], ['#2002', 'alreadyFinished'])
    const [parcel, ...more] = await parcelsOf('#2001')
    expect(more).toEqual([])
    expect(parcel).toMatchObject({ orderCodes: ['#2001', '#2002'], courier: 'STO' })
  }, 60_000)

  it('ORD-7 the order that wishes 顺丰 goes with 申通 until a pool of 顺丰 is there, and says why', async () => {
    await openDetails('#2003')
    const card = page.locator('[data-order-courier]')
    expect(await card.getAttribute('data-order-courier')).toBe('STO')
    expect(await card.textContent()).toContain('没有顺丰速运的面单号')
    await importFiles(floor, 'waybills', [writePool()])
    await openDetails('#2003')
    await page.locator('[data-order-courier="SF"][data-order-courier-rule="wish"]').waitFor()
    await page.locator('[data-order-courier]').scrollIntoViewIfNeeded()
    await shoot(page, 'order-courier-zh')
    await floor.go('pack')
    await floor.expectReasons(
      ['#2003', 'parcelOpened'],
      [LARGE, 'parcelComplete'],
      ['G-200', 'weightTaken'],
      ['BADGE-1002', 'signed'],
      ['CMD-FINISH', 'finished'],
    )
    expect(await parcelsOf('#2003')).toMatchObject([{ courier: 'SF', waybillNumber: FIRST_SF }])
  }, 90_000)

  it('ORD-9 ORD-4 the file for the platform gives both merged orders the one waybill', async () => {
    await floor.go('orders')
    const part = page.locator('[data-export="shipped"]')
    await part.locator('[data-action="export-csv"]').click()
    await part.locator('[data-export-result="saved"]').waitFor()
    const exports = join(station.dataDirectory, 'exports')
    const [name = ''] = readdirSync(exports).filter((file) => file.endsWith('.csv'))
    const text = readFileSync(join(exports, name), 'utf8').replace(/[\t"]/g, '')
    const rows = text.split(/\r?\n/).map((line) => line.split(','))
    const waybillOf = (number: string) => rows.find(([order]) => order === number)?.slice(1)
    expect(waybillOf('#2001')?.[0]).toBe('申通快递')
    expect(waybillOf('#2001')?.[1]).toMatch(/^773/)
    expect(waybillOf('#2002')).toEqual(waybillOf('#2001'))
    expect(waybillOf('#2003')).toEqual(['顺丰速运', FIRST_SF])
  }, 60_000)

  it('ORD-7 a trial shows what the table on screen would do, before it is saved', async () => {
    await floor.go('settings')
    const panel = page.locator('#settings-courier-rules')
    await panel.scrollIntoViewIfNeeded()
    await shoot(page, 'courier-rules-zh')
    await panel.locator('input[name="courierTrial"]').fill('#2004')
    await panel.locator('[data-action="try-order"]').click()
    await panel.locator('[data-trial-courier="STO"][data-trial-rule="usual"]').waitFor()
    await panel.locator('[data-action="add-courier-rule"]').click()
    await page.locator('input#weightOverGrams').fill('100')
    await page.locator('[data-rule-courier] input, input#courier').first().click()
    await page.locator('.ant-select-item-option', { hasText: 'EMS' }).first().click()
    await shoot(page, 'courier-rule-form-zh')
    await page.locator('[data-action="keep-courier-rule"]').click()
    await panel.locator('[data-table="courier-rules"] tr[data-courier="EMS"]').waitFor()
    await panel.locator('[data-action="try-order"]').click()
    await panel.locator('[data-trial-courier="EMS"]').waitFor()
    await panel.locator('[data-action="try-queue"]').click()
    await panel.locator('[data-table="courier-trial"] [data-count="1"]').waitFor()
    await panel.locator('[data-table="courier-trial"]').scrollIntoViewIfNeeded()
    await shoot(page, 'courier-trial-zh')
    await panel.locator('[data-action="save-courier-rules"]').click()
    await panel.locator('[data-unsaved="false"]').waitFor()
    await openDetails('#2004')
    await page.locator('[data-order-courier="EMS"]').waitFor()
  }, 90_000)

  it('ORD-7 LBL-5 a courier without numbers is said before and at the end; another is chosen by hand', async () => {
    await page.locator('.note', { hasText: '没有EMS的面单号' }).waitFor()
    await page.locator('[data-action="change-courier"]').click()
    await page.locator('[data-courier-select="choose"] input').click()
    await page.locator('.ant-select-item-option', { hasText: '申通快递' }).first().click()
    await page.locator('input[name="courierReason"]').fill('客户说申通也行')
    await page.locator('[data-action="save-courier"]').click()
    await page.locator('[data-order-courier="STO"][data-order-courier-rule="byHand"]').waitFor()
    await page.evaluate(() => localStorage.setItem('packbench.language', 'en'))
    await page.reload()
    await openDetails('#2004')
    await page.locator('[data-order-courier]').scrollIntoViewIfNeeded()
    await shoot(page, 'order-courier-en')
    await floor.go('pack')
    await floor.expectReasons(
      ['#2004', 'parcelOpened'],
      [SMALL, 'parcelComplete'],
      ['G-200', 'weightTaken'],
      ['BADGE-1002', 'signed'],
      ['CMD-FINISH', 'finished'],
    )
    expect(await parcelsOf('#2004')).toMatchObject([{ courier: 'STO' }])
    await floor.go('settings')
    await page.locator('[data-table="courier-rules"]').scrollIntoViewIfNeeded()
    await shoot(page, 'courier-rules-en')
  }, 90_000)
})
