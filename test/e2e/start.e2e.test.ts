import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser } from './support/browser.ts'
import { floorOf } from './support/floor.ts'
import { setUp } from './support/office.ts'
import { type StationProcess, startStation } from './support/station-process.ts'
import { storedRows } from './support/stored.ts'

const root = mkdtempSync(join(tmpdir(), 'packbench-start-'))
let station: StationProcess
let browser: BrowserContext

beforeAll(async () => {
  station = await startStation(join(root, 'data'))
  browser = await openBrowser(join(root, 'profile'))
  const page = browser.pages()[0] ?? (await browser.newPage())
  await page.goto(station.url)
  await setUp(page)
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await station?.stop()
  rmSync(root, { recursive: true, force: true })
})

it('a start that hangs says on what, and opens again', async () => {
  const page = await browser.newPage()
  let asked = 0
  // The first question stays without an answer for good: taking the route away would answer it, and the page would
  // go on by itself under the click.
  await page.route('**/api/station.describe', async (route) => {
    asked++
    if (asked > 1) await route.continue()
  })
  await page.goto(station.url)
  await page.locator('[data-waits-for="host"]').waitFor({ timeout: 30_000 })
  expect(asked).toBe(1)
  await page.locator('[data-action="open-again"]').click()
  await page.locator('main[data-route]').waitFor({ timeout: 30_000 })
  expect(asked).toBe(2)
  await page.close()
})

it('a database that does not open is named', async () => {
  const page = await browser.newPage()
  await page.addInitScript(() => {
    if (sessionStorage.getItem('opened') !== null) return
    sessionStorage.setItem('opened', 'once')
    // As behind another program's lock: neither success nor failure ever comes.
    IDBFactory.prototype.open = () => ({}) as IDBOpenDBRequest
  })
  await page.goto(station.url)
  await page.locator('[data-waits-for="database"]').waitFor({ timeout: 30_000 })
  if (process.env.PACKBENCH_SHOTS)
    await page.screenshot({ path: join(process.env.PACKBENCH_SHOTS, 'slow-start.png') })
  await page.locator('[data-action="open-again"]').click()
  await page.locator('main[data-route]').waitFor({ timeout: 30_000 })
  await page.close()
})

/** The browser's log as a kill between a record's head and its text leaves it. */
function tearLog(): void {
  const origin = `http_127.0.0.1_${new URL(station.url).port}.indexeddb.leveldb`
  const directory = join(root, 'profile/Default/IndexedDB', origin)
  const logs = readdirSync(directory).filter((name) => name.endsWith('.log'))
  // Checksum, length 600, whole record (LevelDB, doc/log_format.md).
  appendFileSync(join(directory, logs.sort().at(-1) ?? ''), Buffer.from([1, 2, 3, 4, 0x58, 0x02, 1]))
}

it('PAK-2 SEC-4 a record that a power cut tore in the browser’s log costs nothing, nor does what comes after it', async () => {
  const reopen = async () => {
    browser = await openBrowser(join(root, 'profile'))
    const page = browser.pages()[0] ?? (await browser.newPage())
    await page.goto(station.url)
    await page.locator('main[data-route]').waitFor({ timeout: 30_000 })
    return page
  }
  for (let times = 0; times < 3; times++) {
    await browser.close()
    tearLog()
    const floor = floorOf(await reopen())
    await floor.go('receive')
    await floor.expectReasons(['CMD-NEW', 'receiveOpened'], ['CMD-HOLD', 'held'])
  }
  await browser.close()
  expect(await storedRows(await reopen(), 'held')).toHaveLength(3)
}, 120_000)
