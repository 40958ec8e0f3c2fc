import type { Page } from 'playwright-core'

/** All rows of a table of the station's live database, read from IndexedDB itself. */
export function storedRows(page: Page, table: string): Promise<Record<string, unknown>[]> {
  return page.evaluate(async (name) => {
    const databases = await indexedDB.databases()
    const live = databases.find((database) => database.name?.startsWith('packbench-live-'))
    const open = indexedDB.open(live?.name ?? '')
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      open.onsuccess = () => resolve(open.result)
      open.onerror = () => reject(open.error)
    })
    const request = database.transaction(name).objectStore(name).getAll()
    const rows = await new Promise<unknown[]>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
    database.close()
    return rows as Record<string, unknown>[]
  }, table)
}

/** The balances in the form of the tests' own bookkeeping. */
export async function storedStock(page: Page): Promise<Record<string, number>> {
  const rows = await storedRows(page, 'balances')
  const entries = rows.map((row): [string, number] => [
    `${row.place} ${row.skuCode} ${row.measureMm ?? ''}`.trim(),
    Number(row.quantity),
  ])
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}
