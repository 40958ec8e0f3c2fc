import { describe, expect, it } from 'vitest'
import { madePush } from '../../test/support/hub-events.ts'
import { DataRefusedError, type HubStore } from './hub-store.ts'
import { createPushQueue } from './push-queue.ts'
import { receivePush } from './received-event.ts'
import { createMemoryHubStore } from './stores/memory-hub-store.ts'

const caller = (stationId: string) => ({ stationId, warehouseId: 'w', name: stationId })
const pushOf = (stationId: string, from: number, count = 1) =>
  receivePush(caller(stationId), madePush(caller(stationId), from, count))

/** A memory store that will not take what station `bad` writes, and holds each transaction for a moment. */
function pickyStore(fault: () => Error): HubStore {
  const store = createMemoryHubStore()
  return {
    ...store,
    transaction: (scope, work) =>
      store.transaction(scope, async (tx) => {
        await new Promise((resolve) => setTimeout(resolve, 5))
        return work({
          ...tx,
          append: async (batch) => {
            if (batch.events.some(({ stationId }) => stationId === 'bad')) throw fault()
            await tx.append(batch)
          },
        })
      }),
  }
}

describe('push queue', () => {
  it('SYN-3 takes the pushes that came meanwhile in one transaction, and tells of each commit', async () => {
    const news: number[] = []
    const store = pickyStore(() => new Error('never'))
    const queue = createPushQueue({ store, clock: () => 0, onTaken: (_, sequence) => news.push(sequence) })
    const stations = Array.from({ length: 50 }, (_, index) => `s${index}`)
    await Promise.all(stations.map((station) => queue.push('w', pushOf(station, 1))))
    expect(queue.counts).toEqual({ batches: 2, pushes: 50, events: 50, largestBatch: 49 })
    expect(news).toEqual([1, 50])
  })

  it('SYN-3 does not let one transaction grow beyond what others can wait for', async () => {
    const queue = createPushQueue({ store: createMemoryHubStore(), clock: () => 0, onTaken: () => undefined })
    const stations = Array.from({ length: 11 }, (_, index) => `s${index}`)
    await Promise.all(stations.map((station) => queue.push('w', pushOf(station, 1, 500))))
    expect(queue.counts).toMatchObject({ pushes: 11, events: 5500, largestBatch: 4 })
  })

  it('SYN-3 keeps a push that the store will never take from holding up the others', async () => {
    const store = pickyStore(() => new DataRefusedError('no'))
    const queue = createPushQueue({ store, clock: () => 0, onTaken: () => undefined })
    const told = await Promise.allSettled(
      ['first', 'a', 'bad', 'b'].map((station) => queue.push('w', pushOf(station, 1))),
    )
    expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
    expect(await store.lastSequence('w')).toBe(3)
  })

  it('SYN-1 acknowledges nothing of a transaction that failed, and goes on', async () => {
    const store = pickyStore(() => new Error('connection lost'))
    const queue = createPushQueue({ store, clock: () => 0, onTaken: () => undefined })
    const told = await Promise.allSettled(
      ['first', 'a', 'bad'].map((station) => queue.push('w', pushOf(station, 1))),
    )
    expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect(await queue.push('w', pushOf('a', 1))).toMatchObject({ results: [{ tag: 'ack', sequence: 2 }] })
    await queue.drain()
  })
})
