import { groupBy } from '../base/group-by.ts'
import { canonicalHash } from '../ledger/canonical.ts'
import { isOutside } from '../ledger/place.ts'
import type { RowChange } from './row-changes.ts'
import type { WriteTx } from './store.ts'
import type { DiscrepancyRow } from './tables.ts'

/**
 * Keeps the derived contradictions right for the rows that changed: a place below zero (STK-4), an order in two live
 * parcels (PAK-10). Their id is a hash of what collided, so that every station names them alike.
 */
export async function deriveDiscrepancies(tx: WriteTx, changes: readonly RowChange[]): Promise<void> {
  const keys = groupBy(changes, (change) => change.table)
  const balanceKeys = (keys.get('balances') ?? []).map((change) => change.key)
  const orderIds = (keys.get('orders') ?? []).map((change) => change.key)
  await Promise.all([oversold(tx, [...new Set(balanceKeys)]), doublePacked(tx, [...new Set(orderIds)])])
}

async function oversold(tx: WriteTx, keys: readonly string[]): Promise<void> {
  const rows = await tx.getMany('balances', keys)
  for (const [index, key] of keys.entries()) {
    const row = rows[index]
    const id = discrepancyId('oversold', key)
    if (!row || row.quantity >= 0 || isOutside(row.place)) tx.delete('discrepancies', id)
    else
      tx.put('discrepancies', { id, kind: 'oversold', subject: key, eventIds: await eventsBehind(tx, key) })
  }
}

async function eventsBehind(tx: WriteTx, key: string): Promise<string[]> {
  const movements = await tx.where('movements', 'keys', key)
  return [...new Set(movements.map((movement) => movement.eventId))].sort()
}

async function doublePacked(tx: WriteTx, orderIds: readonly string[]): Promise<void> {
  const rows = await tx.getMany('orders', orderIds)
  for (const row of rows) {
    if (!row) continue
    const live = Object.entries(row.parcels).filter(([, parcel]) => parcel.finished && !parcel.voided)
    const id = discrepancyId('doublePack', row.orderId)
    if (live.length < 2) tx.delete('discrepancies', id)
    else
      tx.put('discrepancies', {
        id,
        kind: 'doublePack',
        subject: row.orderId,
        eventIds: live.map(([parcelId]) => parcelId).sort(),
      })
  }
}

function discrepancyId(kind: DiscrepancyRow['kind'], subject: string): string {
  return canonicalHash([kind, subject]).slice(0, 24)
}
