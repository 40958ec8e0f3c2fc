import type { ReadTx } from '../store.ts'
import type { BinRow, OrderRow, ParcelRow, SkuRow } from '../tables.ts'

/** A piece in the hand: the SKU and, when a hang tag was scanned, its measure (RCV-4). */
export interface Piece {
  readonly sku: SkuRow
  readonly measureMm: number | null
}

/** What a code can mean on the floor. */
export type Meaning =
  | { readonly is: 'piece'; readonly piece: Piece }
  | { readonly is: 'ambiguous'; readonly skus: readonly SkuRow[] }
  | { readonly is: 'bin'; readonly bin: BinRow }
  | { readonly is: 'order'; readonly order: OrderRow }
  | { readonly is: 'parcel'; readonly parcel: ParcelRow }
  | { readonly is: 'nothing' }

/** A piece by SKU code, barcode, linked code or hang tag; several SKUs with one code are ambiguous. */
export async function findPiece(tx: ReadTx, code: string): Promise<Meaning> {
  const [skus, tag] = await Promise.all([tx.where('skus', 'codes', code), tx.get('tags', code)])
  const known = skus.filter((sku) => sku.stamp !== null)
  const exact = known.find((sku) => sku.code === code)
  if (exact) return { is: 'piece', piece: { sku: exact, measureMm: null } }
  if (known.length > 1) return { is: 'ambiguous', skus: known }
  if (known[0]) return { is: 'piece', piece: { sku: known[0], measureMm: null } }
  if (!tag) return { is: 'nothing' }
  const sku = await tx.get('skus', tag.skuCode)
  return sku ? { is: 'piece', piece: { sku, measureMm: tag.measureMm } } : { is: 'nothing' }
}

/** Anything by any code: pieces first, then bins, orders and parcels. */
export async function findAnything(tx: ReadTx, code: string): Promise<Meaning> {
  const [piece, bin, orders, parcels] = await Promise.all([
    findPiece(tx, code),
    tx.get('bins', code),
    tx.where('orders', 'codeKey', code),
    tx.where('parcels', 'waybillNumber', code),
  ])
  if (piece.is !== 'nothing') return piece
  if (bin) return { is: 'bin', bin }
  if (orders[0]) return { is: 'order', order: orders[0] }
  return parcels[0] ? { is: 'parcel', parcel: parcels[0] } : { is: 'nothing' }
}
