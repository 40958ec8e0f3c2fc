import type { Area } from '../../domain/scan.ts'
import type { Decision } from '../decision.ts'
import type { ReadTx } from '../store.ts'
import type { Task, TaskOf } from '../tables.ts'
import type { AreaInput } from './area-input.ts'
import { scanHandover } from './scan-handover.ts'
import { scanPack } from './scan-pack.ts'
import { scanPick } from './scan-pick.ts'
import { scanPutaway } from './scan-putaway.ts'
import { scanReceive } from './scan-receive.ts'

/**
 * Loads what an area's decision needs and decides; null when the scan means nothing special in this area, so that what
 * every area has in common applies (a badge signs in, …).
 */
type AreaHandler = (tx: ReadTx, input: AreaInput<Task>) => Promise<Decision | null>

const own = <A extends Area>(area: A, input: AreaInput<Task>): AreaInput<TaskOf<A>> => {
  const task = input.task?.area === area ? (input.task as TaskOf<A>) : null
  return { ...input, task }
}

/** The areas of the floor. */
export const AREA_HANDLERS: Readonly<Record<Area, AreaHandler>> = {
  receive: (tx, input) => scanReceive(tx, own('receive', input)),
  putaway: (tx, input) => scanPutaway(tx, own('putaway', input)),
  pick: (tx, input) => scanPick(tx, own('pick', input)),
  pack: (tx, input) => scanPack(tx, own('pack', input)),
  handover: (tx, input) => scanHandover(tx, own('handover', input)),
}
