import type { Page } from 'playwright-core'
import { storedRows } from './stored.ts'

/** What every station of a house must hold alike, once all is confirmed. */
const SHARED = [
  'balances',
  'bins',
  'details',
  'discrepancies',
  'handovers',
  'movements',
  'notes',
  'orders',
  'parcels',
  'people',
  'resolutions',
  'settings',
  'shorts',
  'skus',
  'slots',
  'supplies',
  'todos',
  'waybills',
] as const

/** Every row of the shared tables as text, sorted: two stations are equal when these are. */
export async function sharedRows(page: Page): Promise<Record<string, readonly string[]>> {
  const tables = await Promise.all(
    SHARED.map(async (table) => {
      const rows = (await storedRows(page, table)).map((row) => JSON.stringify(sortedMembers(row)))
      return [table, rows.sort()] as const
    }),
  )
  return Object.fromEntries(tables)
}

function sortedMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedMembers)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(
    members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, sortedMembers(v)]),
  )
}

/** Balances by plain addition of every movement, in the form of `storedStock`. */
export async function addedStock(page: Page): Promise<Record<string, number>> {
  const sums = new Map<string, number>()
  for (const movement of await storedRows(page, 'movements')) {
    const goods = `${movement.skuCode} ${movement.measureMm ?? ''}`.trim()
    const quantity = Number(movement.quantity)
    for (const [place, pieces] of [
      [movement.from, -quantity],
      [movement.to, quantity],
    ] as const) {
      const key = `${place} ${goods}`
      sums.set(key, (sums.get(key) ?? 0) + pieces)
    }
  }
  const entries = [...sums].filter(([, pieces]) => pieces !== 0)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Order numbers with their waybill numbers, of all finished parcels, voided ones too. */
export async function storedParcels(
  page: Page,
): Promise<{ order: string; waybill: string; stationId: string }[]> {
  const rows = await storedRows(page, 'parcels')
  const events = await storedRows(page, 'records')
  const author = new Map(
    events.flatMap((record) => {
      const data = record.data as { type?: string; stationId?: string; body?: { parcelId?: string } }
      return data.type === 'ParcelFinished' ? [[data.body?.parcelId, data.stationId ?? '']] : []
    }) as [string | undefined, string][],
  )
  return rows
    .map((row) => {
      const finish = row.finish as { orderNumbers: string[]; waybillNumber: string } | null
      return {
        order: finish?.orderNumbers.join(' ') ?? '',
        waybill: finish?.waybillNumber ?? '',
        stationId: author.get(String(row.parcelId)) ?? '',
      }
    })
    .sort((a, b) => (a.waybill < b.waybill ? -1 : 1))
}
