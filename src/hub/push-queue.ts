import type { SyncAnswer } from '../shared/protocol/sync-messages.ts'
import { DataRefusedError, type HubStore } from './hub-store.ts'
import type { ReceivedPush } from './received-event.ts'
import { takePushes } from './take-pushes.ts'

/** Counts of what this process took in. */
export interface IngestCounts {
  batches: number
  pushes: number
  events: number
  largestBatch: number
}

/** Pushes on their way into the store. */
export interface PushQueue {
  /** Fulfils when what was taken is on disk; rejects when nothing of it is known to be. */
  push(warehouseId: string, push: ReceivedPush): Promise<SyncAnswer<'push'>>
  readonly counts: Readonly<IngestCounts>
  /** Waits until nothing is under way. */
  drain(): Promise<void>
}

interface Waiting {
  readonly push: ReceivedPush
  readonly resolve: (answer: SyncAnswer<'push'>) => void
  readonly reject: (error: unknown) => void
}

/** Events of one transaction, at most (or one push): others wait for its lock. */
const MOST_EVENTS_TOGETHER = 2000

/**
 * Group commit: while a transaction of a warehouse runs, its next pushes gather and share the next one. A hundred
 * stations that push an event each then cost a few disk writes and not a hundred.
 */
export function createPushQueue(options: {
  readonly store: HubStore
  readonly clock: () => number
  readonly onTaken: (warehouseId: string, lastSequence: number) => void
}): PushQueue {
  const counts: IngestCounts = { batches: 0, pushes: 0, events: 0, largestBatch: 0 }
  const waiting = new Map<string, Waiting[]>()
  const running = new Map<string, Promise<void>>()

  async function run(warehouseId: string): Promise<void> {
    for (;;) {
      const group = nextGroup(waiting.get(warehouseId) ?? [])
      if (group.length === 0) break
      await take(warehouseId, group)
    }
    waiting.delete(warehouseId)
    running.delete(warehouseId)
  }

  async function take(warehouseId: string, group: readonly Waiting[]): Promise<void> {
    try {
      const pushes = group.map(({ push }) => push)
      const taken = await takePushes(options.store, warehouseId, pushes, options.clock())
      counts.batches += 1
      counts.pushes += group.length
      counts.events += taken.appended
      counts.largestBatch = Math.max(counts.largestBatch, group.length)
      taken.answers.forEach((answer, index) => {
        group[index]?.resolve(answer)
      })
      if (taken.appended > 0) options.onTaken(warehouseId, taken.lastSequence)
    } catch (error) {
      await takeApart(warehouseId, group, error)
    }
  }

  /** One push that the store cannot hold must not keep the others of its group out. */
  async function takeApart(warehouseId: string, group: readonly Waiting[], error: unknown): Promise<void> {
    if (error instanceof DataRefusedError && group.length > 1) {
      for (const one of group) await take(warehouseId, [one])
    } else {
      for (const { reject } of group) reject(error)
    }
  }

  return {
    push: (warehouseId, push) =>
      new Promise((resolve, reject) => {
        const queue = waiting.get(warehouseId) ?? []
        queue.push({ push, resolve, reject })
        waiting.set(warehouseId, queue)
        if (!running.has(warehouseId)) running.set(warehouseId, run(warehouseId))
      }),
    counts,
    drain: async () => {
      while (running.size > 0) await Promise.all(running.values())
    },
  }
}

/** Takes the first pushes off the queue, as many as go together. */
function nextGroup(queue: Waiting[]): Waiting[] {
  let events = 0
  let size = 0
  for (const { push } of queue) {
    events += push.events.length
    if (size > 0 && events > MOST_EVENTS_TOGETHER) break
    size += 1
  }
  return queue.splice(0, size)
}
