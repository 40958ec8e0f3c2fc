import { mkdtempSync, rmSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from './support/browser.ts'
import { eventually } from './support/eventually.ts'
import { type Floor, floorOf } from './support/floor.ts'
import { setUp } from './support/office.ts'
import { shoot } from './support/shoot.ts'
import { openOrder, packOrder, sealParcel, stockUp } from './support/small-day.ts'
import { type SmallShop, writeSmallShop } from './support/small-shop.ts'
import { type StationProcess, startStation } from './support/station-process.ts'
import { storedRows } from './support/stored.ts'

const FAKE_CAMERA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']
/** A camera on the bus, and a browser whose user said no. */
const REFUSED_CAMERA = ['--use-fake-device-for-media-stream', '--deny-permission-prompts']

const root = mkdtempSync(join(tmpdir(), 'packbench-evidence-'))
const profile = join(root, 'profile')
let station: StationProcess
let browser: BrowserContext
let page: Page
let floor: Floor
let shop: SmallShop

const card = (): ReturnType<Page['locator']> => page.locator('[data-camera]')
const state = (wanted: string): Promise<void> => page.locator(`[data-camera="${wanted}"]`).waitFor()

async function openAt(cameras: readonly string[]): Promise<void> {
  browser = await openBrowser(profile, 'zh-CN', cameras)
  page = browser.pages()[0] ?? (await browser.newPage())
  await page.goto(station.url)
  await page.locator('main[data-route]').waitFor()
  floor = floorOf(page)
}

async function noted(waybill: string): Promise<Record<string, unknown>> {
  const rows = await eventually(
    async () => (await storedRows(page, 'parcels')).filter((row) => row.waybillNumber === waybill),
    ([row]) => row?.evidence !== undefined,
    `evidence of ${waybill}`,
    20_000,
  )
  return rows[0]?.evidence as Record<string, unknown>
}

/** Finds the parcel as a person does: the number into the archive's field, and the row opened. */
async function openInArchive(waybill: string): Promise<void> {
  await floor.go('archive')
  await page.locator('input[name="archiveSearch"]').fill(waybill)
  await page.locator(`[data-table="archive"] [data-key="${waybill}"]`).click()
  await page.locator('[data-evidence]').scrollIntoViewIfNeeded()
}

beforeAll(async () => {
  shop = writeSmallShop(root, 10, 1)
  station = await startStation(join(root, 'data'))
  browser = await openBrowser(profile, 'zh-CN', FAKE_CAMERA)
  page = browser.pages()[0] ?? (await browser.newPage())
  await page.goto(station.url)
  await setUp(page)
  floor = floorOf(page)
  await stockUp(floor, shop, 12)
}, 180_000)

afterAll(async () => {
  await browser?.close()
  await station?.stop()
  rmSync(root, { recursive: true, force: true })
})

describe('packing evidence in the browser host', () => {
  it('PAK-8 is off until a person turns it on, and says so on the bench', async () => {
    const [order = ''] = shop.orderNumbers
    const waybill = await packOrder(floor, shop, order)
    expect(await readdir(join(root, 'data/evidence'))).toEqual(['index.jsonl'])
    await openInArchive(waybill)
    await page.locator('[data-evidence="never"]').waitFor()
    await floor.go('pack')
    await floor.expectReasons([shop.orderNumbers[1] ?? '', 'parcelOpened'])
    await state('off')
    await shoot(page, 'evidence-off')
    await floor.expectReasons(['CMD-HOLD', 'held'])
  }, 90_000)

  it('PAK-8 a manager turns the camera on and sees its picture', async () => {
    await floor.go('settings')
    const panel = page.locator('#settings-evidence')
    await panel.scrollIntoViewIfNeeded()
    await panel.locator('[data-action="evidence-enabled"]').click()
    await panel.locator('[data-preview="live"] video').waitFor()
    await eventually(
      () => panel.locator('video').evaluate((video) => (video as HTMLVideoElement).videoWidth),
      (width) => width > 0,
      'picture',
    )
    await shoot(page, 'evidence-settings')
    await panel.locator('[data-action="evidence-save"]').click()
    await panel.locator('[data-evidence="on"]').waitFor()
  }, 60_000)

  let clipOf = ''
  it('PAK-8 ARC-1 records from opened to sealed; the clip is found by waybill and plays', async () => {
    await openOrder(floor, shop, shop.orderNumbers[2] ?? '')
    await state('recording')
    await page.waitForTimeout(3_500)
    await page.keyboard.press('F9')
    await page.waitForTimeout(1_500)
    await shoot(page, 'evidence-recording')
    clipOf = await sealParcel(floor)
    const evidence = await noted(clipOf)
    expect(evidence).toMatchObject({ state: 'kept', cause: null })
    expect(Number(evidence.seconds)).toBeGreaterThanOrEqual(4)
    await openInArchive(clipOf)
    const player = page.locator('[data-evidence="kept"] video')
    const played = await player.evaluate(async (element) => {
      const video = element as HTMLVideoElement
      const until = (event: string): Promise<unknown> =>
        new Promise((resolve) => video.addEventListener(event, resolve, { once: true }))
      if (video.readyState < 1) await until('loadedmetadata')
      const { duration } = video
      video.currentTime = 2
      await until('seeked')
      const sought = video.currentTime
      await video.play()
      while (video.currentTime <= 2.3) await until('timeupdate')
      return { duration, sought, width: video.videoWidth, state: video.readyState }
    })
    expect(played.duration).toBeGreaterThan(3.9)
    expect(Math.abs(played.duration - Number(evidence.seconds))).toBeLessThan(1)
    expect(played).toMatchObject({ sought: 2, width: 1280 })
    expect(played.state).toBeGreaterThanOrEqual(2)
    const reasons = await page
      .locator('[data-list="stills"] li')
      .evaluateAll((items) => items.map((item) => item.getAttribute('data-reason')))
    expect(reasons).toContain('photo')
    expect(reasons).toContain('finished')
    const sizes = await page.locator('[data-list="stills"] img').evaluateAll((images) =>
      Promise.all(
        images.map(async (image) => {
          await (image as HTMLImageElement).decode()
          return (image as HTMLImageElement).naturalWidth
        }),
      ),
    )
    expect(sizes.every((width) => width === 640)).toBe(true)
    await page.locator('[data-evidence]').evaluate((element) => element.scrollIntoView())
    await shoot(page, 'evidence-archive')
  }, 90_000)

  it('PAK-8 goes on in a second part after the page was loaded anew in mid-parcel', async () => {
    await openOrder(floor, shop, shop.orderNumbers[3] ?? '')
    await state('recording')
    await page.waitForTimeout(2_500)
    await page.reload()
    await page.locator('main[data-route="pack"]').waitFor()
    await state('recording')
    await page.waitForTimeout(2_500)
    const waybill = await sealParcel(floor)
    expect(await noted(waybill)).toMatchObject({ state: 'partial', cause: 'brokenOff' })
    await openInArchive(waybill)
    await page.locator('[data-part="2"] video').waitFor()
    expect(await page.locator('[data-part]').count()).toBe(2)
    expect(await page.locator('[data-loss="brokenOff"]').count()).toBe(1)
  }, 60_000)

  it('PAK-8 packs on without a camera that is refused, and notes why there is no clip', async () => {
    await browser.close()
    await openAt(REFUSED_CAMERA)
    await openOrder(floor, shop, shop.orderNumbers[4] ?? '')
    await state('denied')
    await shoot(page, 'evidence-denied')
    const waybill = await sealParcel(floor)
    expect(await noted(waybill)).toMatchObject({ state: 'none', seconds: 0, stills: 0, cause: 'denied' })
    await openInArchive(waybill)
    await page.locator('[data-evidence="none"] [data-cause="denied"]').waitFor()
  }, 90_000)

  it('PAK-8 keeps what was recorded when the camera is unplugged, and notes the loss', async () => {
    await browser.close()
    await openAt(FAKE_CAMERA)
    await openOrder(floor, shop, shop.orderNumbers[5] ?? '')
    await state('recording')
    await page.waitForTimeout(2_500)
    // What the browser does when the device goes: the track ends, and asking again finds nothing.
    await page.evaluate(() => {
      const video = document.querySelector<HTMLVideoElement>('[data-camera] video')
      const stream = video?.srcObject as MediaStream | null | undefined
      navigator.mediaDevices.getUserMedia = () =>
        Promise.reject(new DOMException('Requested device not found', 'NotFoundError'))
      stream?.getVideoTracks()[0]?.dispatchEvent(new Event('ended'))
    })
    await card().and(page.locator('[data-camera="noCamera"], [data-camera="lost"]')).waitFor()
    await shoot(page, 'evidence-lost')
    const waybill = await sealParcel(floor)
    expect(await noted(waybill)).toMatchObject({ state: 'partial', cause: 'cameraLost' })
    await openInArchive(waybill)
    await page.locator('[data-part="1"] video').waitFor()
  }, 90_000)

  it('PAK-8 packs on with a full evidence disk, and notes it', async () => {
    await floor.go('home')
    await page.reload()
    await page.locator('main[data-route="home"]').waitFor()
    await page.route('**/api/evidence.append', (route) =>
      route.fulfill({ json: { ok: true, value: { tag: 'diskFull', quota: true, detail: 'full' } } }),
    )
    await openOrder(floor, shop, shop.orderNumbers[6] ?? '')
    await state('diskFull')
    await shoot(page, 'evidence-full')
    const waybill = await sealParcel(floor)
    expect(await noted(waybill)).toMatchObject({ cause: 'diskFull' })
    await page.unroute('**/api/evidence.append')
  }, 90_000)

  it('PAK-8 seals at the next start what the host did not answer to', async () => {
    await floor.go('home')
    await floor.go('pack')
    await page.route('**/api/evidence.seal', (route) => route.abort())
    await openOrder(floor, shop, shop.orderNumbers[9] ?? '')
    await state('recording')
    await page.waitForTimeout(2_500)
    const waybill = await sealParcel(floor)
    await page.waitForTimeout(1_000)
    expect(
      (await storedRows(page, 'parcels')).find((row) => row.waybillNumber === waybill)?.evidence,
    ).toBeUndefined()
    await page.unroute('**/api/evidence.seal')
    await floor.go('home')
    await floor.go('pack')
    expect(await noted(waybill)).toMatchObject({ state: 'kept', cause: null })
  }, 90_000)

  it('PAK-8 two windows on one bench: one of them records, and the clip is one', async () => {
    await floor.go('home')
    await floor.go('pack')
    const second = await browser.newPage()
    await second.goto(station.url.replace(/\?.*/, '#/pack'))
    await openOrder(floor, shop, shop.orderNumbers[7] ?? '')
    await state('recording')
    await second.locator('[data-camera="elsewhere"]').waitFor()
    await page.waitForTimeout(2_500)
    await second.close()
    const waybill = await sealParcel(floor)
    expect(await noted(waybill)).toMatchObject({ state: 'kept', cause: null })
  }, 90_000)

  it('PAK-8 ARC-1 survives a power cut, and after the days kept the archive says that it is gone', async () => {
    await browser.close()
    await station.kill()
    station = await startStation(join(root, 'data'), station.port)
    await openAt(FAKE_CAMERA)
    await openInArchive(clipOf)
    const video = page.locator('[data-evidence="kept"] video')
    await eventually(
      () => video.evaluate((element) => (element as HTMLVideoElement).duration),
      (duration) => Number.isFinite(duration) && duration > 3.9,
      'duration',
    )
    await browser.close()
    await station.stop()
    await makeOlder(join(root, 'data/evidence/index.jsonl'), 91)
    station = await startStation(join(root, 'data'), station.port)
    await openAt(FAKE_CAMERA)
    await openInArchive(clipOf)
    await page.locator('[data-evidence="kept"] [data-removed="days"]').waitFor()
    expect((await readdir(join(root, 'data/evidence'))).filter((name) => /^\d{8}$/.test(name))).toEqual([])
    await shoot(page, 'evidence-removed')
    await page.evaluate(() => localStorage.setItem('packbench.language', 'en'))
    await page.reload()
    await page.locator('[data-removed="days"]', { hasText: 'after the days kept' }).waitFor()
    await floor.go('settings')
    await page.locator('#settings-evidence [data-preview="live"]').scrollIntoViewIfNeeded()
    await shoot(page, 'evidence-settings-en')
    await floor.go('pack')
    await openOrder(floor, shop, shop.orderNumbers[8] ?? '')
    await state('recording')
    await shoot(page, 'evidence-recording-en')
  }, 90_000)
})

/** As if every clip had been sealed so many days earlier. */
async function makeOlder(index: string, days: number): Promise<void> {
  const older = (line: string): string => {
    const record = JSON.parse(line)
    const shift = days * 24 * 3600 * 1000
    return JSON.stringify({ ...record, at: record.at - shift, endedAt: Math.max(0, record.endedAt - shift) })
  }
  const lines = (await readFile(index, 'utf8')).split('\n').filter((line) => line !== '')
  await writeFile(index, lines.map((line) => `${older(line)}\n`).join(''))
}
