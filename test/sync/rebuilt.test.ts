import { describe, expect, it } from 'vitest'
import { projectionHash } from '../../src/shared/station/compare-projections.ts'
import { finishRebuild } from '../../src/shared/station/finish-rebuild.ts'
import { applyRecords } from '../../src/shared/station/replay.ts'
import { freeForKey } from '../../src/shared/station/row-changes.ts'
import { TABLE_NAMES } from '../../src/shared/station/tables.ts'
import { blankStation, createSyncedShop, type SyncedStation } from './sync-pair.ts'

const free = (station: SyncedStation, holder: string) =>
  station.store.read(['waybills'], async (tx) => {
    const key = freeForKey(holder, 'STO')
    const rows = await tx.range('waybills', '[freeFor+position]', { from: [key, 0], to: [key, 1000] })
    return rows.map((row) => row.number)
  })

/** A station whose database and journal are gone: what it had sent comes back from the hub, under a new generation. */
async function lostStation(setAside: boolean) {
  const shop = createSyncedShop()
  const first = await shop.station('S1')
  const second = await shop.station('S2')
  await first.sync()
  await second.sync()
  const again = blankStation('S1', 'g2')
  await finishRebuild({
    store: again.store,
    env: again.env,
    jobIds: ['waybill-77300000000100', 'waybill-77300000000101'],
    setAside,
    at: shop.clock.now,
  })
  const back = await shop.station('S1', again)
  await back.sync()
  await second.sync()
  return { back, second }
}

describe('a station rebuilt from the hub', () => {
  it('LBL-5 never uses a number whose label it has printed, though the number comes back as free', async () => {
    const { back, second } = await lostStation(false)
    const numbers = await free(back, 'S1')
    expect(numbers).toHaveLength(28)
    expect(numbers).not.toContain('77300000000100')
    expect(await projectionHash(back.store)).toBe(await projectionHash(second.store))
  })

  it('SYN-2 sets aside whatever the stream still brings of its numbers, where it may have used any', async () => {
    const { back, second } = await lostStation(true)
    expect(await free(back, 'S1')).toEqual([])
    expect(await free(back, 'aside:S1')).toHaveLength(28)
    await back.run({ type: 'TakeNumbersUp', courier: 'STO', lastUsed: '77300000000109' })
    await back.sync()
    await second.sync()
    expect(await free(back, 'S1')).toHaveLength(20)
    expect(await projectionHash(back.store)).toBe(await projectionHash(second.store))
  })

  it('SYN-2 is as unsure after a second loss as after the first, as long as it was never in step', async () => {
    const shop = createSyncedShop()
    const first = await shop.station('S1')
    await first.sync()
    const once = blankStation('S1', 'g2')
    const lost = { jobIds: [], setAside: true, at: shop.clock.now }
    await finishRebuild({ store: once.store, env: once.env, ...lost })
    const records = await once.store.read(['records'], (tx) => tx.range('records', null, {}))
    const twice = blankStation('S1', 'g3')
    await twice.store.write(TABLE_NAMES, (tx) => applyRecords(tx, records, 'S1'))
    await finishRebuild({ store: twice.store, env: twice.env, ...lost, setAside: false })
    const back = await shop.station('S1', twice)
    await back.sync()
    expect(await free(back, 'S1')).toEqual([])
  })
})
