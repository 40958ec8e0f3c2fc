import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HubProcess, saidCode, startHubProcess } from '../support/hub-process.ts'
import { eventually } from './support/eventually.ts'
import { addedStock, sharedRows, storedParcels } from './support/ledger-rows.ts'
import { rebuildCompare, setUp } from './support/office.ts'
import { shoot } from './support/shoot.ts'
import { openOrder, sealParcel, stockUp } from './support/small-day.ts'
import { type SmallShop, writeSmallShop } from './support/small-shop.ts'
import { storedRows, storedStock } from './support/stored.ts'
import {
  closeStation,
  enrolByForm,
  inStep,
  joinAtStart,
  openStation,
  readNewCode,
  signInManager,
  type SyncStation,
  syncNow,
} from './support/sync-station.ts'

const PIECES = 20
/** Enough for a block for each of three stations. */
const NUMBERS = 420

const root = mkdtempSync(join(tmpdir(), 'packbench-sync-'))
const shop: SmallShop = writeSmallShop(root, 4, 1, NUMBERS)
const order = shop.orderNumbers[0] ?? ''
let hub: HubProcess
let first: SyncStation
let second: SyncStation
let third: SyncStation
const all = (): readonly SyncStation[] => [first, second, third]

beforeAll(async () => {
  ;[hub, first] = await Promise.all([
    startHubProcess(['--port', '0', '--data', join(root, 'hub')]),
    openStation(root, 'PC-1', 0),
  ])
  first.network.leadTo(hub.port)
}, 120_000)

afterAll(async () => {
  await Promise.all([first, second, third].map(closeStation))
  hub?.kill('SIGTERM')
  await hub?.ended
  rmSync(root, { recursive: true, force: true })
}, 60_000)

async function equalEverywhere(): Promise<void> {
  const [one, two, three] = await Promise.all(all().map(({ page }) => sharedRows(page)))
  expect(two).toEqual(one)
  expect(three).toEqual(one)
}

describe('three stations and a hub', () => {
  it('SYN-1 a shop with a past joins by its sync screen, two new PCs join it at their first start', async () => {
    const others = Promise.all([openStation(root, 'PC-2', hub.port), openStation(root, 'PC-3', hub.port)])
    await setUp(first.page)
    await stockUp(first.floor, shop, PIECES)
    await enrolByForm(first, saidCode(hub.err()))
    await inStep(first)
    ;[second, third] = await others
    await joinAtStart(second, await readNewCode(first))
    await joinAtStart(third, await readNewCode(first))
    await Promise.all([second, third].map(signInManager))
    await Promise.all(all().map((station) => inStep(station)))
    await equalEverywhere()
    expect(await storedStock(third.page)).toEqual(stockWith(0))
    for (const { page, name } of all()) await shoot(page, `joined-${name}`)
  })

  it('SYN-2 one order packed on two stations that are apart: both parcels, one discrepancy, stock right', async () => {
    await Promise.all([second.network.cut(), third.network.cut()])
    const waybills = await Promise.all(
      [second, third].map(async ({ floor }) => {
        await openOrder(floor, shop, order)
        return sealParcel(floor)
      }),
    )
    for (const { page, name } of [second, third]) {
      await page.locator('[data-sync="offline"]').waitFor()
      // The head bar's figure follows a moment after the last scan.
      const waiting = page.locator('[data-sync]')
      await expect.poll(async () => Number(await waiting.getAttribute('data-waiting'))).toBeGreaterThan(0)
      await shoot(page, `offline-${name}`)
    }
    expect(await storedParcels(first.page)).toEqual([])

    await Promise.all([second.network.mend(), third.network.mend()])
    await Promise.all([syncNow(second), syncNow(third)])
    await everywhere('both parcels', 'parcels', (rows) => rows.length === 2)
    await Promise.all(all().map((station) => inStep(station)))
    const ids = (await storedRows(first.page, 'parcels')).map((row) => row.parcelId).sort()
    const check = async ({ page, floor }: SyncStation): Promise<void> => {
      const parcels = await storedParcels(page)
      expect(parcels.map((parcel) => parcel.waybill)).toEqual([...waybills].sort())
      expect(parcels.map((parcel) => parcel.order)).toEqual([order, order])
      const found = await storedRows(page, 'discrepancies')
      expect(found).toMatchObject([{ kind: 'doublePack', eventIds: ids }])
      const stock = await storedStock(page)
      expect(stock).toEqual(await addedStock(page))
      expect(stock).toEqual(stockWith(2))
      expect(await rebuildCompare(floor)).toBe('equal')
    }
    await Promise.all(all().map(check))
    await equalEverywhere()
  })

  it('SYN-2 the manager resolves it on one station, and the others see what was decided', async () => {
    const { page } = first
    const [found] = await storedRows(page, 'discrepancies')
    await goToCase(page, String(found?.id))
    await page.locator('[data-suggestion="voidParcel"]').waitFor()
    const target = await page.locator('[data-suggestion]').getAttribute('data-target')
    expect(await page.locator('[data-side]').count()).toBe(2)
    await shoot(page, 'discrepancy')
    await page.locator('[data-action="void-suggested"]').click()
    await page.locator('[data-action="confirm"]').click()
    await everywhere('nothing left to decide', 'discrepancies', (rows) => rows.length === 0)
    await Promise.all(all().map((station) => inStep(station)))
    for (const station of all()) {
      const voided = (await storedRows(station.page, 'parcels')).filter((row) => row.state === 'voided')
      expect(voided.map((row) => row.parcelId)).toEqual([target])
      expect(await storedStock(station.page)).toEqual(stockWith(1))
    }
    await goToCase(third.page, String(found?.id))
    await third.page.locator('[data-decision="repaired"]').waitFor()
    await shoot(third.page, 'decided-elsewhere')
    await equalEverywhere()
  })
})

/** What the small shop must hold with so many parcels packed and none handed over; plain arithmetic. */
function stockWith(parcels: number): Record<string, number> {
  const codes = ['T1-WHITE-S', 'T1-WHITE-M', 'T1-WHITE-L']
  const entries = codes.flatMap((code, index): [string, number][] => [
    [`bin:B-01-1-0${index + 1} ${code}`, PIECES - parcels],
    ...(parcels > 0 ? [[`packed ${code}`, parcels] as [string, number]] : []),
    [`supplier ${code}`, -PIECES],
  ])
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function everywhere(
  what: string,
  table: string,
  wanted: (rows: readonly Record<string, unknown>[]) => boolean,
) {
  return Promise.all(
    all().map(({ page, name }) => eventually(() => storedRows(page, table), wanted, `${what} at ${name}`)),
  )
}

async function goToCase(page: Page, id: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash
  }, `#/stock/check/${id}`)
  await page.locator(`[data-case="${id}"]`).waitFor()
}
