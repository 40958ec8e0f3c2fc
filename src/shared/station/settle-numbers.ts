import { type Posting, postEvents } from './log-writer.ts'
import { fetchedOf, numbersOf, setAsideEvents, writeOffEvents } from './commands/number-commands.ts'
import { HUB_CURSOR } from './apply-stream.ts'
import { waybillJobId } from './areas/waybill-job.ts'
import type { ReadTx, WriteTx } from './store.ts'
import type { WaybillRow } from './tables.ts'

/**
 * What a rebuilt station does not know of its own numbers; key in `meta`, until the station is in step with its hub for
 * the first time. Numbers that come by in the stream meanwhile are the lost station's too.
 */
const UNSETTLED = 'numbersUnsettled'

export interface UnsettledNumbers {
  /** Waybill jobs that this PC has printed, whether or not their parcel is known. */
  readonly printedJobs: readonly string[]
  /** The log may lack its end: nobody knows how far down the line of numbers the lost station got. */
  readonly doubtful: boolean
}

/** How many numbers were taken out of use. */
export interface SettledNumbers {
  readonly burnt: number
  readonly aside: number
}

const NONE: SettledNumbers = { burnt: 0, aside: 0 }

/**
 * Takes numbers out of this station's use that the lost one may have used (LBL-5): printed ones are written off, and
 * where its end may be missing all others are set aside until a person has looked. What was decided in the present
 * generation stands: it knows of the loss. Does nothing when nothing is unsettled.
 */
export async function settleNumbers(tx: WriteTx, posting: Posting): Promise<SettledNumbers> {
  const unsettled = await readUnsettled(tx)
  if (unsettled === null) return NONE
  const { stationId, generation } = posting.identity
  const printed = new Set(unsettled.printedJobs)
  const [pooled, bound] = await Promise.all([numbersOf(tx, stationId, null), fetchedOf(tx, stationId)])
  // A label that the records know of was printed for an order, and goes out with that one or not at all (PAK-11).
  const fetched = bound.filter((row) => row.assigned === undefined)
  const wasPrinted = (row: WaybillRow): boolean => printed.has(waybillJobId(row.number))
  const inDoubt = (row: WaybillRow): boolean =>
    unsettled.doubtful && !wasPrinted(row) && !isOfGeneration(row, `${stationId}.${generation}.`)
  const used = [...pooled, ...fetched].filter(wasPrinted)
  const doubted = pooled.filter(inDoubt)
  // A service gives another one: nobody has to look at labels, and what may be on its way must not be called back.
  const dropped = fetched.filter(inDoubt)
  const burnt = [...writeOffEvents(used, 'printedBeforeRebuild'), ...writeOffEvents(dropped, 'doubtful')]
  await postEvents(tx, [...burnt, ...setAsideEvents(doubted)], posting)
  return { burnt: used.length + dropped.length, aside: doubted.length }
}

/** True once there is nothing in doubt; called when the station is in step with its hub. */
export async function endUnsettled(tx: WriteTx): Promise<void> {
  if ((await readUnsettled(tx)) !== null) await writeUnsettled(tx, null)
}

/** Begins to doubt, on top of what an earlier rebuild has left in doubt. */
export async function beginUnsettled(tx: WriteTx, fresh: UnsettledNumbers): Promise<void> {
  const before = await readUnsettled(tx)
  await writeUnsettled(tx, {
    printedJobs: [...new Set([...(before?.printedJobs ?? []), ...fresh.printedJobs])],
    doubtful: fresh.doubtful || before?.doubtful === true,
  })
}

/** Goes into the log too: a station that is lost a second time before it was in step has not become surer. */
async function writeUnsettled(tx: WriteTx, value: UnsettledNumbers | null): Promise<void> {
  const cursor = Number((await tx.get('meta', HUB_CURSOR))?.value ?? 0)
  const id = value === null ? 'settled' : 'unsettled'
  tx.put('meta', { key: UNSETTLED, value })
  tx.put('records', { kind: 'sync', id, data: { cursor, confirmed: [] }, meta: { [UNSETTLED]: value } })
}

async function readUnsettled(tx: ReadTx): Promise<UnsettledNumbers | null> {
  return ((await tx.get('meta', UNSETTLED))?.value as UnsettledNumbers | undefined) ?? null
}

const isOfGeneration = ({ tenure, fetched, firstLoad }: WaybillRow, prefix: string): boolean =>
  (tenure ?? fetched ?? firstLoad)?.stamp.eventId.startsWith(prefix) === true
