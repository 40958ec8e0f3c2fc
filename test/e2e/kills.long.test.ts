import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { diceFrom } from './support/dice.ts'
import { type Floor, floorOf } from './support/floor.ts'
import { type KillableBrowser, openKillableBrowser } from './support/killable-browser.ts'
import { rebuildCompare, setUp } from './support/office.ts'
import { stockUp } from './support/small-day.ts'
import { writeSmallShop } from './support/small-shop.ts'
import { type StationProcess, startStation } from './support/station-process.ts'
import { storedRows } from './support/stored.ts'

const KILLS = Number(process.env.PACKBENCH_KILLS ?? 20)
const seed = Number(process.env.PACKBENCH_SEED ?? Date.now() % 1_000_000)
const root = mkdtempSync(join(tmpdir(), 'packbench-kills-'))
let station: StationProcess
let browser: KillableBrowser

afterAll(async () => {
  await browser?.close()
  await station?.stop()
  rmSync(root, { recursive: true, force: true })
})

interface Shown {
  readonly scan: string
  readonly reason: string
}

/** Where a start hangs, what the page shows of it is the best witness. */
const opened = (page: Page): Promise<void> =>
  page
    .locator('main[data-route]')
    .waitFor({ timeout: 60_000 })
    .catch(async (error: Error) => {
      const seen = await page.locator('#root').innerHTML({ timeout: 5000 })
      throw new Error(`${error.message}; the page shows ${seen.slice(0, 2000)}`)
    })

/** The page tells each verdict the moment it is on screen; what was told before the kill has been seen by a person. */
async function open(shown: Shown[], pending: string[]): Promise<Floor> {
  browser = await openKillableBrowser(join(root, 'profile'))
  const { page } = browser
  await page.exposeFunction('verdictShown', (reason: string) => {
    shown.push({ scan: pending.shift() ?? '', reason })
  })
  await page.goto(station.url)
  await opened(page)
  const floor = floorOf(page)
  await floor.go('pack')
  await page.evaluate(() => {
    const status = document.querySelector('[role="status"][data-seq]')
    const tell = (window as unknown as { verdictShown: (reason: string) => void }).verdictShown
    if (status)
      new MutationObserver(() => tell(status.getAttribute('data-reason') ?? '')).observe(status, {
        attributeFilter: ['data-seq'],
      })
  })
  return floor
}

const packSteps = async (floor: Floor): Promise<Shown[]> =>
  (await storedRows(floor.page, 'records'))
    .filter((record) => record.kind === 'step')
    .map((record) => record.data as { area: string; scan: string; answer: { reason: string } })
    .filter((step) => step.area === 'pack')
    .map((step) => ({ scan: step.scan, reason: step.answer.reason }))

describe('power cuts', () => {
  it(`PAK-2 seed ${seed}: ${KILLS} kills of the browser in the middle of packing lose no verdict that was shown`, async () => {
    const roll = diceFrom(seed)
    const shop = writeSmallShop(root, KILLS + 2)
    station = await startStation(join(root, 'data'))
    browser = await openKillableBrowser(join(root, 'profile'))
    await browser.page.goto(station.url)
    await setUp(browser.page)
    await stockUp(floorOf(browser.page), shop, shop.orderNumbers.length * shop.each)
    await browser.close()

    const shown: Shown[] = []
    let inFlight = 0
    for (let round = 0; round < KILLS; round++) {
      const pending: string[] = []
      const floor = await open(shown, pending)
      const stored = await packSteps(floor)
      // Everything that was seen is there; more than that only what was scanned and not yet answered.
      expect(stored.slice(0, shown.length)).toEqual(shown)
      expect(stored.length - shown.length).toBeLessThanOrEqual(inFlight)
      // What happened without being seen is taken over, so that the next rounds compare the whole history.
      shown.splice(0, shown.length, ...stored)
      const scans = [
        shop.orderNumbers[round] ?? '',
        ...shop.barcodes,
        'CMD-BACK',
        ...shop.barcodes,
        '9999999999999',
        ...shop.barcodes,
      ]
      const many = 3 + roll(scans.length - 3)
      for (const code of scans.slice(0, many)) {
        pending.push(code.toUpperCase())
        await floor.page.keyboard.type(code)
        await floor.page.keyboard.press('Enter')
      }
      await new Promise((resolve) => setTimeout(resolve, roll(60)))
      await browser.kill()
      inFlight = pending.length
    }

    const floor = await open(shown, [])
    expect((await packSteps(floor)).slice(0, shown.length)).toEqual(shown)
    expect(await rebuildCompare(floor)).toBe('equal')
    await browser.close()
  })

  it('SEC-4 a wiped browser database comes back from the journal, less exactly the lag that was shown', async () => {
    const shown: Shown[] = []
    let floor = await open(shown, [])
    await floor.page.locator('[data-journal-lag]').waitFor({ state: 'detached', timeout: 30_000 })
    await floor.scan('CMD-HOLD')
    await floor.scan(`#${1001 + KILLS}`)
    await floor.page.waitForTimeout(3000)
    const journalled = await packSteps(floor)
    const balances = await storedRows(floor.page, 'balances')
    // The host dies; the work goes on, and the bar says how much is not in the journal.
    await station.kill()
    for (const code of ['6901000000004', '6901000000011', '6901000000028']) await floor.scan(code)
    const lag = floor.page.locator('[data-journal-lag]')
    await expect
      .poll(() => lag.getAttribute('data-journal-lag', { timeout: 5000 }).catch(() => null), {
        timeout: 30_000,
      })
      .toBe('3')
    await browser.kill()
    rmSync(join(root, 'profile'), { recursive: true, force: true })

    station = await startStation(join(root, 'data'))
    browser = await openKillableBrowser(join(root, 'profile'))
    await browser.page.goto(station.url)
    await browser.page.locator('[data-action="rebuild-from-journal"]').click()
    await browser.page.locator('main[data-route]').waitFor({ timeout: 120_000 })
    floor = floorOf(browser.page)
    expect(await packSteps(floor)).toEqual(journalled)
    expect(await storedRows(browser.page, 'balances')).toEqual(balances)
    expect(await rebuildCompare(floor)).toBe('equal')
    // The parcel stands where the journal has it, and can be packed to its end.
    await floor.go('pack')
    const again = await floor.scan('6901000000004')
    expect(again.verdict).toBe('right')
  })
})
