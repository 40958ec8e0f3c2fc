import { barcodeOf, benchOrderOf, benchParcel } from './bench-shop.ts'
import { withLive } from './live-database.ts'
import { fillSkus, putRows } from './raw-fill.ts'

/**
 * Runs in the built application before its own code: sees the Enter of a scan before the scanner does, and the frame
 * that shows the verdict. Fills the station's database past the application, for which a benchmark has no time.
 */
const VERDICT = '[role="status"][data-seq]'
const GIVE_UP_MS = 20_000
const samples: number[] = []
const wrong: string[] = []
let enteredAt = 0

addEventListener(
  'keydown',
  (event) => {
    if (event.key === 'Enter') enteredAt = event.timeStamp
  },
  { capture: true },
)

new MutationObserver((records) => {
  for (const { target } of records) if (target instanceof Element && target.matches(VERDICT)) shown(target)
}).observe(document, { subtree: true, attributeFilter: ['data-seq'] })

function shown(verdict: Element): void {
  const since = enteredAt
  if (verdict.getAttribute('data-verdict') !== 'right') wrong.push(verdict.getAttribute('data-reason') ?? '')
  requestAnimationFrame(() => {
    // A message is handled after the frame has been laid out and painted.
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => samples.push(performance.now() - since)
    port2.postMessage(null)
  })
}

/** Milliseconds of the n-th scan, from 0, once its verdict is on screen. */
async function sample(n: number): Promise<number> {
  const until = performance.now() + GIVE_UP_MS
  for (;;) {
    const time = samples[n]
    if (wrong.length > 0) throw new Error(`the scan was to be right: ${wrong.join(' ')}`)
    if (time !== undefined) return time
    if (performance.now() > until) throw new Error(`no verdict for scan ${n}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const fill = (count: number): Promise<void> => withLive((database) => fillSkus(database, 0, count))

/** Puts a fresh parcel of four SKUs from anywhere in the catalogue on the bench; answers their barcodes. */
function openParcel(skus: number): Promise<string[]> {
  const chosen = new Set<number>()
  while (chosen.size < 4) chosen.add(Math.floor(Math.random() * skus))
  const parcel = benchParcel('taobao/1', [...chosen])
  const lines = parcel.lines.map((line) => ({
    ...line,
    quantity: 200,
    sources: line.sources.map((source) => ({ ...source, quantity: 200 })),
  }))
  return withLive(async (database) => {
    await putRows(database, { orders: [benchOrderOf({ ...parcel, lines })], desk: [{ ...parcel, lines }] })
    return [...chosen].map(barcodeOf)
  })
}

Object.assign(window, { benchProbe: { fill, openParcel, sample } })
