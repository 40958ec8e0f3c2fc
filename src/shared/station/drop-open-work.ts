import { right } from '../domain/answer.ts'
import { diff } from '../ledger/patch.ts'
import type { WriteTx } from './store.ts'
import type { Task, WorkStep } from './tables.ts'

/**
 * Takes all open and held tasks off a station whose journal may lack its end. What stands half done in it may have
 * been finished in the part that is lost: a parcel would be packed, a goods-in note be posted a second time. Nothing
 * in the ledger is touched, since open work has not been posted. Written down as steps, so that the journal replays to
 * the same desk. Answers how many tasks there were.
 */
export async function dropOpenWork(
  tx: WriteTx,
  input: { readonly newId: () => string; readonly at: number },
): Promise<number> {
  const [desk, held] = await Promise.all([tx.range('desk', null, {}), tx.range('held', null, {})])
  for (const task of desk) {
    tx.delete('desk', task.area)
    writeStep(tx, task, { forward: diff(task, null), shelf: null }, input)
  }
  for (const task of held) {
    tx.delete('held', task.taskId)
    writeStep(tx, task, { forward: [], shelf: { took: task.taskId } }, input)
  }
  return desk.length + held.length
}

function writeStep(
  tx: WriteTx,
  task: Task,
  effect: Pick<WorkStep, 'forward' | 'shelf'>,
  { newId, at }: { readonly newId: () => string; readonly at: number },
): void {
  const id = newId()
  const data: WorkStep = {
    area: task.area,
    taskId: task.taskId,
    at,
    personId: null,
    scan: '',
    answer: right('undone', 'SYN-2'),
    ...effect,
    back: null,
    undoBefore: null,
  }
  tx.put('records', { kind: 'step', id, commandId: id, data })
}
