import { describe, expect, it } from 'vitest'
import { assert } from '../base/assert.ts'
import { readEvent } from './event-types.ts'
import { createMemoryStore } from './memory-store.ts'
import { applyEvent } from './replay.ts'
import { TABLE_NAMES } from './tables.ts'
import { createTestStation, type TestStation, testOrder } from './test-station.ts'

const FIGURES = { seconds: 18, stills: 4, bytes: 500_000 }

async function packOne(): Promise<{ station: TestStation; parcelId: string }> {
  const station = await createTestStation()
  await station.run({ type: 'ImportOrders', file: 'o', orders: [testOrder('5001', [['2004-奶油-L', 1]])] })
  await station.scans('receive', 'CMD-NEW', '2004-奶油-L', 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001')
  await station.scans('putaway', '2004-奶油-L', 'B-01-1-01')
  await station.scans('pack', '5001', '2004-奶油-L', 'G-200', 'BADGE-1002', 'CMD-FINISH')
  const [parcel] = await station.store.read(['parcels'], (tx) => tx.range('parcels', null, {}))
  assert(parcel, 'a parcel was finished')
  return { station, parcelId: parcel.parcelId }
}

const rowOf = (station: Pick<TestStation, 'store'>, parcelId: string) =>
  station.store.read(['parcels'], (tx) => tx.get('parcels', parcelId))

describe('evidence noted', () => {
  it('PAK-8 stands in the parcel with the station where the clip lies, once', async () => {
    const { station, parcelId } = await packOne()
    const note = { parcelId, clipId: 'task-1', state: 'kept', cause: null, ...FIGURES } as const
    expect((await station.run({ type: 'NoteEvidence', note })).answer.tag).toBe('done')
    const expected = { clipId: 'task-1', state: 'kept', stationId: 'S1', ...FIGURES }
    expect((await rowOf(station, parcelId))?.evidence).toMatchObject(expected)
    const other = { ...note, state: 'none', cause: 'denied', seconds: 0 } as const
    expect((await station.run({ type: 'NoteEvidence', note: other })).answer.tag).toBe('unchanged')
    expect((await rowOf(station, parcelId))?.evidence).toMatchObject(expected)
    const unknown = { ...note, parcelId: 'nobody' }
    expect((await station.run({ type: 'NoteEvidence', note: unknown })).answer.tag).toBe('gone')
  })

  it('PAK-8 SYN-1 arrives at another station before its parcel, and stays when the parcel comes', async () => {
    const { station, parcelId } = await packOne()
    const note = { parcelId, clipId: 'task-1', state: 'partial', cause: 'cameraLost', ...FIGURES } as const
    await station.run({ type: 'NoteEvidence', note })
    const records = await station.store.read(['records'], (tx) => tx.range('records', null, {}))
    const events = records.flatMap((record) => (record.kind === 'event' ? [record.data] : []))
    const store = createMemoryStore()
    for (const [index, envelope] of [...events].reverse().entries()) {
      assert(readEvent(envelope), `${envelope.type} is known`)
      const { eventId } = envelope
      const record = { kind: 'event', id: eventId, eventId, hubSequence: index + 1, data: envelope } as const
      await store.write(TABLE_NAMES, (tx) => applyEvent(tx, record, 'other'))
    }
    const row = await rowOf({ store }, parcelId)
    expect(row?.evidence).toEqual((await rowOf(station, parcelId))?.evidence)
    expect(row).toMatchObject({ state: 'packed', evidence: { cause: 'cameraLost' } })
  })
})
