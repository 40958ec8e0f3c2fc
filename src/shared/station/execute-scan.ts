import { assert } from '../base/assert.ts'
import { type Answer, right, stop } from '../domain/answer.ts'
import type { TracePoint } from '../domain/packing/weighing.ts'
import { isWaiting } from '../domain/picking/pick-task.ts'
import { type Area, parseScan, recordableScan, type Scan } from '../domain/scan.ts'
import type { Question } from '../domain/task.ts'
import { applyPatch, diff } from '../ledger/patch.ts'
import { AREA_HANDLERS } from './areas/area-handlers.ts'
import type { AreaInput } from './areas/area-input.ts'
import { scanBadge } from './areas/scan-badge.ts'
import { putMeta } from './counters.ts'
import type { Decision } from './decision.ts'
import { samePins } from './doubted-supplies.ts'
import { decideContext, type StationEnvironment } from './environment.ts'
import { postEvents, queuedJob, writePersonal } from './log-writer.ts'
import { rememberingTx } from './remembering-tx.ts'
import type { ReadTx, StationStore, WriteTx } from './store.ts'
import { TABLE_NAMES, type Task, type WorkStep } from './tables.ts'

/** A scan on a floor screen; the id is minted once when the scan is recognised, and kept on every retry. */
export interface ScanCommand {
  readonly commandId: string
  readonly area: Area
  readonly raw: string
  readonly at: number
  /** Who is signed in at the station. */
  readonly personId: string | null
  /** Set on a weight that a connected scale gave: its readings until the pan stood still (PAK-4). */
  readonly scaleTrace?: readonly TracePoint[]
}

/** What the screen needs to show a scan's outcome. */
export interface ScanOutcome {
  readonly answer: Answer
  /** Ids of print jobs that were written down and wait to be sent. */
  readonly printJobIds: readonly string[]
  /** Set when the scan changed who is signed in. */
  readonly session?: string | null
  /** What is on the area's desk after the scan; missing when only a known command's answer was looked up. */
  readonly task?: Task | null
  /** True when the command was known already and only its answer was looked up. */
  readonly repeated: boolean
}

/**
 * Executes one scan in one durable transaction: a known command id gives its stored answer; otherwise the area decides,
 * and step, events, projections and print jobs are written together (architecture.md, the nine steps). When the promise
 * resolves the effect is on disk, and only then may the station make a sound (PAK-2).
 */
export function executeScan(
  store: StationStore,
  env: StationEnvironment,
  command: ScanCommand,
): Promise<ScanOutcome> {
  return store.write(TABLE_NAMES, async (stored) => {
    // Opening and finishing come back to the same rows: each is read once, and a scan waits for every request.
    const tx = rememberingTx(stored)
    const outcome = await scanIn(tx, env, command)
    tx.flush()
    return outcome
  })
}

async function scanIn(tx: WriteTx, env: StationEnvironment, command: ScanCommand): Promise<ScanOutcome> {
  const [known, desk, asked, person] = await Promise.all([
    tx.where('records', 'commandId', command.commandId),
    tx.get('desk', command.area),
    tx.get('meta', questionKey(command.area)),
    command.personId === null ? undefined : tx.get('people', command.personId),
  ])
  const earlier = known[0]
  if (earlier) {
    assert(earlier.kind === 'step', 'a scan’s command id belongs to a work step')
    return { answer: earlier.data.answer, printJobIds: [], repeated: true }
  }
  const question = (asked?.value as Question | undefined) ?? null
  const scan = confirmed(parseScan(command.raw), question)
  const context = decideContext(env, command.at, person ?? null)
  const { scaleTrace } = command
  const weighed = scaleTrace ? { scaleTrace } : {}
  const decision = await decide(tx, { command, scan, task: desk ?? null, question, context, ...weighed })
  if (decision.question) tx.put('meta', { key: questionKey(command.area), value: decision.question })
  else if (question) tx.delete('meta', questionKey(command.area))
  return writeDecision(tx, env, { command, scan, before: desk ?? null, decision })
}

/** `CMD-CONFIRM` says yes to the question that stands: it takes its first choice. */
function confirmed(scan: Scan, question: Question | null): Scan {
  const yes = scan.scan === 'control' && scan.word === 'CONFIRM' && (question?.choices.length ?? 0) > 0
  return yes ? { scan: 'choice', number: 1 } : scan
}

/** Where the standing question of an area is kept. */
const questionKey = (area: Area): string => `question:${area}`

interface DecideInput extends AreaInput<Task> {
  readonly command: ScanCommand
}

async function decide(tx: ReadTx, input: DecideInput): Promise<Decision> {
  const { scan, task, command } = input
  if (scan.scan === 'unreadable')
    return { answer: stop('notReadable', 'PAK-9', { params: { code: scan.raw } }) }
  if (scan.scan === 'control' && scan.word === 'BACK') return undoLast(tx, task)
  if (scan.scan === 'control' && scan.word === 'HOLD') return holdOrResume(tx, command.area, task)
  const handler = AREA_HANDLERS[command.area]
  const decision = await handler(tx, input)
  if (decision) return decision
  if (scan.scan === 'badge') return scanBadge(tx, scan.code)
  if (scan.scan === 'choice') return { answer: stop('noQuestion', 'PAK-9') }
  return { answer: stop('notHere', 'PAK-9', { params: { code: recordableScan(command.raw, scan) } }) }
}

/** `CMD-BACK`: the last undoable step of this task is taken back; never past its opening (interface.md). */
async function undoLast(tx: ReadTx, task: Task | null): Promise<Decision> {
  if (!task?.undoHead) return { answer: stop('nothingToUndo', 'PAK-9') }
  const record = (await tx.where('records', 'commandId', task.undoHead))[0]
  assert(record?.kind === 'step' && record.data.back, 'the undo chain leads to undoable steps')
  // Null: the task began with that scan and is gone with it.
  const before = applyPatch(withoutTrail(task), record.data.back) as Task | null
  const answer = right('undone', 'PAK-9', { params: { code: record.data.scan } })
  return { answer, task: before && 'trail' in task ? ({ ...before, trail: task.trail } as Task) : before }
}

async function holdOrResume(tx: ReadTx, area: Area, task: Task | null): Promise<Decision> {
  if (task) return { answer: right('held', 'PAK-9'), task: null, hold: true }
  const held = (await tx.where('held', 'area', area)).filter((other) => !isWaiting(other))
  const last = held.sort((a, b) => a.openedAt - b.openedAt).at(-1)
  if (!last) return { answer: stop('noTask', 'PAK-9') }
  return { answer: right('resumed', 'PAK-9'), resume: last }
}

interface WriteInput {
  readonly command: ScanCommand
  readonly scan: Scan
  readonly before: Task | null
  readonly decision: Decision
}

async function writeDecision(tx: WriteTx, env: StationEnvironment, input: WriteInput): Promise<ScanOutcome> {
  const { command, scan, before, decision } = input
  const { answer } = decision
  const recorded = recordableScan(command.raw, scan)
  const after = taskAfter(input, recorded)
  const shelf =
    decision.hold && before ? { put: before } : decision.resume ? { took: decision.resume.taskId } : null
  const step: WorkStep = {
    area: command.area,
    taskId: after?.taskId ?? before?.taskId ?? null,
    at: command.at,
    personId: command.personId,
    scan: recorded,
    answer,
    forward: diff(before, after),
    back: decision.undoable && after ? diff(withoutTrail(after), before ? withoutTrail(before) : null) : null,
    undoBefore: before?.undoHead ?? null,
    shelf,
    ...(decision.session === undefined ? {} : { session: decision.session }),
  }
  const meta = { ...decision.counters, ...decision.remember }
  tx.put('records', {
    kind: 'step',
    id: command.commandId,
    commandId: command.commandId,
    data: step,
    ...(Object.keys(meta).length > 0 ? { meta } : {}),
  })
  writeDesk(tx, command.area, before, after)
  if (shelf?.put) tx.put('held', shelf.put)
  if (shelf?.took) tx.delete('held', shelf.took)
  if (decision.session !== undefined) tx.put('meta', { key: 'session', value: decision.session })
  putMeta(tx, meta)
  await postEvents(tx, decision.events ?? [], {
    identity: env.identity,
    commandId: command.commandId,
    at: command.at,
    personId: command.personId,
    pinned: ordersPinnedAnew(before, after),
  })
  const jobs = (decision.prints ?? []).map((print) => queuedJob(print, command.at))
  for (const { personRef, data } of decision.personal ?? []) writePersonal(tx, personRef, data)
  for (const job of jobs) writePersonal(tx, job.personRef, { what: 'print', job })
  return {
    answer,
    printJobIds: jobs.map((job) => job.jobId),
    task: after,
    repeated: false,
    ...(decision.session === undefined ? {} : { session: decision.session }),
  }
}

function taskAfter({ command, before, decision }: WriteInput, recorded: string): Task | null {
  const wanted = decision.resume ?? (decision.task === undefined ? before : decision.task)
  if (!wanted) return null
  const chained = decision.undoable ? { ...wanted, undoHead: command.commandId } : wanted
  if (!('trail' in chained)) return chained
  const entry = { at: command.at, scan: recorded, reason: decision.answer.reason, personId: command.personId }
  return { ...chained, trail: [...chained.trail, entry] }
}

function writeDesk(tx: WriteTx, area: Area, before: Task | null, after: Task | null): void {
  if (after === before) return
  if (after) tx.put('desk', after)
  else tx.delete('desk', area)
}

/** A task that left or reached the desk, or a walk that has changed, changes which pieces are pinned (decision 4). */
function ordersPinnedAnew(before: Task | null, after: Task | null): readonly string[] {
  if (before?.taskId === after?.taskId && samePins(before, after)) return []
  return [before, after].flatMap((task) => (task && 'orderIds' in task ? task.orderIds : []))
}

/** The trail is proof and survives undoing; patches of a task are taken without it. */
function withoutTrail(task: Task): Omit<Task, 'trail'> {
  if (!('trail' in task)) return task
  const { trail: _trail, ...rest } = task
  return rest
}
