import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBenchBrowser } from './bench-browser.mjs'
import { buildScript } from './build-pages.mjs'
import { goTo, goToPacking, setUp } from './first-start.mjs'
import { startStation } from './station.mjs'

const SCANS_PER_SECOND = 10
/** Any page of a secure origin may have a database; this one is served by nobody. */
const FLOOR_PAGE = 'http://localhost/floor'
const REASONS = ['parcelOpened', 'piecePacked', 'parcelComplete', 'weightTaken', 'signed', 'finished']
/** A bag that is in every weight. */
const BAG_GRAMS = 12

/**
 * Packs `parcels` orders of two pieces each with a keyboard wedge at ten scans a second, whatever the station has
 * answered by then, and then `rushed` more, each scan as soon as the one before has its verdict.
 * @throws Error when a scan was lost, doubled or answered otherwise than it must be
 */
export async function packMany({ skus, orders, parcels, rushed }) {
  const directory = mkdtempSync(join(tmpdir(), 'packbench-packer-'))
  const closing = [() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 })]
  try {
    const probe = await buildScript(join(directory, 'probe'), 'packer-probe')
    const station = await startStation(join(directory, 'data'))
    closing.push(station.stop)
    const { context, page } = await openBenchBrowser(join(directory, 'profile'))
    closing.push(() => context.close())
    await context.addInitScript({ path: probe })
    await page.goto(station.url)
    await setUp(page)
    await page.evaluate(([many, open]) => window.benchPacker.fill(many, open), [skus, orders])
    const takeFloor = await beginFloor(directory, closing)
    const goods = await takeOrdersIn(page, directory, { skus, count: parcels + rushed })
    await goToPacking(page)
    const wedge = await wedgeOf(context, page)
    const startBytes = await heapBytes(wedge.session)
    await takeFloor()
    const paced = await packPaced(page, wedge, goods.slice(0, parcels))
    const floor = await takeFloor()
    const endBytes = await heapBytes(wedge.session)
    const since = performance.now()
    await packRushed(page, wedge, goods.slice(parcels), parcels)
    const rushedMs = performance.now() - since
    await checkCounts(page, parcels + rushed)
    return { paced, floor, startBytes, endBytes, parcelsPerHour: (rushed / rushedMs) * 3_600_000 }
  } finally {
    for (const step of closing.reverse()) await step()
  }
}

/** Begins the bare writes in a browser of their own; the answer takes what they have measured. */
async function beginFloor(directory, closing) {
  const probe = await buildScript(join(directory, 'floor-probe'), 'floor-probe')
  const { context, page } = await openBenchBrowser(join(directory, 'floor'))
  closing.push(() => context.close())
  await context.addInitScript({ path: probe })
  await page.route(FLOOR_PAGE, (route) => route.fulfill({ contentType: 'text/html', body: '' }))
  await page.goto(FLOOR_PAGE)
  await page.evaluate((perSecond) => window.benchFloor.beginFloor(perSecond), SCANS_PER_SECOND)
  return () => page.evaluate(() => window.benchFloor.takeFloor())
}

/** Orders and numbers come in through files, as a person would bring them; answers what each parcel holds. */
async function takeOrdersIn(page, directory, { skus, count }) {
  const goods = await page.evaluate(
    ([many, total]) => Array.from({ length: total }, (_, n) => window.benchPacker.goodsOf(n, many)),
    [skus, count],
  )
  const header =
    'Name,Financial Status,Paid at,Fulfillment Status,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Shipping Name,Shipping Address1,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone'
  const rows = goods.flatMap((pieces, n) =>
    pieces.map(({ code }, at) => {
      const head = at === 0 ? 'paid,2026-10-01 10:00:00 +0800,unfulfilled' : ',,'
      const to =
        at === 0 ? `Ada Example ${n},${n} Fictional Lane,Testville,00501,NY,US,+1 555-0100` : ',,,,,,'
      return `#${100_000 + n},${head},2026-10-01 09:00:00 +0800,1,Shirt,10.00,${code},${to}`
    }),
  )
  const numbers = goods.map((_, n) => `STO,${773000000000000 + n * 13},571-01`)
  const file = (name, lines) => {
    const path = join(directory, name)
    writeFileSync(path, `\ufeff${lines.join('\r\n')}\r\n`)
    return path
  }
  await importFile(
    page,
    'settings',
    'waybills',
    file('pool.csv', ['courier,waybill_no,sort_code', ...numbers]),
  )
  await importFile(page, 'orders', 'orders', file('orders.csv', [header, ...rows]))
  return goods
}

async function importFile(page, route, kind, path) {
  await goTo(page, route)
  await page.locator(`input[data-import="${kind}"]`).first().setInputFiles(path)
  await page.locator('[data-action="import"]').first().click()
  const result = page.locator('[data-import-result]').first()
  await result.waitFor({ timeout: 600_000 })
  if ((await result.getAttribute('data-refused')) !== '0') throw new Error(`${kind}: rows were refused`)
  const close = page.locator('[data-action="close-import"]')
  if (await close.count()) await close.first().click()
}

/** A keyboard wedge: keys go to the window one after another, and nobody waits for them. */
async function wedgeOf(context, page) {
  const session = await context.newCDPSession(page)
  const key = (text) => {
    const enter = text === '\r'
    const code = enter ? 'Enter' : `Key${text}`
    const event = { key: enter ? 'Enter' : text, code, text, windowsVirtualKeyCode: text.charCodeAt(0) }
    return [
      session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event }),
      session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event, text: undefined }),
    ]
  }
  return {
    session,
    scan: (code) => Promise.all([...code, '\r'].flatMap(key)),
    untilAnswered: await countAnswers(session),
  }
}

/** Told by the page itself at each verdict: a question asked over and over would cost more than the scan. */
async function countAnswers(session) {
  let count = 0
  let wake = () => undefined
  session.on('Runtime.bindingCalled', ({ name }) => {
    if (name === 'benchAnswered') count++
    wake()
  })
  await session.send('Runtime.addBinding', { name: 'benchAnswered' })
  return async (total) => {
    while (count < total)
      await new Promise((resolve) => {
        wake = resolve
      })
  }
}

const scansOf = (pieces, n) => [
  `#${100_000 + n}`,
  ...pieces.map(({ barcode }) => barcode),
  `G-${pieces.reduce((sum, { grams }) => sum + grams, BAG_GRAMS)}`,
  'BADGE-1001',
  'CMD-FINISH',
]

async function packPaced(page, wedge, goods) {
  const scans = goods.flatMap((pieces, n) => scansOf(pieces, n))
  const begin = performance.now()
  for (const [n, scan] of scans.entries()) {
    const due = begin + (n * 1000) / SCANS_PER_SECOND
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())))
    void wedge.scan(scan)
  }
  await wedge.untilAnswered(scans.length)
  return takeScans(page, goods.length)
}

async function packRushed(page, wedge, goods, first) {
  let scanned = first * REASONS.length
  for (const [n, pieces] of goods.entries())
    for (const scan of scansOf(pieces, first + n)) {
      await wedge.scan(scan)
      scanned++
      await wedge.untilAnswered(scanned)
    }
  await takeScans(page, goods.length)
}

/** Milliseconds of each scan; every parcel must have gone the same way. */
async function takeScans(page, parcels) {
  const { ms, reasons } = await page.evaluate(() => window.benchPacker.takeScans())
  const wanted = Array.from({ length: parcels }, () => REASONS).flat()
  const wrong = reasons.findIndex((reason, n) => reason !== wanted[n])
  if (wrong >= 0 || reasons.length !== wanted.length)
    throw new Error(`scan ${wrong}: ${reasons[wrong]} of ${reasons.length}, wanted ${wanted.length}`)
  return ms
}

async function heapBytes(session) {
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize
}

async function checkCounts(page, parcels) {
  const found = await page.evaluate(() => window.benchPacker.counts())
  const wanted = { steps: parcels * REASONS.length, parcels, orders: parcels }
  if (JSON.stringify(found) !== JSON.stringify(wanted))
    throw new Error(`lost or doubled: ${JSON.stringify(found)}, wanted ${JSON.stringify(wanted)}`)
}
