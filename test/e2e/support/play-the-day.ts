import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { decodeLabel } from './decode-label.ts'
import { floorOf } from './floor.ts'
import { importFiles, rebuildCompare, setUp } from './office.ts'
import { readShopFiles } from './shop-files.ts'
import {
  finishParcel,
  hasJeans,
  openParcel,
  packPieces,
  pickOrder,
  putAway,
  receiveGoods,
  refundMidParcel,
  sku,
  type Story,
  tellStory,
} from './shop-story.ts'
import { storedStock } from './stored.ts'

/**
 * The scripted newcomer: first start, imports, and a whole day on the floor with everything that goes wrong on a real
 * one. What must be in stock at the end is known from the files and the scans.
 */
export async function playTheDay(input: {
  readonly page: Page
  readonly filesDirectory: string
  readonly dataDirectory: string
  /** How many orders the newcomer works on. */
  readonly orders: number
}): Promise<{ readonly shipped: number }> {
  const { page, filesDirectory, dataDirectory, orders } = input
  const files = readShopFiles(filesDirectory)
  const floor = floorOf(page)
  await setUp(page)
  await takeFilesIn(floor, files)
  const story = tellStory(floor, files, orders)
  await receiveGoods(story)
  await putAway(story)
  await packTheOrders(story)
  await checkLabels(story, dataDirectory)
  await handOver(story)
  await checkArchive(story)
  expect(await storedStock(page)).toEqual(story.stock.entries())
  expect(await rebuildCompare(floor)).toBe('equal')
  return { shipped: story.waybills.size }
}

async function takeFilesIn(floor: Story['floor'], files: Story['files']): Promise<void> {
  const path = (name: string): string => join(files.directory, name)
  const catalogue = await importFiles(floor, 'catalogue', [path('catalogue.csv')])
  expect(catalogue).toEqual({ accepted: files.skus.size, unchanged: 0, refused: 4 })
  expect(await importFiles(floor, 'bins', [path('bins.csv')])).toEqual({
    accepted: files.bins.length,
    unchanged: 0,
    refused: 0,
  })
  expect(await importFiles(floor, 'waybills', [path('waybill-pool-sto.csv')])).toMatchObject({
    accepted: files.waybills.length,
  })
  expect(await importFiles(floor, 'notice', [path('supplier-notice.csv')])).toMatchObject({ refused: 0 })
  const pair = [path('taobao-orders.csv'), path('taobao-items.csv')]
  expect(await importFiles(floor, 'orders', pair)).toMatchObject({
    accepted: files.taobao.length,
    unchanged: 0,
  })
  expect(await importFiles(floor, 'orders', pair)).toMatchObject({
    accepted: 0,
    unchanged: files.taobao.length,
  })
  expect(await importFiles(floor, 'orders', [path('shopify-orders.csv')])).toMatchObject({
    accepted: files.shopify.length,
  })
}

/** Each order plays a part of its own; the rest simply ship. */
async function packTheOrders(story: Story): Promise<void> {
  const { floor, files } = story
  const jeans = story.orders.filter((order) => hasJeans(files, order))
  const plain = story.orders.filter((order) => !hasJeans(files, order))
  const [wrong, undone, doubled, voided, refunded, ...rest] = plain
  if (!wrong || !undone || !doubled || !voided || !refunded) throw new Error('too few orders for the story')

  for (const order of jeans) {
    await openParcel(story, order)
    await packPieces(story, order, { offMeasure: true })
    await finishParcel(story, order, 'bin')
  }

  // A wrong piece, an unknown code and a surplus stop the parcel and change nothing.
  const other = [...files.skus.values()].find((s) => !wrong.lines.some((line) => line.code === s.code))
  await openParcel(story, wrong)
  await floor.expectReasons(
    [other?.barcode ?? '', 'wrongSku'],
    ['9999999999999', 'unknownCode'],
    ['CMD-FINISH', 'missingPiece'],
  )
  await packPieces(story, wrong)
  await floor.expectReasons([sku(files, wrong.lines[0]?.code ?? '').barcode, 'surplusPiece'])
  await finishParcel(story, wrong, 'bin')

  await openParcel(story, undone)
  await packPieces(story, undone)
  await floor.expectReasons(['CMD-BACK', 'undone'], ['CMD-FINISH', 'missingPiece'])
  const last = undone.lines.at(-1)
  await floor.scan(sku(files, last?.code ?? '').barcode)
  await finishParcel(story, undone, 'bin')

  await openParcel(story, doubled)
  await packPieces(story, doubled)
  const waybill = await finishParcel(story, doubled, 'bin')
  await floor.expectReasons(
    [doubled.number, 'alreadyFinished'],
    [waybill, 'alreadyFinished'],
    ['CMD-FINISH', 'noTask'],
  )

  await voidAndPackAgain(story, voided)
  await refundMidParcel(story, refunded)

  for (const [index, order] of rest.entries()) {
    const picked = index % 3 === 0
    if (picked) await pickOrder(story, order)
    await openParcel(story, order)
    await packPieces(story, order)
    await finishParcel(story, order, picked ? 'cart' : 'bin')
  }
}

async function voidAndPackAgain(story: Story, order: Story['orders'][number]): Promise<void> {
  const { floor, stock, binOf } = story
  await openParcel(story, order)
  await packPieces(story, order)
  await finishParcel(story, order, 'bin')
  await floor.expectReasons([order.number, 'alreadyFinished'], ['ANS-2', 'reasonWanted'], ['ANS-2', 'voided'])
  for (const line of order.lines)
    stock.move({ sku: line.code }, line.quantity, 'packed', `bin:${binOf.get(line.code)}`)
  await openParcel(story, order)
  await packPieces(story, order)
  await finishParcel(story, order, 'bin')
}

/** Every label, off two one-bit renderers, gives its number to a scanner. */
async function checkLabels(story: Story, dataDirectory: string): Promise<void> {
  for (const waybill of story.waybills.values()) {
    const file = join(dataDirectory, 'labels', `waybill-${waybill}.pdf`)
    await expect
      .poll(() => safeDecode(file), { timeout: 30_000, interval: 500 })
      .toMatchObject({
        poppler: expect.arrayContaining([`CODE-128:${waybill}`]),
        ghostscript: expect.arrayContaining([`CODE-128:${waybill}`]),
      })
  }
}

const safeDecode = (file: string) => {
  try {
    return decodeLabel(file)
  } catch (error) {
    return String(error)
  }
}

async function handOver(story: Story): Promise<void> {
  const { floor, files, stock } = story
  await floor.go('handover')
  await floor.expectReasons(['STO', 'handoverOpened'])
  for (const waybill of story.waybills.values()) await floor.expectReasons([waybill, 'parcelHanded'])
  await floor.expectReasons(['CMD-FINISH', 'courierSignatureWanted'], ['COURIER-LIWEI', 'handedOver'])
  for (const order of story.orders.filter((o) => story.waybills.has(o.number)))
    for (const line of order.lines) {
      const mm = files.skus.get(line.code)?.category === '牛仔裤' ? story.wantedMm(order, line.code) : null
      stock.move({ sku: line.code, mm }, line.quantity, 'packed', 'customer')
    }
}

async function checkArchive(story: Story): Promise<void> {
  const { floor } = story
  const { page } = floor
  await floor.go('archive')
  const search = page.locator('input[name="archiveSearch"]')
  const [number, waybill] = [...story.waybills][0] ?? ['', '']
  for (const text of [waybill, number]) {
    await search.fill(text)
    await search.press('Enter')
    await page.locator(`[data-table="archive"] [data-key="${waybill}"]`).waitFor()
  }
  // Typing in a search field is not a scan: the field keeps what was typed.
  await search.fill('')
  await search.pressSequentially(number.slice(0, 8), { delay: 60 })
  expect(await search.inputValue()).toBe(number.slice(0, 8))
}
