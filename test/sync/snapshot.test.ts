import { describe, expect, it } from 'vitest'
import { HISTORY } from '../../src/shared/station/apply-stream.ts'
import { compareTable, foldIntoShadow, projectionHash } from '../../src/shared/station/compare-projections.ts'
import { createMemoryStore } from '../../src/shared/station/memory-store.ts'
import { applyRecords, readJournalled } from '../../src/shared/station/replay.ts'
import { TABLE_NAMES } from '../../src/shared/station/tables.ts'
import { testOrder } from '../../src/shared/station/test-station.ts'
import { fillHistory } from '../../src/shared/sync/sync-session.ts'
import { adoptSnapshot, offerSnapshot } from '../../src/shared/sync/snapshot.ts'
import { blankStation, createSyncedShop, type SyncedStation } from './sync-pair.ts'

const SHIRT = '2004-奶油-L'

async function busyShop() {
  const shop = createSyncedShop()
  const first = await shop.station('S1')
  await first.scans('receive', 'CMD-NEW', SHIRT, 'QTY-9', 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001')
  await first.scans('putaway', SHIRT, 'QTY-9', 'B-01-1-01')
  const orders = [1, 2, 3].map((number) => testOrder(`800${number}`, [[SHIRT, 1]]))
  await first.run({ type: 'ImportOrders', file: 'orders.csv', orders })
  await first.scans('pack', '8001', SHIRT, 'G-200', 'BADGE-1002', 'CMD-FINISH')
  await first.sync()
  return { shop, first }
}

const recordsOf = (station: SyncedStation) =>
  station.store.read(['records'], (tx) => tx.range('records', null, {}))

describe('snapshots', () => {
  it('SYN-1 a new station begins with balances, open work and numbers at once, and fills in the rest', async () => {
    const { shop, first } = await busyShop()
    expect(await offerSnapshot(first.session, first.ports)).toBe('taken')
    const late = await shop.station('S9', blankStation('S9'))
    expect(await adoptSnapshot(late.session, late.ports)).toBe('adopted')
    expect(await late.stock(SHIRT)).toEqual(await first.stock(SHIRT))
    const ready = await late.store.read(['readiness'], (tx) => tx.range('readiness', null, {}))
    expect(ready.map((row) => row.state)).toEqual(['ready', 'ready'])
    const wanted = await late.store.read(['recipients'], (tx) => tx.range('recipients', null, {}))
    expect(wanted).toHaveLength(3)
    expect((await recordsOf(late)).filter((row) => row.kind === 'event')).toEqual([])
    await first.scans('pack', '8002', SHIRT, 'G-200', 'BADGE-1002', 'CMD-FINISH')
    await first.sync()
    await late.sync()
    while (await fillHistory(late.session, late.ports));
    expect(await projectionHash(late.store)).toBe(await projectionHash(first.store))
    expect(await late.store.read(['meta'], (tx) => tx.get('meta', HISTORY))).toBeUndefined()
    const shadow = createMemoryStore()
    const events = (await recordsOf(late)).flatMap((row) =>
      row.kind === 'event' ? [{ event: row.data, hubSequence: row.hubSequence ?? null }] : [],
    )
    await foldIntoShadow(shadow, events)
    for (const table of ['balances', 'orders', 'parcels', 'waybills', 'movements'] as const)
      expect(await compareTable(late.store, shadow, table, 5)).toEqual([])
  })

  it('SEC-4 a station rebuilt from its journal before its history was whole ends equal all the same', async () => {
    const { shop, first } = await busyShop()
    await offerSnapshot(first.session, first.ports)
    const late = await shop.station('S9', blankStation('S9'))
    await adoptSnapshot(late.session, late.ports)
    await first.scans('pack', '8002', SHIRT, 'G-200', 'BADGE-1002', 'CMD-FINISH')
    await first.sync()
    await late.sync()
    const journal = (await recordsOf(late)).map((record) =>
      readJournalled(JSON.parse(JSON.stringify(record))),
    )
    const again = blankStation('S9', 'g2')
    await again.store.write(TABLE_NAMES, (tx) =>
      applyRecords(
        tx,
        journal.flatMap((record) => record ?? []),
        'S9',
      ),
    )
    const rebuilt = await shop.station('S9', again)
    await rebuilt.sync()
    expect(await projectionHash(rebuilt.store)).toBe(await projectionHash(first.store))
  })

  it('SYN-1 a snapshot cut short, and gone when the station asks again, leaves what the station wrote itself', async () => {
    const { shop, first } = await busyShop()
    await offerSnapshot(first.session, first.ports)
    const late = await shop.station('S9', blankStation('S9'))
    await late.run({ type: 'SaveSettings', settings: { 'station:S9:name': '台二' } })
    const { ask } = late.session
    const cut: typeof ask = (call, request) =>
      call === 'snapshot' && (request as { part: number }).part > 1
        ? Promise.resolve(null)
        : ask(call, request)
    expect(await adoptSnapshot({ ...late.session, ask: cut }, late.ports)).toBe('unheard')
    const none: typeof ask = async (call, request) =>
      call === 'snapshot' ? ({ tag: 'none' } as never) : ask(call, request)
    expect(await adoptSnapshot({ ...late.session, ask: none }, late.ports)).toBe('notNeeded')
    const settings = await late.store.read(['settings'], (tx) => tx.range('settings', null, {}))
    expect(settings.map((row) => row.name)).toEqual(['station:S9:name'])
    await late.sync()
    await first.sync()
    expect(await projectionHash(late.store)).toBe(await projectionHash(first.store))
  })

  it('SYN-1 a station with a past of its own keeps it and pulls the stream', async () => {
    const { shop, first } = await busyShop()
    await offerSnapshot(first.session, first.ports)
    const second = await shop.station('S2')
    await second.sync()
    expect(await adoptSnapshot(second.session, second.ports)).toBe('notNeeded')
  })
})
