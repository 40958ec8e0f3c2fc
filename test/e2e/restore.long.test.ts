import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type HubProcess, saidCode, startHubProcess } from '../support/hub-process.ts'
import { eventually } from './support/eventually.ts'
import { addedStock, sharedRows, storedParcels } from './support/ledger-rows.ts'
import { rebuildCompare, setUp } from './support/office.ts'
import { shoot } from './support/shoot.ts'
import { packOrder, stockUp } from './support/small-day.ts'
import { type SmallShop, writeSmallShop } from './support/small-shop.ts'
import { storedRows, storedStock } from './support/stored.ts'
import {
  closeStation,
  enrolByForm,
  inStep,
  joinAtStart,
  journalled,
  openStation,
  readNewCode,
  reopenBrowser,
  restartHost,
  signInManager,
  type SyncStation,
  syncNow,
} from './support/sync-station.ts'

const PIECES = 40
const NUMBERS = 600

const root = mkdtempSync(join(tmpdir(), 'packbench-restore-'))
const shop: SmallShop = writeSmallShop(root, 20, 1, NUMBERS)
const orders = [...shop.orderNumbers]
/** Waybill numbers that came out of the printer, on any station, whether or not the ledger remembers. */
const printed: string[] = []
/** Goods-in notes that were posted. */
let notes = 1
let hub: HubProcess
let lost: SyncStation
let witness: SyncStation

beforeAll(async () => {
  hub = await startHubProcess(['--port', '0', '--data', join(root, 'hub')])
  lost = await openStation(root, 'PC-1', hub.port)
  witness = await openStation(root, 'PC-2', hub.port)
  await setUp(lost.page)
  await stockUp(lost.floor, shop, PIECES)
  await enrolByForm(lost, saidCode(hub.err()))
  await inStep(lost)
  await joinAtStart(witness, await readNewCode(lost))
  await signInManager(witness)
  await inStep(witness)
}, 240_000)

afterEach(async ({ task }) => {
  const name = task.name.replace(/\W+/g, '-')
  await shoot(lost.page, `${name}-lost`).catch(() => undefined)
  await shoot(witness.page, `${name}-witness`).catch(() => undefined)
})

afterAll(async () => {
  await Promise.all([lost, witness].map(closeStation))
  hub?.kill('SIGTERM')
  await hub?.ended
  rmSync(root, { recursive: true, force: true })
}, 60_000)

/** Packs the next order; its number must never have come out before. */
async function packNext({ floor }: SyncStation): Promise<string> {
  const waybill = await packOrder(floor, shop, orders.shift() ?? '')
  expect(printed).not.toContain(waybill)
  printed.push(waybill)
  return waybill
}

/** One piece more in goods-in, with its note; a note number given twice would leave one note fewer. */
async function receiveOne({ floor }: SyncStation): Promise<void> {
  await floor.go('receive')
  await floor.expectReasons(
    ['CMD-NEW', 'receiveOpened'],
    [shop.barcodes[0] ?? '', 'pieceCounted'],
    ['CMD-FINISH', 'signatureWanted'],
    ['BADGE-1002', 'signed'],
    ['BADGE-1001', 'posted'],
  )
  notes += 1
}

const wipeProfile = async (station: SyncStation): Promise<void> => {
  await station.browser.kill()
  rmSync(station.profile, { recursive: true, force: true })
}

const atWork = ({ page }: SyncStation) =>
  page.locator('main[data-route] h1, header.head-bar').first().waitFor({ timeout: 120_000 })

/** Both stations have everything, the same, and what stands is what the movements add up to. */
async function bothEqual(): Promise<void> {
  for (const station of [lost, witness]) await syncNow(station)
  const movements = async ({ page }: SyncStation): Promise<number> =>
    (await storedRows(page, 'movements')).length
  await eventually(
    async () => [await movements(lost), await movements(witness)] as const,
    ([here, there]) => here === there,
    'movements here and there',
  )
  await inStep(lost)
  await inStep(witness)
  expect(await sharedRows(lost.page)).toEqual(await sharedRows(witness.page))
  expect(await storedStock(lost.page)).toEqual(await addedStock(witness.page))
  expect(await storedRows(lost.page, 'discrepancies')).toEqual([])
  for (const { floor } of [lost, witness]) expect(await rebuildCompare(floor)).toBe('equal')
}

/** Work goes on, and no number comes out twice. */
async function goesOn(): Promise<void> {
  await signInManager(lost)
  await packNext(lost)
  await receiveOne(lost)
  await packNext(witness)
  await bothEqual()
  expect((await storedRows(witness.page, 'notes')).length).toBe(notes)
  const known = (await storedParcels(witness.page)).map((parcel) => parcel.waybill)
  expect(new Set(known).size).toBe(known.length)
}

/** LBL-5: the number on the last label is scanned, and what comes after it may be used again. */
async function takeNumbersUp({ floor, page }: SyncStation, lastLabel: string): Promise<void> {
  await floor.go('settings')
  await page.locator('[data-aside="STO"]').waitFor()
  await page.locator('input[name="last-STO"]').fill(lastLabel)
  await page.locator('[data-action="take-up"]').click()
  await page.locator('[data-aside="STO"]').waitFor({ state: 'detached' })
}

describe('a station that is lost comes back in three ways', () => {
  let backup = ''
  let recoveryCode = ''

  it('SEC-4 writes a backup by the screen, and shows its code once', async () => {
    const { page, floor } = lost
    await packNext(lost)
    await floor.go('settings')
    await page.locator('[data-action="backup-begin"]').click()
    const code = page.locator('[data-recovery-code]').first()
    recoveryCode = (await code.getAttribute('data-recovery-code')) ?? ''
    expect(recoveryCode.length).toBeGreaterThan(20)
    await page.locator('[data-action="code-confirm"]').click()
    await page.locator('[data-action="code-kept"]').click()
    await journalled(lost)
    await page.locator('[data-action="backup-now"]').click()
    await page.locator('[data-outcome="written"]').waitFor({ timeout: 60_000 })
    const directory = join(lost.dataDirectory, 'backups')
    const [name = ''] = readdirSync(directory)
    backup = join(root, 'yesterday.packbench')
    copyFileSync(join(directory, name), backup)
    expect(readFileSync(backup).includes(recoveryCode)).toBe(false)
  })

  it('SEC-4 from the journal, after the browser lost its data', async () => {
    await packNext(lost)
    await inStep(lost)
    await journalled(lost)
    await wipeProfile(lost)
    await reopenBrowser(lost)
    await lost.page.locator('[data-action="rebuild-from-journal"]').click()
    await atWork(lost)
    await bothEqual()
    await goesOn()
  })

  it('SYN-2 from a journal torn in the middle of its last parcel, which no hub has heard of', async () => {
    await packNext(lost)
    await inStep(lost)
    await lost.network.cut()
    const unheard = await packNext(lost)
    await labelPrinted(unheard)
    await journalled(lost)
    await wipeProfile(lost)
    await lost.process.kill()
    tearLastParcel(join(lost.dataDirectory, 'journal/journal.jsonl'))
    await lost.network.mend()

    await restartHost(lost)
    await reopenBrowser(lost)
    await lost.page.locator('[data-action="rebuild-from-journal"]').click()
    await atWork(lost)
    await signInManager(lost)
    // Nobody knows how far the lost station got: its numbers wait for a person, who has the last label at hand.
    await takeNumbersUp(lost, unheard)
    await bothEqual()
    await goesOn()
  })

  it("SYN-2 SEC-4 from yesterday's backup on an empty PC, with a parcel that nobody but its label tells of", async () => {
    await packNext(lost)
    await packNext(lost)
    await inStep(lost)
    await lost.network.cut()
    const unheard = await packNext(lost)
    await wipeProfile(lost)
    await lost.process.kill()
    rmSync(lost.dataDirectory, { recursive: true, force: true })
    await lost.network.mend()

    await restartHost(lost)
    await reopenBrowser(lost)
    const { page } = lost
    await page.locator('[data-action="restore"]').click()
    await page.locator('input[name="backupPath"]').fill(backup)
    await page.locator('input[name="recoveryCode"]').fill(recoveryCode)
    await page.locator('[data-action="restore-begin"]').click()
    await atWork(lost)
    await page.locator('[data-sync="current"]').waitFor({ timeout: 60_000 })
    await bothEqual()
    await signInManager(lost)
    await takeNumbersUp(lost, unheard)
    // Without the hub it has only what was taken up.
    await lost.network.cut()
    await packNext(lost)
    await lost.network.mend()
    await bothEqual()
    await goesOn()
  })

  it('SEC-4 from the hub', async () => {
    await packNext(lost)
    await inStep(lost)
    await wipeProfile(lost)
    await reopenBrowser(lost)
    await lost.page.locator('[data-action="rebuild-from-hub"]').click()
    await lost.page.locator('[data-action="confirm"]').click()
    await atWork(lost)
    await bothEqual()
    await goesOn()
  })
})

/** The label is on paper, and the PC's print ledger knows it. */
async function labelPrinted(waybill: string): Promise<void> {
  const file = join(lost.dataDirectory, 'labels', `waybill-${waybill}.pdf`)
  await eventually(async () => existsSync(file), Boolean, `label ${waybill}`)
}

/** As a power cut leaves a file: the line of the last parcel ends in its middle, and nothing follows. */
function tearLastParcel(journal: string): void {
  const bytes = readFileSync(journal)
  const at = bytes.lastIndexOf('"type":"ParcelFinished"')
  expect(at).toBeGreaterThan(0)
  truncateSync(journal, at)
}
