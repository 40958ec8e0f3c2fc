import { TABLE_NAMES } from '../../../src/shared/station/tables.ts'

/**
 * The floor of a pack scan: the very reads and writes of the real one, on bare IndexedDB, with strict durability and
 * nothing decided. What the product costs above this is its own.
 */
export async function openRaw(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name)
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

export interface RawScan {
  readonly commandId: string
  readonly barcode: string
  readonly orderId: string
  /** The step record and the task that the real scan would write. */
  readonly record: object
  readonly task: object
}

export function rawScan(database: IDBDatabase, scan: RawScan): Promise<void> {
  return new Promise((resolve, reject) => {
    const tx = database.transaction([...TABLE_NAMES], 'readwrite', { durability: 'strict' })
    tx.oncomplete = () => resolve()
    tx.onabort = () => reject(tx.error)
    tx.objectStore('records').index('commandId').getAll(scan.commandId)
    tx.objectStore('desk').get('pack')
    tx.objectStore('meta').get('question:pack')
    tx.objectStore('people').get('p1').onsuccess = () => {
      tx.objectStore('skus').index('codes').getAll(scan.barcode)
      tx.objectStore('tags').get(scan.barcode)
      tx.objectStore('orders').get(scan.orderId).onsuccess = () => {
        tx.objectStore('records').add(scan.record)
        tx.objectStore('desk').put(scan.task)
      }
    }
  })
}
