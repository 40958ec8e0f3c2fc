import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { type CuttableNetwork, openNetwork } from './cuttable-network.ts'
import { eventually } from './eventually.ts'
import { type Floor, floorOf } from './floor.ts'
import { type KillableBrowser, openKillableBrowser } from './killable-browser.ts'
import { type StationProcess, startStation } from './station-process.ts'

/** A PC with its host, its browser profile and its own way to the hub; everything but the way can die and come back. */
export interface SyncStation {
  readonly name: string
  readonly dataDirectory: string
  readonly profile: string
  readonly network: CuttableNetwork
  process: StationProcess
  browser: KillableBrowser
  page: Page
  floor: Floor
}

/** Starts the host and opens the page; what it shows depends on the data directory and the profile. */
export async function openStation(root: string, name: string, hubPort: number): Promise<SyncStation> {
  const network = await openNetwork(hubPort)
  const dataDirectory = join(root, name, 'data')
  const profile = join(root, name, 'profile')
  mkdirSync(profile, { recursive: true })
  const process = await startStation(dataDirectory)
  const browser = await openKillableBrowser(profile)
  const { page } = browser
  const station = { name, dataDirectory, profile, network, process, browser, page, floor: floorOf(page) }
  await page.goto(process.url)
  return station
}

/** The browser again, after it died or its profile was wiped. */
export async function reopenBrowser(station: SyncStation): Promise<void> {
  mkdirSync(station.profile, { recursive: true })
  station.browser = await openKillableBrowser(station.profile)
  station.page = station.browser.page
  station.floor = floorOf(station.page)
  await station.page.goto(station.process.url)
}

/** The host again, on the same port, as the browser's data belong to its address. */
export async function restartHost(station: SyncStation): Promise<void> {
  station.process = await startStation(station.dataDirectory, station.process.port)
}

export async function closeStation(station: SyncStation | undefined): Promise<void> {
  await station?.browser.close().catch(() => undefined)
  await station?.process.stop().catch(() => undefined)
  await station?.network.close()
}

/** SYN-1: an existing station joins by the form of its sync screen. */
export async function enrolByForm({ floor, page, network }: SyncStation, code: string): Promise<void> {
  await floor.go('sync')
  await page.locator('input[name="hubUrl"]').fill(network.url)
  await page.locator('input[name="hubCode"]').fill(code)
  await page.locator('[data-action="enrol"]').click()
  await page.locator('[data-action="sync-now"]').waitFor()
}

/** SYN-1: a new PC takes the shop over from the hub. */
export async function joinAtStart({ page, name, network }: SyncStation, code: string): Promise<void> {
  await page.locator('[data-action="join"]').click()
  await page.locator('input[name="stationName"]').fill(name)
  await page.locator('input[name="hubUrl"]').fill(network.url)
  await page.locator('input[name="hubCode"]').fill(code)
  await page.locator('[data-action="join-begin"]').click()
  await page.locator('main[data-route="home"]').waitFor({ timeout: 60_000 })
}

async function signInAtDialog(page: Page, person: string, pin: string): Promise<void> {
  await page.locator('#person').click()
  await page.locator('.ant-select-item-option', { hasText: person }).click()
  await page.locator('#pin').fill(pin)
  await page.locator('[data-action="sign-in"]').click()
  await page.locator('[data-action="sign-in"]').waitFor({ state: 'hidden' })
}

/** A code for the next PC, read off the screen. */
export async function readNewCode({ floor, page }: SyncStation): Promise<string> {
  await floor.go('sync')
  await page.locator('[data-action="new-code"]').click()
  const code = await page.locator('[data-enrolment-code]').getAttribute('data-enrolment-code')
  await page.locator('[data-action="close-code"]').click()
  return code ?? ''
}

/** A person who does not want to wait for the next try. */
export async function syncNow({ floor, page }: SyncStation): Promise<void> {
  await floor.go('sync')
  await page.locator('[data-action="sync-now"]').click()
}

/** The chip says that everything is with the hub, and what the hub has is here. */
export async function inStep({ page, name }: SyncStation, timeout = 60_000): Promise<void> {
  const chip = page.locator('[data-sync]')
  const stands = async (): Promise<string> =>
    `${await chip.getAttribute('data-sync')} ${await chip.getAttribute('data-waiting')}`
  // The chip's figure follows a moment after the last scan: what was done just now is given time to show.
  await page.waitForTimeout(1000)
  await eventually(stands, (text) => text === 'current 0', `${name} in step`, timeout)
}

/** Whoever is at work there now, the manager takes over. */
export async function signInManager({ page }: SyncStation): Promise<void> {
  if ((await page.locator('[data-person]').getAttribute('data-person')) === '张主管') return
  if ((await page.locator('[data-action="sign-in"]').count()) === 0)
    await page.locator('[data-person]').click()
  await signInAtDialog(page, '张主管', '4711')
}

/** Everything that was done is in the journal file too. */
export async function journalled({ page }: SyncStation): Promise<void> {
  // The chip appears with a delay of its own; what was done just now is given time to show.
  await page.waitForTimeout(1500)
  await page.locator('[data-journal-lag]').waitFor({ state: 'detached', timeout: 30_000 })
}
