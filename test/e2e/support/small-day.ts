import type { Floor } from './floor.ts'
import { importFiles } from './office.ts'
import type { SmallShop } from './small-shop.ts'

/** Files in, goods in, goods away: the small shop can pack. */
export async function stockUp(floor: Floor, shop: SmallShop, pieces: number): Promise<void> {
  await importFiles(floor, 'catalogue', [shop.catalogue])
  await importFiles(floor, 'bins', [shop.bins])
  await importFiles(floor, 'waybills', [shop.waybills])
  await floor.go('receive')
  await floor.expectReasons(['CMD-NEW', 'receiveOpened'])
  for (const barcode of shop.barcodes)
    await floor.expectReasons([barcode, 'pieceCounted'], [`QTY-${pieces}`, 'quantitySet'])
  await floor.expectReasons(
    ['CMD-FINISH', 'signatureWanted'],
    ['BADGE-1002', 'signed'],
    ['BADGE-1001', 'posted'],
  )
  await floor.go('putaway')
  for (const [index, barcode] of shop.barcodes.entries())
    await floor.expectReasons(
      [barcode, 'pieceInHand'],
      [`QTY-${pieces}`, 'pieceInHand'],
      [`B-01-1-0${index + 1}`, 'putAway'],
    )
  await importFiles(floor, 'orders', [shop.orders])
}

/** One order onto the bench and into its parcel; answers the waybill number that came out. */
export async function packOrder(floor: Floor, shop: SmallShop, order: string): Promise<string> {
  await openOrder(floor, shop, order)
  return sealParcel(floor)
}

/** Opens an order and packs all its pieces. */
export async function openOrder(floor: Floor, shop: SmallShop, order: string): Promise<void> {
  await floor.go('pack')
  await floor.expectReasons([order, 'parcelOpened'])
  for (const barcode of shop.barcodes)
    for (let piece = 0; piece < shop.each; piece++) {
      const verdict = await floor.scan(barcode)
      if (verdict.verdict !== 'right') throw new Error(`pack ${barcode}: ${verdict.reason} ${verdict.text}`)
    }
}

/** Weight, badge, finish; answers the waybill number. */
export async function sealParcel(floor: Floor): Promise<string> {
  await floor.expectReasons(['G-570', 'weightTaken'], ['BADGE-1002', 'signed'])
  const verdict = await floor.scan('CMD-FINISH')
  const waybill = /773\d{12}/.exec(verdict.text)?.[0]
  if (verdict.reason !== 'finished' || waybill === undefined)
    throw new Error(`finish: ${verdict.reason} ${verdict.text}`)
  return waybill
}
