import { describe, expect, it } from 'vitest'
import { stationStoreSuite } from '../../../test/contract/station-store.suite.ts'
import { executeScan } from './execute-scan.ts'
import { createMemoryStore } from './memory-store.ts'
import { createTestStation, TEST_SKUS } from './test-station.ts'

stationStoreSuite('memory', async () => createMemoryStore())

describe('idempotent commands', () => {
  it('PAK-2 a scan that failed before the disk and is retried by its id counts once', async () => {
    let cut = false
    const store = createMemoryStore({
      beforeCommit: () => {
        if (cut) throw new Error('power cut')
      },
    })
    const station = await createTestStation(store)
    await station.scan('receive', 'CMD-NEW')
    const command = {
      commandId: 'c-1',
      area: 'receive' as const,
      raw: TEST_SKUS[2]?.code ?? '',
      at: 1,
      personId: 'p-manager',
    }
    cut = true
    await expect(executeScan(store, station.env, command)).rejects.toThrow('power cut')
    cut = false
    const first = await executeScan(store, station.env, command)
    const again = await executeScan(store, station.env, command)
    expect(first).toMatchObject({ repeated: false, answer: { reason: 'pieceCounted' } })
    expect(again).toMatchObject({ repeated: true, answer: first.answer })
    const desk = await store.read(['desk'], (tx) => tx.get('desk', 'receive'))
    expect(desk?.area === 'receive' && desk.lines[command.raw]?.counted).toBe(1)
  })
})
