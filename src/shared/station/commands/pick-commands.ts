import type { PickTask } from '../../domain/picking/pick-task.ts'
import { isWaiting } from '../../domain/picking/pick-task.ts'
import { shortKey } from '../../domain/picking/shorts.ts'
import { newBatchNumbers } from '../areas/pick-prepare.ts'
import { ordersInWork } from '../areas/pick-slots.ts'
import type { CommandEffect, DecideContext } from '../decision.ts'
import type { ReadTx } from '../store.ts'
import type { CommandOf } from './command.ts'

/**
 * PIK-1: a wave. Its batches lie on the shelf of this station until somebody takes them by `CMD-NEXT`; they only group
 * orders, and their stops are found when they are taken. Orders that are in work already are left out.
 */
export async function planWave(
  tx: ReadTx,
  command: CommandOf<'PlanWave'>,
  context: DecideContext,
): Promise<CommandEffect> {
  const busy = await ordersInWork(tx)
  const batches = command.batches
    .map((batch) => ({ ...batch, orderIds: batch.orderIds.filter((orderId) => !busy.has(orderId)) }))
    .filter((batch) => batch.orderIds.length > 0)
  if (batches.length === 0) return { answer: { tag: 'nothingToPick' } }
  const { numbers, counters } = await newBatchNumbers(tx, batches.length, context)
  const put = batches.map(
    ({ orderIds, heap }, index): PickTask => ({
      area: 'pick',
      taskId: context.newId(),
      openedAt: context.at + index,
      openedBy: context.person?.personId ?? null,
      undoHead: null,
      orderIds,
      stops: [],
      atBin: null,
      pendingSku: null,
      batch: {
        batchNo: numbers[index] ?? '',
        sorting: heap ? 'none' : 'whilePicking',
        confirmPuts: false,
        slots: [],
      },
      waiting: true,
    }),
  )
  return { answer: { tag: 'done', counts: { batches: put.length } }, counters, shelf: { put, took: [] } }
}

/** A batch of a wave that nobody has begun is given up: its orders are in the queue again. */
export async function dissolveBatch(
  tx: ReadTx,
  { taskId }: CommandOf<'DissolveBatch'>,
): Promise<CommandEffect> {
  const task = await tx.get('held', taskId)
  if (task?.area !== 'pick' || !isWaiting(task)) return { answer: { tag: 'gone' } }
  return { answer: { tag: 'done' }, shelf: { put: [], took: [task] } }
}

/** PIK-3: somebody looked and the pieces are there: they may be allocated again. */
export async function liftShort(tx: ReadTx, command: CommandOf<'LiftShort'>): Promise<CommandEffect> {
  const { binCode, skuCode, measureMm } = command
  const row = await tx.get('shorts', shortKey(command))
  if (row?.state !== 'doubted') return { answer: { tag: 'gone' } }
  return {
    answer: { tag: 'done' },
    events: [
      {
        type: 'ShortLifted',
        movements: [],
        entities: [`sku:${skuCode}`, `bin:${binCode}`],
        body: { binCode, skuCode, measureMm, why: 'found' },
      },
    ],
  }
}
