import { groupBy } from '../base/group-by.ts'
import { canonicalHash } from '../ledger/canonical.ts'
import { isOutside } from '../ledger/place.ts'
import { isMergeDetail } from './project-dispatch.ts'
import type { RowChange } from './row-changes.ts'
import type { WriteTx } from './store.ts'
import type { DiscrepancyRow, WaybillRow } from './tables.ts'

/**
 * Keeps the derived contradictions right for the rows that changed (decision 4, SYN-2): a place below zero (STK-4), an
 * order in two live parcels or a parcel that two stations ended (PAK-10), a number used twice or taken in on two stations (LBL-5), a field written on two
 * sides at once. Their id is a hash of what collided, so that every station names them alike.
 */
export async function deriveDiscrepancies(tx: WriteTx, changes: readonly RowChange[]): Promise<void> {
  const byTable = groupBy(changes, (change) => change.table)
  const keysOf = (table: RowChange['table']): string[] => [
    ...new Set((byTable.get(table) ?? []).map((change) => change.key)),
  ]
  const standing = await readStanding(tx)
  await Promise.all([
    oversold(tx, keysOf('balances'), standing),
    doublePacked(tx, keysOf('orders'), standing),
    endedTwice(tx, keysOf('parcels')),
    numberTwice(tx, keysOf('waybills')),
    writtenTwice(tx, keysOf('details')),
  ])
}

/** Whether a contradiction of this kind may stand, and has to be taken away when it is none any more. */
type Standing = (kind: 'oversold' | 'doublePack', subject: string) => boolean

/** More of them are not looked through: taking away one that is not there does no harm. */
const MOST_STANDING = 200

/** There are few contradictions and many rows without any: those few are read once. */
async function readStanding(tx: WriteTx): Promise<Standing> {
  const rows = await tx.range('discrepancies', null, { limit: MOST_STANDING + 1 })
  if (rows.length > MOST_STANDING) return () => true
  const subjects = new Set(
    rows.map(({ kind, subject }) => `${kind === 'mergedTwice' ? 'doublePack' : kind} ${subject}`),
  )
  return (kind, subject) => subjects.has(`${kind} ${subject}`)
}

async function oversold(tx: WriteTx, keys: readonly string[], standing: Standing): Promise<void> {
  const rows = await tx.getMany('balances', keys)
  for (const [index, key] of keys.entries()) {
    const row = rows[index]
    const isOver = row !== undefined && row.quantity < 0 && !isOutside(row.place)
    if (!isOver && !standing('oversold', key)) continue
    const id = discrepancyId('oversold', key)
    if (!isOver) tx.delete('discrepancies', id)
    else
      tx.put('discrepancies', { id, kind: 'oversold', subject: key, eventIds: await eventsBehind(tx, key) })
  }
}

async function eventsBehind(tx: WriteTx, key: string): Promise<string[]> {
  const movements = await tx.where('movements', 'keys', key)
  return [...new Set(movements.map((movement) => movement.eventId))].sort()
}

/** The sides are the parcels; where one of them holds several orders, the order was merged on two sides. */
async function doublePacked(tx: WriteTx, orderIds: readonly string[], standing: Standing): Promise<void> {
  const rows = await tx.getMany('orders', orderIds)
  for (const row of rows) {
    if (!row) continue
    const live = Object.entries(row.parcels).filter(([, parcel]) => parcel.finished && !parcel.voided)
    if (live.length < 2 && !standing('doublePack', row.orderId)) continue
    const id = discrepancyId('doublePack', row.orderId)
    if (live.length < 2) {
      tx.delete('discrepancies', id)
      continue
    }
    const eventIds = live.map(([parcelId]) => parcelId).sort()
    const parcels = await tx.getMany('parcels', eventIds)
    const merged = parcels.some((parcel) => (parcel?.orderIds.length ?? 0) > 1)
    tx.put('discrepancies', {
      id,
      kind: merged ? 'mergedTwice' : 'doublePack',
      subject: row.orderId,
      eventIds,
    })
  }
}

/** Voided or handed over on two stations, or the one here and the other there: its pieces moved twice. */
async function endedTwice(tx: WriteTx, parcelIds: readonly string[]): Promise<void> {
  for (const row of await tx.getMany('parcels', parcelIds)) {
    if (!row || row.ends.length < 2) continue
    const id = discrepancyId('endedTwice', row.parcelId)
    const subject = row.waybillNumber || row.parcelId
    tx.put('discrepancies', { id, kind: 'endedTwice', subject, eventIds: row.ends })
  }
}

async function numberTwice(tx: WriteTx, keys: readonly string[]): Promise<void> {
  for (const row of await tx.getMany('waybills', keys)) {
    if (!row) continue
    if (row.users.length > 1)
      tx.put('discrepancies', {
        id: discrepancyId('waybillTwice', row.key),
        kind: 'waybillTwice',
        subject: row.key,
        eventIds: row.users,
      })
    poolTwice(tx, row)
  }
}

/** One pool taken in on two stations is one contradiction and not one for each number. */
function poolTwice(tx: WriteTx, row: WaybillRow): void {
  for (const [index, first] of row.loads.entries())
    for (const second of row.loads.slice(index + 1)) {
      if (first.stationId === second.stationId) continue
      const eventIds = [first.eventId, second.eventId]
      const id = discrepancyId('poolTwice', `${row.courier} ${eventIds.join(' ')}`)
      tx.put('discrepancies', { id, kind: 'poolTwice', subject: row.courier, eventIds })
    }
}

/** Two stations wrote over the same earlier value: neither had seen what the other wrote. */
async function writtenTwice(tx: WriteTx, ids: readonly string[]): Promise<void> {
  for (const row of await tx.getMany('details', ids)) {
    if (!row) continue
    for (const [seen, writes] of groupBy(row.writes, (write) => write.seen ?? '')) {
      if (new Set(writes.map((write) => write.stationId)).size < 2) continue
      // Two who merged the same orders apart agree.
      if (isMergeDetail(row.id) && new Set(writes.map((write) => write.value)).size < 2) continue
      const id = discrepancyId('writtenTwice', `${row.id} ${seen}`)
      const eventIds = writes.map((write) => write.eventId)
      tx.put('discrepancies', { id, kind: 'writtenTwice', subject: row.id, eventIds })
    }
  }
}

function discrepancyId(kind: DiscrepancyRow['kind'], subject: string): string {
  return canonicalHash([kind, subject]).slice(0, 24)
}
