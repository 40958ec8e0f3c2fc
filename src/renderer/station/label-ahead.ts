import { LABELS_AT_ONCE, labellingSetting, printsAtOnce } from '../../shared/domain/shipping/label-first.ts'
import type { StationEnvironment } from '../../shared/station/environment.ts'
import { executeCommand } from '../../shared/station/execute-command.ts'
import { ordersToLabel, TO_LABEL_TABLES } from '../../shared/station/orders-to-label.ts'
import type { ReadTx, StationStore } from '../../shared/station/store.ts'
import type { OrderRow, TableName } from '../../shared/station/tables.ts'

/** What printing ahead is made of; the clock comes in, so that it can be shown in a test. */
export interface LabelAheadParts {
  readonly store: StationStore
  env(): StationEnvironment
  now(): number
  /** A label was written down to be printed. */
  onLabel(): void
}

/** Prints the waybill of each order by itself as soon as it is paid and can ship, where the shop wants that (PAK-11). */
export interface LabelAhead {
  /** What is due now; answers after how many milliseconds to come back. Never rejects. */
  round(): Promise<number>
}

const PER_ROUND = 20
/** Orders without a label that one round looks through; some of them rest. */
const LOOK_AT = 1000
/** Labels that may wait for the printer: one that is switched off shall not use up the numbers. */
const MOST_WAITING = 20
const SOON_MS = 50
const IDLE_MS = 3000
/** What was refused (no number yet, on another bench) is looked at again after this; a run by hand names the reasons. */
const REST_MS = 20_000

const TABLES: readonly TableName[] = [...TO_LABEL_TABLES, 'printJobs']

/** Begins with nothing at rest. */
export function createLabelAhead(parts: LabelAheadParts): LabelAhead {
  const restsUntil = new Map<string, number>()
  return { round: () => round(parts, restsUntil).catch(() => IDLE_MS) }
}

async function round(
  { store, env, now, onLabel }: LabelAheadParts,
  restsUntil: Map<string, number>,
): Promise<number> {
  for (const [orderId, until] of restsUntil) if (until <= now()) restsUntil.delete(orderId)
  const { stationId } = env().identity
  // Most stations do not: they are asked by themselves, so that the tables of the scans stay out of it.
  if (!(await store.read(['settings'], (tx) => isWanted(tx, stationId)))) return IDLE_MS
  const orders = await store.read(TABLES, async (tx) =>
    (await isPrinterBehind(tx))
      ? []
      : (await ordersToLabel(tx, { most: PER_ROUND, lookAt: LOOK_AT, but: new Set(restsUntil.keys()) }))
          .orders,
  )
  for (const order of orders) {
    const { orderId } = order
    if (wasTornUp(order)) {
      restsUntil.set(orderId, now() + REST_MS)
      continue
    }
    // Nobody's: the setting is what a manager has said, whoever is signed in meanwhile.
    const command = { commandId: crypto.randomUUID(), at: now(), personId: null }
    const { answer } = await executeCommand(store, env(), { ...command, type: 'LabelOrder', orderId })
    if (answer.tag === 'done') onLabel()
    else restsUntil.set(orderId, now() + REST_MS)
  }
  return orders.length > 0 ? SOON_MS : IDLE_MS
}

/** Whoever tore a label up had a reason, and says when there shall be another. */
const wasTornUp = ({ labels = {} }: Pick<OrderRow, 'labels'>): boolean =>
  Object.values(labels).some(({ voided }) => voided !== undefined)

async function isWanted(tx: ReadTx, stationId: string): Promise<boolean> {
  const [labelling, atOnce] = await Promise.all([
    tx.get('settings', labellingSetting(stationId)),
    tx.get('settings', LABELS_AT_ONCE),
  ])
  return printsAtOnce(labelling?.value, atOnce?.value, stationId)
}

/** Too many labels wait, or of one nobody knows what became of it: a person looks first (LBL-4). */
async function isPrinterBehind(tx: ReadTx): Promise<boolean> {
  const of = (state: string) =>
    tx.range('printJobs', 'state', { from: state, to: state, limit: MOST_WAITING })
  const [queued, sent, unknown, failed] = await Promise.all(['queued', 'sent', 'unknown', 'failed'].map(of))
  const isWaybill = ({ document }: { document: { kind: string } }): boolean => document.kind === 'waybill'
  return (
    (queued?.length ?? 0) + (sent?.length ?? 0) >= MOST_WAITING ||
    [...(unknown ?? []), ...(failed ?? [])].some(isWaybill)
  )
}
