import { describe, expect, it } from 'vitest'
import { canonicalHash } from '../ledger/canonical.ts'
import { balanceKey, goodStock } from '../ledger/movement.ts'
import { lastCheckpoint, writeDailyCheckpoint } from './checkpoint.ts'
import { MovementSums } from './compare-projections.ts'
import type { StationStore } from './store.ts'
import { createTestStation, TEST_SKUS, type TestStation } from './test-station.ts'

const SHIRT = TEST_SKUS[2]?.code ?? ''
const DAY_MS = 86_400_000

const receive = (station: TestStation) =>
  station.scans('receive', 'CMD-NEW', SHIRT, 'QTY-3', 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001')

const rest = (): Promise<void> => Promise.resolve()

/** Balances enough for a few pages. */
const PIECES = 2500
const fillShelf = (store: StationStore) =>
  store.write(['balances'], async (tx) => {
    for (let piece = 0; piece < PIECES; piece++) {
      const stock = goodStock(`Z${String(piece).padStart(5, '0')}`, null)
      tx.put('balances', { ...stock, key: balanceKey('bin:A-01', stock), place: 'bin:A-01', quantity: 1 })
    }
  })

/** Where the balances differ from a checkpoint and what was posted after it. */
async function differencesSince(store: StationStore, checkpoint: Awaited<ReturnType<typeof lastCheckpoint>>) {
  const later = await store.read(['records'], (tx) =>
    tx.range('records', null, { from: (checkpoint?.atSeq ?? 0) + 1 }),
  )
  const sums = new MovementSums(checkpoint?.balances ?? [])
  sums.add(later.flatMap((record) => (record.kind === 'event' ? [record.data] : [])))
  return store.read(['balances'], (tx) => sums.compare(tx))
}

/** Calls back after each page of balances that was read. */
const interrupted = (store: StationStore, meanwhile: () => Promise<unknown>): StationStore => ({
  ...store,
  read: async (tables, body) => {
    const result = await store.read(tables, body)
    if (tables.includes('balances')) await meanwhile()
    return result
  },
})

describe('checkpoints', () => {
  it('STK-3 are written once a shop day, and movements since then lead from them to the balances', async () => {
    const station = await createTestStation()
    await receive(station)
    const at = Date.UTC(2026, 10, 22, 4)
    const write = (when: number) => writeDailyCheckpoint(station.store, when, station.env.shopClock, rest)
    expect(await write(at)).toBe(true)
    expect(await write(at + 1000)).toBe(false)
    await receive(station)
    const checkpoint = await station.store.read(['records'], lastCheckpoint)
    expect(checkpoint?.hash).toBe(canonicalHash(checkpoint?.balances))
    expect(await differencesSince(station.store, checkpoint)).toEqual([])
    expect(await write(at + DAY_MS)).toBe(true)
    expect(await write(at + 2 * DAY_MS)).toBe(false)
  })

  it('STK-3 hold what stands at one moment, whatever is posted while they are being read', async () => {
    const station = await createTestStation()
    await fillShelf(station.store)
    await receive(station)
    const seqs: number[] = []
    const store = interrupted(station.store, async () => {
      const newest = await station.store.read(['records'], (tx) =>
        tx.range('records', null, { limit: 1, reverse: true }),
      )
      seqs.push(newest[0]?.seq ?? 0)
      // What is received goes to the balances of the first page, which has been read already.
      await receive(station)
    })
    const at = Date.UTC(2026, 10, 22, 4)
    expect(await writeDailyCheckpoint(store, at, station.env.shopClock, rest)).toBe(true)
    const checkpoint = await station.store.read(['records'], lastCheckpoint)
    expect(seqs.length).toBeGreaterThan(3)
    expect(checkpoint?.atSeq).toBe(seqs.at(-1))
    expect(checkpoint?.hash).toBe(canonicalHash(checkpoint?.balances))
    expect(await differencesSince(station.store, checkpoint)).toEqual([])
    const keys = checkpoint?.balances?.map(([key]) => key) ?? []
    expect(keys).toEqual(keys.toSorted())
  })

  it('STK-3 are written by one window only', async () => {
    const station = await createTestStation()
    await receive(station)
    const write = (store: StationStore) =>
      writeDailyCheckpoint(store, Date.UTC(2026, 10, 22, 4), station.env.shopClock, rest)
    let other: Promise<boolean> | undefined
    const store = interrupted(station.store, async () => {
      other ??= write(station.store)
      await other
    })
    expect(await write(store)).toBe(false)
    expect(await other).toBe(true)
  })
})
