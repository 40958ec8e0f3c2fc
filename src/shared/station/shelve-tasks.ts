import { right } from '../domain/answer.ts'
import type { WriteTx } from './store.ts'
import type { CommandAnswer, Task, WorkStep } from './tables.ts'

/** Tasks that a command puts on the shelf of held ones, or takes from it. */
export interface Shelved {
  readonly put: readonly Task[]
  readonly took: readonly Task[]
}

interface Carrier {
  readonly commandId: string
  readonly at: number
  readonly personId: string | null
  readonly answer: CommandAnswer
  /** Counters that the command took. */
  readonly meta: Readonly<Record<string, unknown>>
}

/**
 * Writes the shelf as steps, so that the journal replays to the same one. The first step carries the command's answer:
 * it is known again when it is sent twice.
 */
export function shelveTasks(tx: WriteTx, { put, took }: Shelved, carrier: Carrier): void {
  const shelves = [
    ...put.map((task) => ({ task, put: task })),
    ...took.map((task) => ({ task, took: task.taskId })),
  ]
  for (const [index, { task, ...shelf }] of shelves.entries()) {
    const { commandId, answer, meta } = carrier
    const id = index === 0 ? commandId : `${commandId}#${index}`
    const first = index === 0 ? { answer, ...(Object.keys(meta).length > 0 ? { meta } : {}) } : {}
    tx.put('records', { kind: 'step', id, commandId: id, data: stepOf(task, shelf, carrier), ...first })
    if ('put' in shelf) tx.put('held', shelf.put)
    else tx.delete('held', shelf.took)
  }
}

function stepOf(task: Task, shelf: NonNullable<WorkStep['shelf']>, { at, personId }: Carrier): WorkStep {
  return {
    area: task.area,
    taskId: task.taskId,
    at,
    personId,
    scan: '',
    answer: right('held', 'PIK-1'),
    forward: [],
    back: null,
    undoBefore: null,
    shelf,
  }
}
