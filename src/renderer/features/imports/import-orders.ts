import { orderIdOf, type PlatformOrder } from '../../../shared/domain/orders/order.ts'
import type { OrderRecord } from '../../../shared/formats/records.ts'
import { type Refusal, refusal } from '../../../shared/formats/refusal.ts'
import type { TaobaoItem } from '../../../shared/formats/taobao-items.ts'
import { sha256Hex } from '../../../shared/ledger/canonical.ts'
import type { IncomingOrder } from '../../../shared/station/commands/command.ts'
import { orderIdOfRecord, toOrder, toOrderUpdate } from '../../../shared/station/imports/to-order.ts'
import type { StagedRow } from '../../../shared/station/tables.ts'
import type { LoadedFile } from './load-files.ts'
import { chunkId, type ImportRun, runCommand, runInChunks } from './run-chunks.ts'
import { orderWithItems, pairHalves, stagedItemsId, stagedOrderId, type TaobaoWork } from './taobao-halves.ts'

/** An order, or half of one, with where it stood. */
interface OrderWork {
  readonly orderId: string
  readonly fileId: string
  readonly line: number
  readonly of: TaobaoWork
}

export interface OrdersOutcome {
  readonly late: ReadonlyMap<string, readonly Refusal[]>
  readonly waiting: { readonly orders: number; readonly items: number }
}

/** The orders of the chosen files as one list of work. */
export async function planOrders(
  files: readonly LoadedFile[],
  run: Pick<ImportRun, 'database'>,
): Promise<OrderWork[]> {
  const places = new Map<string, { fileId: string; line: number }>()
  const taobaoOrders: OrderRecord[] = []
  const items: TaobaoItem[] = []
  const work: OrderWork[] = []
  for (const file of files) {
    for (const { line, record } of file.scan?.orders ?? []) {
      const place = { fileId: file.fileId, line }
      if (file.format === 'taobao-orders') {
        places.set(record.numberKey, place)
        taobaoOrders.push(record)
      } else {
        const of = { tag: 'whole', record, wasStaged: false } as const
        work.push({ orderId: orderIdOfRecord(record), ...place, of })
      }
    }
    for (const { line, record } of file.scan?.items ?? []) {
      if (!places.has(record.orderKey)) places.set(record.orderKey, { fileId: file.fileId, line })
      items.push(record)
    }
  }
  for (const of of await pairHalves(taobaoOrders, items, run.database)) {
    const key = of.tag === 'itemsAlone' ? of.orderKey : of.record.numberKey
    const place = places.get(key) ?? { fileId: '', line: 0 }
    work.push({ orderId: orderIdOf('taobao', key), ...place, of })
  }
  return work
}

/** How many halves will wait if nothing else comes; orders that the station knows need no second half. */
export async function countHalves(
  work: readonly OrderWork[],
  run: Pick<ImportRun, 'database'>,
): Promise<{ ordersAlone: number; itemsAlone: number }> {
  const alone = work.filter((entry) => entry.of.tag !== 'whole')
  const halves = { ordersAlone: 0, itemsAlone: 0 }
  for (let at = 0; at < alone.length; at += 1000) {
    const page = alone.slice(at, at + 1000)
    const known = await run.database.orders.bulkGet(page.map((entry) => entry.orderId))
    for (const [index, entry] of page.entries()) {
      if (known[index]?.platform) continue
      if (entry.of.tag === 'orderAlone') halves.ordersAlone += 1
      else halves.itemsAlone += 1
    }
  }
  return halves
}

/** Takes orders in, chunk by chunk (ORD-1); halves that find no other half are kept in `staged`. */
export async function importOrderFiles(
  run: ImportRun,
  files: readonly LoadedFile[],
  work: readonly OrderWork[],
): Promise<OrdersOutcome> {
  const late = new Map<string, Refusal[]>()
  const waiting = { orders: 0, items: 0 }
  const hashes = files.map((file) => file.opened?.hash ?? '').sort()
  const fileHash = hashes.length === 1 ? (hashes[0] ?? '') : sha256Hex(hashes.join('\n'))
  const fileName = files
    .map((file) => file.name)
    .join(' + ')
    .slice(0, 200)
  await runInChunks(run, work.length, { fileHash, offset: 0 }, async (range) => {
    const entries = work.slice(range.from, range.to)
    const chunk = await resolveChunk(run, entries)
    for (const { fileId, refusal: late1 } of chunk.late)
      late.set(fileId, [...(late.get(fileId) ?? []), late1])
    if (chunk.orders.length > 0) {
      const commandId = chunkId(fileHash, range, chunk.orders)
      const command = { type: 'ImportOrders', file: fileName, orders: chunk.orders } as const
      await runCommand(run, command, { commandId, rows: chunk.orders.length })
    }
    if (chunk.staged.length > 0) await run.database.staged.bulkPut(chunk.staged)
    if (chunk.unstaged.length > 0) await run.database.staged.bulkDelete(chunk.unstaged)
    for (const row of chunk.staged) waiting[row.kind] += 1
  })
  return { late, waiting }
}

interface Chunk {
  readonly orders: IncomingOrder[]
  readonly staged: StagedRow[]
  /** Halves that have found each other. */
  readonly unstaged: string[]
  readonly late: { readonly fileId: string; readonly refusal: Refusal }[]
}

async function resolveChunk(run: ImportRun, entries: readonly OrderWork[]): Promise<Chunk> {
  const rows = await run.database.orders.bulkGet(entries.map((entry) => entry.orderId))
  const chunk: Chunk = { orders: [], staged: [], unstaged: [], late: [] }
  for (const [index, entry] of entries.entries()) {
    await resolveEntry(run, entry, rows[index]?.platform ?? null, chunk)
  }
  return chunk
}

async function resolveEntry(
  run: ImportRun,
  entry: OrderWork,
  known: PlatformOrder | null,
  chunk: Chunk,
): Promise<void> {
  const { of } = entry
  const around = { clock: run.env.shopClock, importedAt: run.now() }
  if (of.tag === 'whole') {
    const result = toOrder(of.record, { ...around, known })
    const { numberKey, source } = of.record
    if (!result.ok) {
      chunk.late.push({ fileId: entry.fileId, refusal: refusal({ line: entry.line, ...result.error }) })
      return
    }
    chunk.orders.push(result.value)
    if (source === 'taobao') chunk.unstaged.push(stagedOrderId(numberKey), stagedItemsId(numberKey))
  } else if (of.tag === 'orderAlone') {
    if (known) chunk.orders.push(toOrderUpdate(of.record, known, around))
    else chunk.staged.push(stage('orders', stagedOrderId(of.record.numberKey), run.now(), of.record))
  } else {
    const recipient = known ? await run.database.recipients.get(known.personRef) : undefined
    if (known && recipient) {
      const { phoneTail: _tail, ...plain } = recipient
      chunk.orders.push(orderWithItems(known, plain, of.items))
    } else if (!known) chunk.staged.push(stage('items', stagedItemsId(of.orderKey), run.now(), of.items))
  }
}

const stage = (kind: StagedRow['kind'], id: string, at: number, payload: unknown): StagedRow => ({
  id,
  kind,
  at,
  fileName: '',
  payload,
})
