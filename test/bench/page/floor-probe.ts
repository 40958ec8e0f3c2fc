/**
 * The floor of a scan at a pace, in a browser of its own beside the packer's: bare strict writes of a scan's two rows, due
 * as often as the scans. Each counts from when it was due, as a packer's scan does, so that one that is held up holds up
 * those behind it here as well. What the machine itself does to both shows in both.
 */
const ROW = { text: 'x'.repeat(1200) }

async function openFloor(): Promise<IDBDatabase> {
  const request = indexedDB.open('floor', 1)
  return new Promise((resolve, reject) => {
    request.onupgradeneeded = () => {
      request.result.createObjectStore('steps', { autoIncrement: true })
      request.result.createObjectStore('desk', { keyPath: 'area' })
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

function write(database: IDBDatabase): Promise<void> {
  return new Promise((resolve, reject) => {
    const tx = database.transaction(['steps', 'desk'], 'readwrite', { durability: 'strict' })
    tx.oncomplete = () => resolve()
    tx.onabort = () => reject(tx.error)
    tx.objectStore('steps').add(ROW)
    tx.objectStore('desk').put({ area: 'pack', ...ROW })
  })
}

let times: number[] = []

/** Writes on and on, `perSecond` times a second. */
async function beginFloor(perSecond: number): Promise<void> {
  const database = await openFloor()
  const begin = performance.now()
  let count = 0
  const next = (): void => {
    const due = begin + (count++ * 1000) / perSecond
    const now = performance.now()
    setTimeout(
      () => {
        void write(database).then(() => times.push(performance.now() - due))
        next()
      },
      Math.max(0, due - now),
    )
  }
  next()
}

/** Milliseconds of each write since the last question, from when it was due until it was durable; forgets them. */
function takeFloor(): number[] {
  const taken = times
  times = []
  return taken
}

Object.assign(window, { benchFloor: { beginFloor, takeFloor } })
