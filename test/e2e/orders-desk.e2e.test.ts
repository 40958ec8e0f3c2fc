import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from './support/browser.ts'
import { eventually } from './support/eventually.ts'
import { type Floor, floorOf } from './support/floor.ts'
import { importFiles, setUp } from './support/office.ts'
import { shoot } from './support/shoot.ts'
import { stockUp } from './support/small-day.ts'
import { type SmallShop, writeSmallShop } from './support/small-shop.ts'
import { type StationProcess, startStation } from './support/station-process.ts'
import { storedRows } from './support/stored.ts'

const root = mkdtempSync(join(tmpdir(), 'packbench-desk-'))
const GOOD = '江苏省,苏州市,昆山市,和平路12号,17100003373'
/** Number, status, message, address, SKU, quantity. */
const ORDERS: readonly (readonly [string, string, string, string, string, number])[] = [
  ['D-READY', '待发货', '要包好一点', GOOD, 'T1-WHITE-S', 1],
  ['D-UNPAID', '待付款', '', GOOD, 'T1-WHITE-S', 1],
  ['D-ODD', '待发货', '', '江苏省,苏州市,,和平路,123', 'T1-WHITE-S', 1],
  ['D-SHORT', '待发货', '缺货也等', GOOD, 'T1-WHITE-M', 500],
]
let station: StationProcess
let browser: BrowserContext
let page: Page
let floor: Floor
let shop: SmallShop

function writeOrders(): string {
  const path = join(root, 'orders.csv')
  const head = '订单号,状态,买家留言,省,市,区,详细地址,手机,商家编码,数量,收货人,下单时间,实付'
  const rows = ORDERS.map(
    ([number, status, message, address, sku, quantity]) =>
      `${number},${status},${message},${address},${sku},${quantity},卢小明,2026-10-01 09:00:00,129.00`,
  )
  writeFileSync(path, `\ufeff${[head, ...rows].join('\r\n')}\r\n`)
  return path
}

beforeAll(async () => {
  shop = writeSmallShop(root, 1, 1)
  station = await startStation(join(root, 'data'))
  browser = await openBrowser(join(root, 'profile'))
  page = browser.pages()[0] ?? (await browser.newPage())
  await page.goto(station.url)
  await setUp(page)
  floor = floorOf(page)
  await stockUp(floor, shop, 9)
  expect(await importFiles(floor, 'orders', [writeOrders()])).toMatchObject({ accepted: ORDERS.length })
}, 180_000)

afterAll(async () => {
  await browser?.close()
  await station?.stop()
  rmSync(root, { recursive: true, force: true })
})

const row = (number: string): Locator => page.locator(`[data-table="orders"] [data-key="${number}"]`)
const stored = async (number: string): Promise<Record<string, unknown>> => {
  const rows = await storedRows(page, 'orders')
  return rows.find(({ orderId }) => orderId === `generic/${number}`) ?? {}
}
const readiness = async (number: string): Promise<Record<string, unknown>> => {
  const rows = await storedRows(page, 'readiness')
  return rows.find(({ orderId }) => orderId === `generic/${number}`) ?? {}
}

/** Opens an order from the list of a filter or of all orders. */
async function open(number: string, tab = 'all'): Promise<void> {
  await floor.go('home')
  await page.evaluate((hash) => {
    location.hash = hash
  }, `#/orders/${tab}`)
  await row(number).click()
  await page.locator('.office-aside [data-action="flag-none"]').waitFor()
}

async function speak(language: 'en' | 'zh-CN'): Promise<void> {
  await page.evaluate((wanted) => localStorage.setItem('packbench.language', wanted), language)
  await page.reload()
  await page.locator('main[data-route]').waitFor()
}

describe('the orders’ desk', () => {
  it('ORD-3 the head bar counts down to the cut-off with the orders that must leave today', async () => {
    const chip = page.locator('[data-cut-off-minutes][data-due-today]')
    await eventually(
      async () => Number(await chip.getAttribute('data-due-today')),
      (due) => due >= 3,
      'orders due today',
    )
    expect(await chip.textContent()).toMatch(/16:00/)
  })

  it('ORD-2 a flag is set by keyboard, and holding back hides it until the order is let go', async () => {
    await open('D-READY')
    const blue = page.locator('[data-action="flag-blue"]')
    await blue.focus()
    await page.keyboard.press('Enter')
    await eventually(
      () => readiness('D-READY'),
      ({ flag }) => flag === 'blue',
      'blue flag',
    )
    await page.locator('[data-action="flag-blue"][aria-pressed="true"]').waitFor()
    await page.locator('[data-action="hold-order"]').click()
    await page.locator('input[name="holdReason"]').fill('等换货')
    await page.locator('[data-action="save-hold"]').click()
    await page.locator('[data-action="release-order"]').waitFor()
    expect(await readiness('D-READY')).toMatchObject({ state: 'held', flag: 'yellow' })
    await shoot(page, 'desk-held')
    await floor.go('pack')
    expect(await floor.scan('D-READY')).toMatchObject({ verdict: 'stop', reason: 'orderHeld', rule: 'ORD-2' })
    await shoot(page, 'desk-held-pack')
    await open('D-READY', 'byHand')
    await page.locator('[data-action="release-order"]').click()
    await eventually(
      () => readiness('D-READY'),
      ({ flag }) => flag === 'blue',
      'the flag from before',
    )
  }, 60_000)

  it('ORD-2 a note that is overdue is listed; changed twice it keeps what stood there before', async () => {
    await open('D-READY', 'noteDue')
    await page.locator('[data-note-due]').waitFor()
    const write = async (field: string, value: string, earlier: number): Promise<void> => {
      await page.locator('[data-action="edit-note"]').click()
      await page.locator(`[name="note-${field}"]`).fill(value)
      await page.locator('[data-action="save-note"]').click()
      await page.locator('.office-aside').getByText(value).first().waitFor()
      if (earlier > 0) await page.locator(`[data-history="notes"][data-count="${earlier}"]`).waitFor()
    }
    await write('spec', '白色 S 码', 0)
    await write('text', '周末不收货', 1)
    await write('shipOn', '2027-01-05', 2)
    await shoot(page, 'desk-note')
    const history = page.locator('[data-history="notes"]')
    await history.locator('summary').click()
    expect(await history.textContent()).toContain('张主管')
    expect(new Date(Number((await stored('D-READY')).deadlineAt) + 8 * 3_600_000).toISOString()).toMatch(
      /^2027-01-05T23:59/,
    )
    expect(await page.locator('[data-note-due]').count()).toBe(0)
    expect(await page.locator('.office-aside').textContent()).toContain('白色 S 码')
  }, 60_000)

  it('ORD-2 a bank transfer makes an unpaid order green and starts its clock', async () => {
    await floor.go('pack')
    expect((await floor.scan('D-UNPAID')).reason).toBe('orderNotPaid')
    await open('D-UNPAID')
    await page.locator('[data-action="add-transfer"]').click()
    await page.locator('input[name="bank"]').fill('工商银行')
    await page.locator('input[name="amount"]').fill('129.00')
    await shoot(page, 'desk-transfer')
    await page.locator('[data-action="save-transfer"]').click()
    await page.locator('[data-transfer="12900"]').first().waitFor()
    expect(await readiness('D-UNPAID')).toMatchObject({ state: 'ready', flag: 'green' })
    await floor.go('pack')
    await floor.expectReasons(['D-UNPAID', 'parcelOpened'], ['CMD-HOLD', 'held'])
  }, 60_000)

  it('ORD-5 an odd address asks at the bench; put right on the screen, the order packs', async () => {
    await floor.go('pack')
    const asked = await floor.scan('D-ODD')
    expect(asked).toMatchObject({ verdict: 'ask', reason: 'addressWanted', rule: 'ORD-5' })
    await shoot(page, 'desk-address-pack')
    await open('D-ODD', 'toConfirm')
    await page.locator('[data-address-wanted]').waitFor()
    await shoot(page, 'desk-confirm')
    await page.locator('[data-action="correct-address"]').click()
    await page.locator('input[name="address-district"]').fill('昆山市')
    await page.locator('input[name="address-phone"]').fill('17100003373')
    await page.locator('[data-action="save-address"]').click()
    await page.locator('[data-confirmations="1"]').waitFor()
    const recipients = await storedRows(page, 'recipients')
    expect(recipients.filter(({ district }) => district === '昆山市').length).toBeGreaterThan(0)
    await floor.go('pack')
    await floor.expectReasons(['D-ODD', 'parcelOpened'], ['CMD-HOLD', 'held'])
  }, 60_000)

  it('ORD-6 goods that come in release a yellow order: flag back to red, listed, and it packs', async () => {
    expect(await readiness('D-SHORT')).toMatchObject({ state: 'short', flag: 'yellow' })
    const barcode = shop.barcodes[1] ?? ''
    await floor.go('receive')
    await floor.expectReasons(
      ['CMD-NEW', 'receiveOpened'],
      [barcode, 'pieceCounted'],
      ['QTY-600', 'quantitySet'],
      ['CMD-FINISH', 'signatureWanted'],
      ['BADGE-1002', 'signed'],
      ['BADGE-1001', 'posted'],
    )
    await floor.go('putaway')
    await floor.expectReasons([barcode, 'pieceInHand'], ['QTY-600', 'pieceInHand'])
    const verdict = await floor.scan('B-01-1-02')
    expect(verdict.reason).toBe('putAway')
    expect(verdict.text).toMatch(/1.*单现在可以发/)
    await shoot(page, 'desk-released-putaway')
    expect(await readiness('D-SHORT')).toMatchObject({ state: 'ready', flag: 'red' })
    await open('D-SHORT', 'released')
    await shoot(page, 'desk-released')
    await floor.go('pack')
    await floor.expectReasons(
      ['D-SHORT', 'parcelOpened'],
      [barcode, 'piecePacked'],
      ['QTY-500', 'parcelComplete'],
    )
    await floor.expectReasons(['CMD-HOLD', 'held'])
  }, 90_000)

  it('ORD-2 ORD-3 the rules are settings, in both languages', async () => {
    await floor.go('settings')
    await page.locator('#settings-orders').scrollIntoViewIfNeeded()
    await shoot(page, 'desk-rules')
    await page.locator('#settings-orders input#minutes').fill('30')
    await page.locator('[data-action="save-order-rules"]').click()
    const rules = await eventually(
      async () => (await storedRows(page, 'settings')).find(({ name }) => name === 'noteRules'),
      (found) => found !== undefined,
      'saved rules',
    )
    expect(rules?.value).toMatchObject({ minutes: 30, wish: 'messageOrMemo' })
    await speak('en')
    await floor.go('settings')
    await page.locator('#settings-orders').scrollIntoViewIfNeeded()
    await shoot(page, 'desk-rules-en')
    await open('D-READY')
    await shoot(page, 'desk-en')
    await page.locator('[data-action="look-up-measure"]').click()
    await page.locator('input[name="lookUpItem"]').fill('T1')
    await shoot(page, 'desk-look-up-en')
    await page.keyboard.press('Escape')
    await speak('zh-CN')
  }, 60_000)
})
