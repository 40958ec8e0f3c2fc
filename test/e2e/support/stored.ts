import type { Page } from 'playwright-core'

/**
 * All rows of a table of the station's live database, read from IndexedDB itself. A browser that restored a backup also
 * holds the unused database of before: the one with the longer log is the station's.
 */
export function storedRows(page: Page, table: string): Promise<Record<string, unknown>[]> {
  return page.evaluate(async (name) => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const names = (await indexedDB.databases()).map((one) => one.name ?? '')
    const opened = await Promise.all(
      names.filter((one) => one.startsWith('packbench-live-')).map((one) => settled(indexedDB.open(one))),
    )
    const logs = await Promise.all(
      opened.map(async (database) => ({
        database,
        length: await settled(database.transaction('records').objectStore('records').count()),
      })),
    )
    const [live] = logs.sort((a, b) => b.length - a.length)
    if (live === undefined) throw new Error('there is no database')
    const rows = await settled(live.database.transaction(name).objectStore(name).getAll())
    for (const database of opened) database.close()
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
