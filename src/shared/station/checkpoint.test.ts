import { describe, expect, it } from 'vitest'
import { canonicalHash } from '../ledger/canonical.ts'
import { lastCheckpoint, writeDailyCheckpoint } from './checkpoint.ts'
import { MovementSums } from './compare-projections.ts'
import { createTestStation, TEST_SKUS, type TestStation } from './test-station.ts'

const SHIRT = TEST_SKUS[2]?.code ?? ''
const DAY_MS = 86_400_000

const receive = (station: TestStation) =>
  station.scans('receive', 'CMD-NEW', SHIRT, 'QTY-3', 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001')

describe('checkpoints', () => {
  it('STK-3 are written once a shop day, and movements since then lead from them to the balances', async () => {
    const station = await createTestStation()
    await receive(station)
    const at = Date.UTC(2026, 10, 22, 4)
    const write = (when: number) => writeDailyCheckpoint(station.store, when, station.env.shopClock)
    expect(await write(at)).toBe(true)
    expect(await write(at + 1000)).toBe(false)
    await receive(station)
    const checkpoint = await station.store.read(['records'], lastCheckpoint)
    expect(checkpoint?.hash).toBe(canonicalHash(checkpoint?.balances))
    const later = await station.store.read(['records'], (tx) =>
      tx.range('records', null, { from: (checkpoint?.atSeq ?? 0) + 1 }),
    )
    const sums = new MovementSums(checkpoint?.balances ?? [])
    sums.add(later.flatMap((record) => (record.kind === 'event' ? [record.data] : [])))
    expect(await station.store.read(['balances'], (tx) => sums.compare(tx))).toEqual([])
    expect(await write(at + DAY_MS)).toBe(true)
    expect(await write(at + 2 * DAY_MS)).toBe(false)
  })
})
