import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EwaybillDouble } from '../support/ewaybill-double.ts'
import { startKuaidi100Double } from '../support/kuaidi100-double.ts'
import { openBrowser } from './support/browser.ts'
import { eventually } from './support/eventually.ts'
import { type Floor, floorOf } from './support/floor.ts'
import { importFiles, setUp } from './support/office.ts'
import { shoot } from './support/shoot.ts'
import { openOrder, stockUp } from './support/small-day.ts'
import { type SmallShop, writeSmallShop } from './support/small-shop.ts'
import { type StationProcess, startStation } from './support/station-process.ts'
import { storedRows } from './support/stored.ts'

const root = mkdtempSync(join(tmpdir(), 'packbench-couriers-'))
let station: StationProcess
let browser: BrowserContext
let page: Page
let floor: Floor
let shop: SmallShop
let double: EwaybillDouble
const panel = (): ReturnType<Page['locator']> => page.locator('#settings-couriers')

beforeAll(async () => {
  double = await startKuaidi100Double()
  shop = writeSmallShop(root, 3, 1)
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
  await double?.close()
  rmSync(root, { recursive: true, force: true })
})

async function toPanel(): Promise<void> {
  await floor.go('settings')
  await panel().scrollIntoViewIfNeeded()
}

async function speak(language: 'en'): Promise<void> {
  await page.evaluate((wanted) => localStorage.setItem('packbench.language', wanted), language)
  await page.reload()
  await page.locator('main[data-route]').waitFor()
}

const fetchedRows = async (): Promise<Record<string, unknown>[]> =>
  (await storedRows(page, 'waybills')).filter((row) => row.fetched !== undefined)

describe('e-waybills in the browser host', () => {
  it('LBL-5 an account is entered by hand; what is missing is said', async () => {
    await toPanel()
    await shoot(page, 'couriers-empty')
    await panel().locator('[data-action="add-account"]').click()
    await page.locator('input#user').fill('KEY100')
    await page.locator('input#secret').fill('SECRET100')
    await page.locator('input#url').fill(double.url)
    await shoot(page, 'couriers-form')
    await page.locator('[data-action="save-account"]').click()
    await panel().locator('[data-accounts="1"]').waitFor()
    await shoot(page, 'couriers-no-sender')
    expect(double.heard).toHaveLength(0)
    expect(readFileSync(join(station.dataDirectory, 'couriers.json'), 'utf8')).not.toContain('SECRET100')
    expect(await page.content()).not.toContain('SECRET100')
  }, 60_000)

  it('LBL-5 with the sender known, every ready order gets its number while nobody waits', async () => {
    await page.locator('input#shopPhone').fill('057112345678')
    await page.locator('input#shopAddress').fill('浙江省杭州市西湖区样品路1号')
    await page.locator('#settings-shop button[type="submit"]').click()
    await panel().locator('[data-action="test-account"]').click()
    await panel().locator('[data-balance="unknown"]').waitFor()
    await eventually(fetchedRows, (rows) => rows.length === 3, 'numbers ahead')
    await panel().locator('[data-figure="ahead"]', { hasText: '3' }).waitFor()
    expect(double.heard).toHaveLength(3)
    // They are no lost station's.
    expect(await page.locator('#settings-pools').textContent()).not.toContain('order:')
    await panel().scrollIntoViewIfNeeded()
    await shoot(page, 'couriers-ahead')
  }, 90_000)

  it('LBL-5 packing goes on when the service is gone, with the number of that order', async () => {
    await double.close()
    const [order = ''] = shop.orderNumbers
    await openOrder(floor, shop, order)
    await floor.expectReasons(['G-570', 'weightTaken'], ['BADGE-1002', 'signed'], ['CMD-FINISH', 'finished'])
    const used = (await fetchedRows()).filter((row) => row.usedBy !== null)
    expect(used).toHaveLength(1)
    expect(used[0]).toMatchObject({ fetchedFor: `shopify/${order}`, sortCode: '571-01' })
    const [parcel] = await storedRows(page, 'parcels')
    expect(parcel).toMatchObject({ waybillNumber: used[0]?.number })
  }, 60_000)

  it('LBL-5 says in both languages what is wrong', async () => {
    mkdirSync(join(root, 'more'))
    const { orders } = writeSmallShop(join(root, 'more'), 5, 1)
    await importFiles(floor, 'orders', [orders])
    await toPanel()
    await panel().locator('[data-condition="trouble"]').waitFor()
    await panel().scrollIntoViewIfNeeded()
    await shoot(page, 'couriers-trouble-zh')
    await speak('en')
    await toPanel()
    await panel().locator('[data-account]').waitFor()
    expect(await panel().locator('[data-trouble]').getAttribute('data-trouble')).toBe('serviceDown')
    await panel().scrollIntoViewIfNeeded()
    await shoot(page, 'couriers-trouble-en')
  }, 60_000)
})
