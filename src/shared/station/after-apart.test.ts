import { describe, expect, it } from 'vitest'
import type { EventEnvelope } from '../ledger/envelope.ts'
import { applyStream } from './apply-stream.ts'
import { dropOpenWork } from './drop-open-work.ts'
import { createMemoryStore } from './memory-store.ts'
import { applyRecords, readJournalled } from './replay.ts'
import { REDUCERS } from './row-changes.ts'
import type { StationStore } from './store.ts'
import { TABLE_NAMES } from './tables.ts'
import { createTestStation } from './test-station.ts'

const eventsOf = (store: StationStore): Promise<EventEnvelope[]> =>
  store.read(['records'], async (tx) => {
    const records = await tx.range('records', null, {})
    return records.flatMap((record) => (record.kind === 'event' ? [record.data] : []))
  })

async function replayed(store: StationStore): Promise<StationStore> {
  const records = await store.read(['records'], (tx) => tx.range('records', null, {}))
  const journalled = records.map((record) => readJournalled(JSON.parse(JSON.stringify(record))))
  const rebuilt = createMemoryStore()
  await rebuilt.write(TABLE_NAMES, (tx) =>
    applyRecords(
      tx,
      journalled.flatMap((record) => record ?? []),
      'S1',
    ),
  )
  return rebuilt
}

const shopName = (store: StationStore): Promise<unknown> =>
  store.read(['settings'], async (tx) => (await tx.get('settings', 'shopName'))?.value)

describe('stations that were apart', () => {
  it('SEC-4 SYN-1 a journal brings back the later of two writers that one page of the stream held', async () => {
    const [one, two] = [await createTestStation(), await createTestStation(createMemoryStore(), 'S2')]
    await one.run({ type: 'SaveSettings', settings: { shopName: 'one' } })
    await two.run({ type: 'SaveSettings', settings: { shopName: 'two' } })
    const [own, other] = [(await eventsOf(one.store)).at(-1), (await eventsOf(two.store)).at(-1)]
    if (!own || !other) throw new Error('both have written')
    // As it is journalled before the hub has heard of it.
    const before = await one.store.read(['records'], (tx) => tx.range('records', null, {}))
    await one.store.write(TABLE_NAMES, (tx) =>
      applyStream(
        tx,
        [own, other].map((event, index) => ({ sequence: index + 1, event })),
        2,
      ),
    )
    const after = await one.store.read(['records'], (tx) =>
      tx.range('records', null, { from: before.length + 1 }),
    )
    const journal = [...before, ...after].flatMap(
      (record) => readJournalled(JSON.parse(JSON.stringify(record))) ?? [],
    )
    const rebuilt = createMemoryStore()
    await rebuilt.write(TABLE_NAMES, (tx) => applyRecords(tx, journal, 'S1'))
    expect(await shopName(one.store)).toBe('two')
    expect(await shopName(rebuilt)).toBe('two')
  })

  it('SYN-1 a parcel handed over on two stations reads the same in either order', () => {
    const handed = (handoverNo: string) =>
      ({
        set: 'handedOver',
        eventId: `event-${handoverNo}`,
        handedOver: { at: 1, handoverNo, theirWeightGrams: null, theirFeeFen: null, acceptedReason: null },
      }) as const
    const fold = (...numbers: string[]) =>
      numbers
        .map(handed)
        .reduce<ReturnType<typeof REDUCERS.parcels> | undefined>(
          (row, change) => REDUCERS.parcels(row ?? undefined, change, 'p'),
          undefined,
        )
    expect(fold('JJ-1', 'JJ-2')).toEqual(fold('JJ-2', 'JJ-1'))
  })

  it('SYN-2 open work is taken off a desk whose journal may lack its end, and replays as taken off', async () => {
    const station = await createTestStation()
    await station.scans('receive', 'CMD-NEW', '6901000000022')
    await station.scans('putaway', '6901000000022', 'CMD-HOLD')
    let minted = 0
    const dropped = await station.store.write(TABLE_NAMES, (tx) =>
      dropOpenWork(tx, { newId: () => `d${++minted}`, at: 1 }),
    )
    expect(dropped).toBe(2)
    for (const store of [station.store, await replayed(station.store)]) {
      const left = await store.read(
        ['desk', 'held'],
        async (tx) => (await tx.count('desk')) + (await tx.count('held')),
      )
      expect(left).toBe(0)
    }
  })
})
