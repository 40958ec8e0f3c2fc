import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from './support/browser.ts'
import { eventually } from './support/eventually.ts'
import { type Floor, floorOf } from './support/floor.ts'
import { importFiles, setUp } from './support/office.ts'
import { shoot } from './support/shoot.ts'
import { stockUp } from './support/small-day.ts'
import { writeSmallShop } from './support/small-shop.ts'
import { type StationProcess, startStation } from './support/station-process.ts'
import { storedRows } from './support/stored.ts'

const root = mkdtempSync(join(tmpdir(), 'packbench-label-first-'))
const SHIRT = '6901000000004'
const NUMBERS = ['#3001', '#3002', '#3003'] as const
let station: StationProcess
let browser: BrowserContext
let page: Page
let floor: Floor

/** As many buyers, one shirt each. */
function writeOrders(...numbers: readonly string[]): string {
  const head =
    'Name,Email,Financial Status,Paid at,Fulfillment Status,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Shipping Name,Shipping Address1,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes'
  const rows = numbers.map(
    (number, index) =>
      `${number},b${index}@example.com,paid,2026-10-01 10:0${index}:00 +0800,unfulfilled,2026-10-01 09:00:00 +0800,1,Shirt,10.00,T1-WHITE-S,Buyer ${index},${index} Fictional Lane,Testville,00501,NY,US,+1 555-010${index},`,
  )
  const path = join(root, `orders-${numbers.length}-${numbers[0]?.slice(1)}.csv`)
  writeFileSync(path, `\ufeff${[head, ...rows].join('\r\n')}\r\n`)
  return path
}

beforeAll(async () => {
  const shop = { ...writeSmallShop(root, 1, 1), orders: writeOrders(...NUMBERS) }
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

const labelFiles = (): string[] =>
  readdirSync(join(station.dataDirectory, 'labels'))
    .filter((name) => name.startsWith('waybill-'))
    .sort()

const parcelOf = async (number: string): Promise<Record<string, unknown> | undefined> =>
  (await storedRows(page, 'parcels')).find((row) => (row.orderCodes as string[]).includes(number))

/** The number that stands beside the order on the orders screen. */
async function labelOf(number: string): Promise<string> {
  await floor.go('orders')
  const cell = page.locator(`[data-table="orders"] [data-key="${number}"] [data-label]`)
  await cell.waitFor()
  return (await cell.getAttribute('data-label')) ?? ''
}

async function openDetails(number: string): Promise<void> {
  await floor.go('orders')
  await page.locator(`[data-table="orders"] [data-key="${number}"]`).click()
  await page.locator('[data-order-courier]').waitFor()
}

async function chooseCourier(code: 'EMS' | 'STO'): Promise<void> {
  await page.locator('[data-action="change-courier"]').click()
  await page.locator('[data-courier-select="choose"] input').click()
  const name = code === 'STO' ? '申通快递' : code
  await page.locator('.ant-select-item-option', { hasText: name }).first().click()
  await page.locator('input[name="courierReason"]').fill('buyer asked')
  await page.locator('[data-action="save-courier"]').click()
  await page.locator(`[data-order-courier="${code}"]`).waitFor()
}

async function finishParcel(): Promise<void> {
  await floor.expectReasons(
    [SHIRT, 'parcelComplete'],
    ['G-200', 'weightTaken'],
    ['BADGE-1002', 'signed'],
    ['CMD-FINISH', 'finished'],
  )
}

describe('label first', () => {
  it('PAK-11 a setting of the station offers to print the labels of all orders that can ship', async () => {
    await floor.go('orders')
    expect(await page.locator('[data-action="print-labels"]').count()).toBe(0)
    await floor.go('settings')
    const card = page.locator('#settings-labelling')
    await card.locator('[data-labelling="last"]').waitFor()
    await card.locator('label.choice', { has: page.locator('input[value="first"]') }).click()
    await card.locator('[data-labelling="first"]').waitFor()
    await card.scrollIntoViewIfNeeded()
    await shoot(page, 'label-first-setting-zh')
    await floor.go('orders')
    await page.locator('[data-action="print-labels"]').click()
    await page.locator('[data-action="confirm-print-labels"]').waitFor()
    await shoot(page, 'label-first-dialog-zh')
    await page.locator('[data-action="confirm-print-labels"]').click()
    const labels = await Promise.all(NUMBERS.map(labelOf))
    expect(new Set(labels).size).toBe(3)
    await shoot(page, 'label-first-orders-zh')
    const files = await eventually(
      async () => labelFiles(),
      (found) => found.length === 3,
      'three labels printed',
    )
    expect(files.map((name) => /\d{15}/.exec(name)?.[0])).toEqual([...labels].sort())
    expect(await page.locator('[data-action="print-labels"]').isDisabled()).toBe(true)
  }, 90_000)

  it('PAK-1 PAK-11 the slip opens the parcel, which takes its number and prints no second label', async () => {
    const label = await labelOf(NUMBERS[0])
    await floor.go('pack')
    await floor.expectReasons([label, 'parcelOpened'])
    await finishParcel()
    await shoot(page, 'label-first-finished-zh')
    expect(await parcelOf(NUMBERS[0])).toMatchObject({ waybillNumber: label })
    expect(labelFiles()).toHaveLength(3)
  }, 60_000)

  it('PAK-11 a label is torn up in the office; its slip stops at the bench and says so', async () => {
    const label = await labelOf(NUMBERS[1])
    await openDetails(NUMBERS[1])
    await page.locator('[data-action="void-label"]').click()
    await page.locator('label.choice', { has: page.locator('input[value="wrongContent"]') }).click()
    await page.locator('[data-action="confirm-void-label"]').scrollIntoViewIfNeeded()
    await shoot(page, 'label-first-tear-up-zh')
    await page.locator('[data-action="confirm-void-label"]').click()
    await page.locator(`[data-label="${label}"][data-label-state="void"]`).waitFor()
    await page.locator('[data-action="print-label"]').click()
    const next = page.locator('[data-label-state="live"]')
    await next.waitFor()
    const fresh = (await next.getAttribute('data-label')) ?? ''
    expect(fresh).not.toBe(label)
    await page.locator('[data-list="labels"]').scrollIntoViewIfNeeded()
    await shoot(page, 'label-first-order-zh')
    await floor.go('pack')
    await floor.expectReasons([label, 'labelVoided'])
    await shoot(page, 'label-first-void-zh')
    await floor.expectReasons([fresh, 'parcelOpened'])
    await finishParcel()
    expect(await parcelOf(NUMBERS[1])).toMatchObject({ waybillNumber: fresh })
  }, 90_000)

  it('LBL-5 PAK-11 a run names what it left out, and why; it gets its label later', async () => {
    await openDetails(NUMBERS[2])
    await page.locator('[data-action="void-label"]').click()
    await page.locator('label.choice', { has: page.locator('input[value="labelTorn"]') }).click()
    await page.locator('[data-action="confirm-void-label"]').click()
    await page.locator('[data-label-state="void"]').waitFor()
    await chooseCourier('EMS')
    await page.locator('[data-action="print-labels"]:not([disabled])').click()
    await page.locator('[data-action="confirm-print-labels"]:not([disabled])').click()
    const left = page.locator('[data-list="unlabelled"]')
    await left.waitFor()
    expect(await left.textContent()).toContain(NUMBERS[2])
    await shoot(page, 'label-first-left-zh')
    await page.locator('[data-action="confirm-print-labels"]').click()
    await left.waitFor({ state: 'detached' })
    await chooseCourier('STO')
    await page.locator('[data-action="print-labels"]:not([disabled])').click()
    await page.locator('[data-action="confirm-print-labels"]:not([disabled])').click()
    await page.locator('[data-label-state="live"]').waitFor()
    // What the bench would find is on the order's card already.
    await chooseCourier('EMS')
    await page.locator('[data-label-state="outdated"] [data-label-fault="courier"]').waitFor()
    await shoot(page, 'label-first-outdated-card-zh')
    await chooseCourier('STO')
    await page.locator('[data-label-state="live"]').waitFor()
  }, 90_000)

  it('ORD-3 the buyer comes himself after all: the label is void, he signs, no courier misses it', async () => {
    const label = await labelOf(NUMBERS[2])
    await openDetails(NUMBERS[2])
    await page.locator('[data-action="edit-note"]').click()
    await page.locator('#note-delivery').click()
    await page.locator('.ant-select-item-option', { hasText: '买家自提' }).first().click()
    await page.locator('[data-action="save-note"]').click()
    await page.locator('[data-order-courier="PICKUP"]').waitFor()
    await page.locator('[data-order-courier]').scrollIntoViewIfNeeded()
    await shoot(page, 'collected-order-zh')
    await floor.go('pack')
    await floor.expectReasons([label, 'labelOutdated'])
    await shoot(page, 'label-first-outdated-zh')
    await floor.expectReasons(['ANS-1', 'labelVoided'], [NUMBERS[2], 'parcelOpened'])
    await finishParcel()
    await page.locator('.label-frame img, .label-frame svg, .label-frame canvas').first().waitFor()
    await shoot(page, 'collected-finished-zh')
    const parcel = await parcelOf(NUMBERS[2])
    expect(parcel).toMatchObject({ courier: 'PICKUP', state: 'packed' })
    const number = String(parcel?.waybillNumber)
    expect(number).toMatch(/^ZT-/)
    await floor.go('handover')
    await page.locator('[data-action="courier"][data-key="PICKUP"]').waitFor()
    expect(await page.locator(`[data-table="waiting"] [data-key="${number}"]`).count()).toBe(0)
    await shoot(page, 'collected-waiting-zh')
    await floor.expectReasons(
      ['PICKUP', 'handoverOpened'],
      [NUMBERS[2], 'parcelHanded'],
      ['CMD-FINISH', 'courierSignatureWanted'],
    )
    await shoot(page, 'collected-sign-zh')
    await page.locator('input[name="courierName"]').fill('卢小明')
    await page.locator('[data-action="sign"]').click()
    await eventually(
      () => parcelOf(NUMBERS[2]),
      (row) => row?.state === 'handedOver',
      'handed to the buyer',
    )
    await floor.go('archive')
    await page.locator('input[name="archiveSearch"], [data-scan-target]').first().fill(NUMBERS[2])
    await page.locator(`[data-table="archive"] [data-key="${number}"]`).waitFor()
    await shoot(page, 'collected-archive-zh')
  }, 120_000)

  it('PAK-11 a chosen station prints by itself what is paid and can ship', async () => {
    expect(await importFiles(floor, 'orders', [writeOrders('#3004')])).toMatchObject({ refused: 0 })
    await floor.go('settings')
    const card = page.locator('#settings-labelling')
    await card.locator('label.choice', { has: page.locator('input[value="atOnce"]') }).click()
    // One order waits: whoever chooses this hears that its label comes out now.
    const begin = page.locator('[data-action="begin-at-once"]')
    await begin.waitFor()
    await shoot(page, 'labels-at-once-ask-zh')
    await begin.click()
    await card.locator('[data-labelling="atOnce"]').waitFor()
    await card.scrollIntoViewIfNeeded()
    await shoot(page, 'labels-at-once-setting-zh')
    const before = labelFiles().length
    const [first, second] = ['#3004', '#3005']
    const label = await labelOf(first)
    await importFiles(floor, 'orders', [writeOrders(second)])
    expect(await labelOf(second)).not.toBe(label)
    await eventually(
      async () => labelFiles().length,
      (count) => count >= before + 1,
      'its label is printed',
    )
    await floor.go('settings')
    await card.locator('label.choice', { has: page.locator('input[value="first"]') }).click()
    await card.locator('[data-labelling="first"]').waitFor()
  }, 90_000)

  it('PAK-11 all of it in English', async () => {
    await page.evaluate(() => localStorage.setItem('packbench.language', 'en'))
    await page.reload()
    await floor.go('settings')
    await page.locator('#settings-labelling').scrollIntoViewIfNeeded()
    expect(await page.locator('#settings-labelling').textContent()).toContain('Label first')
    await shoot(page, 'label-first-setting-en')
    // What the buyer collected has used no pool.
    const pools = page.locator('[data-table="waybills"]')
    await pools.locator('[data-key="STO"]').waitFor()
    expect(await pools.locator('[data-key="PICKUP"]').count()).toBe(0)
    await floor.go('orders')
    await page.locator('.ant-segmented-item', { hasText: 'All' }).click()
    await page.locator(`[data-table="orders"] [data-key="${NUMBERS[1]}"]`).click()
    await page.locator('[data-list="labels"]').scrollIntoViewIfNeeded()
    await shoot(page, 'label-first-order-en')
  }, 60_000)
})
