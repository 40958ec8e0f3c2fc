import { benchSku } from './bench-shop.ts'

const CHUNK = 5000

/** Puts rows into tables without waiting for the disk: preparing a benchmark is not what it measures. */
export function putRows(
  database: IDBDatabase,
  rows: Readonly<Record<string, readonly object[]>>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(Object.keys(rows), 'readwrite', { durability: 'relaxed' })
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error)
    for (const [table, list] of Object.entries(rows))
      for (const row of list) transaction.objectStore(table).put(row)
  })
}

/** Brings the catalogue up to `count` SKUs, from the `from` that it has. */
export async function fillSkus(database: IDBDatabase, from: number, count: number): Promise<void> {
  for (let at = from; at < count; at += CHUNK) {
    const length = Math.min(CHUNK, count - at)
    await putRows(database, { skus: Array.from({ length }, (_, i) => benchSku(at + i)) })
  }
}
