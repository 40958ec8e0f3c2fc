import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cable, layCable } from '../../src/main/host/scales/scale-double.test-support.ts'
import { openBrowser } from './support/browser.ts'
import { floorOf } from './support/floor.ts'
import { setUp } from './support/office.ts'
import { shoot } from './support/shoot.ts'
import { type StationProcess, startStation } from './support/station-process.ts'

const root = mkdtempSync(join(tmpdir(), 'packbench-scales-e2e-'))
let station: StationProcess
let browser: BrowserContext
let page: Page
let cable: Cable
let talking: NodeJS.Timeout | undefined

beforeAll(async () => {
  cable = await layCable()
  station = await startStation(join(root, 'data'))
  browser = await openBrowser(join(root, 'profile'))
  page = browser.pages()[0] ?? (await browser.newPage())
  await page.goto(station.url)
  await setUp(page)
}, 120_000)

afterAll(async () => {
  clearInterval(talking)
  await browser?.close()
  await station?.stop()
  await cable?.remove()
  rmSync(root, { recursive: true, force: true })
})

/** The pan from now on, ten times a second; several lines are said in turn. */
function say(...lines: readonly string[]): void {
  clearInterval(talking)
  let turn = 0
  talking = setInterval(() => cable.send(`${lines[turn++ % lines.length] ?? ''}\r\n`), 100)
}

const scaleShows = (attributes: string) => page.locator(`#settings-scale .live-weight${attributes}`).waitFor()

describe('the scale in the whole app', () => {
  it('PAK-4 is connected in the settings, and its weight is on screen', async () => {
    await floorOf(page).go('settings')
    await page.locator('#settings-scale').scrollIntoViewIfNeeded()
    await scaleShows('[data-scale-state="none"]')
    await shoot(page, 'scale-none')
    await page.locator('[data-action="scale-by-hand"]').click()
    await page
      .locator('[data-field="scale-port"] input, input[data-field="scale-port"]')
      .first()
      .fill(cable.path)
    say('US,NT,+  00.412kg', 'US,NT,+  00.430kg')
    await page.locator('[data-action="save-scale"]').click()
    await scaleShows('[data-scale-state="moving"][data-grams="412"]')
    await shoot(page, 'scale-moving')
    say('ST,NT,+  01.284kg')
    await scaleShows('[data-scale-state="live"][data-grams="1284"][data-locked-grams="1284"]')
    await page.locator('[data-found-scale="ad"]').waitFor()
    await shoot(page, 'scale-live')
    say('ST,NT,+  00.000kg')
    await scaleShows('[data-grams="0"][data-locked-grams=""]')
  })

  it('PAK-4 says at once what is wrong with it, and goes on by itself', async () => {
    say('OL,NT,+9999.999kg')
    await scaleShows('[data-scale-state="overload"][data-grams=""]')
    await shoot(page, 'scale-overload')
    clearInterval(talking)
    await scaleShows('[data-scale-state="silent"]')
    await cable.unplug()
    await scaleShows('[data-scale-state="unplugged"]')
    await shoot(page, 'scale-unplugged')
    await cable.plug()
    say('ST,NT,+  00.658kg')
    await scaleShows('[data-scale-state="live"][data-grams="658"][data-locked-grams="658"]')
    await page.locator('[data-action="scale-off"]').click()
    await scaleShows('[data-scale-state="none"]')
    expect(await page.locator('[data-action="scale-off"]').count()).toBe(0)
  })
})
