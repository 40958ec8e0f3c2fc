import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cable, layCable } from '../../src/main/host/scales/scale-double.test-support.ts'
import { openBrowser } from './support/browser.ts'
import { eventually } from './support/eventually.ts'
import { type Floor, floorOf } from './support/floor.ts'
import { setUp } from './support/office.ts'
import { shoot } from './support/shoot.ts'
import { openOrder, sealParcel, stockUp } from './support/small-day.ts'
import { type SmallShop, writeSmallShop } from './support/small-shop.ts'
import { type StationProcess, startStation } from './support/station-process.ts'
import { storedRows } from './support/stored.ts'

const root = mkdtempSync(join(tmpdir(), 'packbench-rules-'))
let station: StationProcess
let browser: BrowserContext
let page: Page
let floor: Floor
let shop: SmallShop
let cable: Cable
let talking: NodeJS.Timeout | undefined

beforeAll(async () => {
  cable = await layCable()
  shop = writeSmallShop(root, 8, 1)
  station = await startStation(join(root, 'data'))
  browser = await openBrowser(join(root, 'profile'))
  page = browser.pages()[0] ?? (await browser.newPage())
  await page.goto(station.url)
  await setUp(page)
  floor = floorOf(page)
  await stockUp(floor, shop, 30)
}, 180_000)

afterAll(async () => {
  clearInterval(talking)
  await browser?.close()
  await station?.stop()
  await cable?.remove()
  rmSync(root, { recursive: true, force: true })
})

/** What the pan says from now on, ten times a second, each in turn. */
function say(...lines: readonly string[]): void {
  clearInterval(talking)
  let turn = 0
  talking = setInterval(() => cable.send(`${lines[turn++ % lines.length] ?? ''}\r\n`), 100)
}

async function speak(language: 'en' | 'zh-CN'): Promise<void> {
  await page.evaluate((wanted) => localStorage.setItem('packbench.language', wanted), language)
  await page.reload()
  await page.locator('main[data-route]').waitFor()
}

const order = (at: number): string => shop.orderNumbers[at] ?? ''
const band = (state: string) => page.locator(`[data-list="packing-rules"][data-state="${state}"]`)

async function finishOf(number: string): Promise<Record<string, unknown>> {
  const parcels = await storedRows(page, 'parcels')
  const parcel = parcels.find((row) => (row.orderCodes as string[]).includes(number))
  return (parcel?.finish ?? {}) as Record<string, unknown>
}

describe('packing rules', () => {
  it('PAK-6 the rules are on screen from the opening on, are the next step, and the badge confirms them', async () => {
    await floor.go('pack')
    await floor.expectReasons([order(0), 'parcelOpened'])
    await band('waiting').waitFor()
    await shoot(page, 'rules-waiting-zh')
    await floor.expectReasons(['BADGE-1002', 'signedIn'])
    await band('waiting').waitFor()
    await shoot(page, 'rules-early-badge-zh')
    await floor.expectReasons(['BADGE-1001', 'signedIn'])
    for (const barcode of shop.barcodes) await floor.scan(barcode)
    await band('now').waitFor()
    await shoot(page, 'rules-now-zh')
    await floor.expectReasons(['SIZE-300-200-100', 'sizeTaken'], ['G-570', 'weightTaken'])
    await floor.expectReasons(['BADGE-1002', 'signed'])
    await band('confirmed').waitFor()
    await shoot(page, 'rules-confirmed-zh')
    await floor.expectReasons(['CMD-FINISH', 'finished'])
    expect(await finishOf(order(0))).toMatchObject({
      volumetricGrams: 1000,
      rules: [{ of: '', lines: ['@flat', '@sealed', '@taped', '@labelFront'] }],
    })
  }, 60_000)

  it('PAK-6 a manager writes a rule for a category, and the next parcel follows it', async () => {
    await floor.go('settings')
    await page.locator('[data-action="add-packing-rule"]').click()
    await page.locator('input[data-field="rule-category"]').last().fill('t恤')
    await page.locator('textarea[data-field="rule-category"]').last().fill('封口\n折成 A4 大小\n')
    await page.locator('#settings-packing-rules').scrollIntoViewIfNeeded()
    await shoot(page, 'rules-settings-zh')
    await page.locator('[data-action="save-packing-rules"]').click()
    await page.locator('.packing-rules[data-unsaved="false"]').waitFor()
    await speak('en')
    await page.locator('#settings-packing-rules').scrollIntoViewIfNeeded()
    await shoot(page, 'rules-settings-en')
    await openOrder(floor, shop, order(1))
    await band('now').getByText('折成 A4 大小').waitFor()
    await band('now').getByText('Sealed').waitFor()
    await shoot(page, 'rules-now-en')
    await floor.expectReasons(['CMD-WEIGH', 'weightWanted'], ['G-570', 'weightTaken'])
    await floor.expectReasons(['BADGE-1002', 'signed'], ['CMD-FINISH', 'finished'])
    expect((await finishOf(order(1))).rules).toEqual([{ of: 't恤', lines: ['@sealed', '折成 A4 大小'] }])
    await speak('zh-CN')
  }, 60_000)
})

describe('volumetric weight', () => {
  it('PAK-5 goes by the divisor of the contract, and the archive shows it with what was confirmed', async () => {
    await floor.go('settings')
    await page.locator('[data-courier-select="divisor"] input').click()
    await page.locator('.ant-select-item-option', { hasText: '申通快递' }).first().click()
    await page.locator('[data-action="add-divisor"]').click()
    await page.locator('[data-field="divisor"]').fill('8000')
    await page.locator('[data-field="divisor"]').blur()
    await shoot(page, 'divisor-zh')
    await page.locator('[data-action="save-courier-rules"]').click()
    await page.locator('.courier-rules[data-unsaved="false"]').waitFor()
    await openOrder(floor, shop, order(4))
    const sized = await floor.scan('SIZE-100-300-200')
    expect(sized.text).toContain('750 g')
    await shoot(page, 'sized-zh')
    const waybill = await sealParcel(floor)
    await page.goto(new URL(`#/archive/${waybill}`, page.url()).href)
    await page.getByText('300 × 200 × 100 mm').waitFor()
    await shoot(page, 'archive-zh')
  }, 60_000)
})

describe('CMD-WEIGH with a scale', () => {
  it('PAK-4 takes what lies on the pan now, and says when that is still the parcel before', async () => {
    await floor.go('settings')
    await page.locator('[data-action="scale-by-hand"]').click()
    const port = page.locator('[data-field="scale-port"] input, input[data-field="scale-port"]').first()
    await port.fill(cable.path)
    say('ST,NT,+  00.000kg')
    await page.locator('[data-action="save-scale"]').click()
    await page.locator('#settings-scale .live-weight[data-scale-state="live"]').waitFor()
    await openOrder(floor, shop, order(2))
    const taken = page.locator('[role="status"][data-reason="weightTaken"]')
    say('ST,NT,+  00.570kg')
    await taken.waitFor()
    const { seq } = await floor.read()
    await floor.scan('CMD-WEIGH')
    const again = await eventually(floor.read, (read) => read.seq >= seq + 2, 'the weight taken again')
    expect(again.reason).toBe('weightTaken')
    await floor.expectReasons(['BADGE-1002', 'signed'], ['CMD-FINISH', 'finished'])
    await openOrder(floor, shop, order(3))
    await page.locator('[data-pan="other"]').waitFor()
    await floor.expectReasons(['CMD-WEIGH', 'weightWanted'])
    await shoot(page, 'weigh-other-zh')
    await page.waitForTimeout(1500)
    expect((await floor.read()).reason).toBe('weightWanted')
    say('ST,NT,+  00.000kg')
    await page.locator('.live-weight[data-grams="0"]').waitFor()
    say('US,NT,+  00.412kg', 'US,NT,+  00.430kg')
    await page.locator('.live-weight[data-scale-state="moving"]').waitFor()
    await floor.expectReasons(['CMD-WEIGH', 'weightWanted'])
    await shoot(page, 'weigh-moving-zh')
    say('ST,NT,+  00.571kg')
    await taken.waitFor()
  }, 90_000)
})
