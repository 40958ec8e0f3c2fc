import { describe, expect, it } from 'vitest'
import { finishRebuild } from './finish-rebuild.ts'
import { freeForKey } from './row-changes.ts'
import { createTestStation, openTestStation, type TestStation, testOrder } from './test-station.ts'

const SHIRT = '6901000000022'
const AT = Date.UTC(2026, 10, 23)

async function stationWithParcel(): Promise<TestStation> {
  const station = await createTestStation()
  await station.scans('receive', 'CMD-NEW', SHIRT, 'QTY-3', 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001')
  await station.scans('putaway', SHIRT, 'QTY-3', 'B-01-1-01')
  await station.run({
    type: 'ImportOrders',
    file: 'o.csv',
    orders: [testOrder('9001', [['2004-奶油-L', 1]])],
  })
  await station.scans('pack', '9001', SHIRT, 'G-300', 'BADGE-1002', 'CMD-FINISH')
  return station
}

const free = (station: TestStation, holder: string) =>
  station.store.read(['waybills'], async (tx) => {
    const key = freeForKey(holder, 'STO')
    const rows = await tx.range('waybills', '[freeFor+position]', { from: [key, 0], to: [key, 1000] })
    return rows.map((row) => row.number)
  })

let lives = 1

/** A rebuilt station lives on under a generation of its own. */
function rebuilt(station: TestStation): TestStation {
  lives++
  return openTestStation(station.store, { ...station.env.identity, generation: `g${lives}` })
}

const finish = (station: TestStation, jobIds: readonly string[], setAside: boolean) =>
  finishRebuild({ store: station.store, env: station.env, jobIds, setAside, at: AT })

describe('after a rebuild', () => {
  it('LBL-5 burns the printed numbers that the ledger shows as free, reprints and used ones left alone', async () => {
    const station = rebuilt(await createTestStation())
    const jobs = ['waybill-77300000000101', 'waybill-77300000000101-1', 'waybill-77300000000103', 'waybill-1']
    expect(await finish(station, jobs, false)).toEqual({ burnt: 2, aside: 0 })
    const left = await free(station, 'S1')
    expect(left).toHaveLength(28)
    expect(left).not.toContain('77300000000101')
    expect(left).not.toContain('77300000000103')
  })

  it('LBL-5 knows a printed label by the id under which the packing screen printed it', async () => {
    const station = await stationWithParcel()
    const jobs = await station.store.read(['printJobs'], (tx) => tx.range('printJobs', null, {}))
    const ids = jobs.map((job) => job.jobId).filter((id) => id.startsWith('waybill-'))
    expect(ids).toHaveLength(1)
    // The same shop before that parcel: its ledger does not know what the printer did.
    const before = rebuilt(await createTestStation())
    expect(await finish(before, ids, false)).toEqual({ burnt: 1, aside: 0 })
    // The ledger that knows it has nothing to burn.
    expect(await finish(rebuilt(station), ids, false)).toEqual({ burnt: 0, aside: 0 })
  })

  it('LBL-5 takes the last printed label for the last used number, also when its parcel is known', async () => {
    const station = rebuilt(await stationWithParcel())
    await finish(station, [], true)
    const last = { type: 'TakeNumbersUp', courier: 'STO', lastUsed: '77300000000100' } as const
    expect((await station.run(last)).answer.tag).toBe('done')
    expect(await free(station, 'S1')).toHaveLength(29)
  })

  it('SYN-2 sets the other numbers aside after a restore, once, however often it is begun', async () => {
    const station = rebuilt(await createTestStation())
    const jobs = ['waybill-77300000000100']
    expect(await finish(station, jobs, true)).toEqual({ burnt: 1, aside: 29 })
    expect(await free(station, 'S1')).toEqual([])
    expect(await free(station, 'aside:S1')).toHaveLength(29)
    await station.run({ type: 'TakeNumbersUp', courier: 'STO', lastUsed: '77300000000110' })
    expect(await free(station, 'S1')).toHaveLength(19)
    expect((await station.run({ type: 'TakeNumbersUp', courier: 'STO', lastUsed: '5' })).answer.tag).toBe(
      'unknownNumber',
    )
    // A window that was closed before the end begins anew: nothing is set aside a second time.
    await finish(station, jobs, true)
    expect(await free(station, 'S1')).toHaveLength(19)
  })
})
