const NAME = 'packbench-filler'
const STORE = 'filler'
/** LevelDB begins a new log once four megabytes are in it; values of more than 64 KiB would be kept beside it. */
const VALUES = 140
const VALUE_BYTES = 32 * 1024

/**
 * Makes the browser begin a new log file of its database before anything of ours is written (docs/decisions/0002).
 *
 * Chromium keeps IndexedDB in LevelDB and writes each record in two steps. Where it was killed between them, the log ends
 * in a torn record; the next start reads over it and goes on writing behind it, and the start after that takes the
 * middle of the log for damaged and deletes the whole database. A full log is written out from memory and
 * thrown away, with whatever was torn in it.
 *
 * Only the first window does it: while another one is open, the log is that window's. Never rejects: a full disk must
 * not keep the station closed.
 */
export async function beginFreshLog(): Promise<void> {
  await navigator.locks.request(NAME, { ifAvailable: true }, async (lock) => {
    if (lock !== null) await fillLog().catch(() => undefined)
  })
  void navigator.locks.request(NAME, { mode: 'shared' }, () => new Promise<never>(() => undefined))
}

async function fillLog(): Promise<void> {
  const database = await openFiller()
  try {
    await new Promise<void>((resolve, reject) => {
      const transaction = database.transaction(STORE, 'readwrite', { durability: 'relaxed' })
      const store = transaction.objectStore(STORE)
      // The same keys at each start: what was there before is cleared away by the browser.
      for (let key = 0; key < VALUES; key++) store.put(new Uint8Array(VALUE_BYTES), key)
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error)
    })
  } finally {
    database.close()
  }
}

function openFiller(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
