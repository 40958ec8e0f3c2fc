import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { assert } from '../base/assert.ts'
import { canonicalHash } from '../ledger/canonical.ts'
import { EventEnvelopeSchema } from '../ledger/envelope.ts'
import { EVENT_TYPES, readEvent } from './event-types.ts'
import { createTestStation, testOrder } from './test-station.ts'

/**
 * Stored events live for ever. A schema that changes needs a new version and an upcast of the old one; only then may
 * its hash be changed here.
 */
const PINNED: Readonly<Record<string, string>> = {
  'AddressConfirmed.1': '66dc3c6e3f3c',
  'BankTransferRecorded.1': 'f8a3ffddb167',
  'BinsImported.1': 'b242d3dadf09',
  'CountWanted.1': 'f59f88bc74c5',
  'CourierChosen.1': '6b1f674446fc',
  'DetailChanged.1': '97507b486ed7',
  'DiscrepancyResolved.1': 'c935500f7b2a',
  'ExtrasSet.1': 'f8a6b3e51d99',
  'EvidenceNoted.1': '1b7f66edb3ac',
  'GoodsPutAway.1': '2760f5b4d356',
  'GoodsReceived.1': '4888af926942',
  'HangTagAssigned.1': 'c8032037bdbc',
  'LabelVoided.1': '22fc7cc1ab24',
  'NoticeImported.1': '5ed6f4e37523',
  'OrderFlagged.1': '08909fbdc972',
  'OrderHeld.1': 'b03d14abfb69',
  'OrderNoted.1': '204686c213d7',
  'OrderPicked.1': '749546b2c357',
  'OrdersImported.1': '4327da08c1c3',
  'OrdersMerged.1': 'b3ba6359611c',
  'OrdersParted.1': '22f9ba84d7df',
  'PickShort.1': '89ea4fd1f3fe',
  'PiecesReturned.1': 'cdd8ce58ab39',
  'ShortLifted.1': '13e80596def6',
  'ParcelFinished.2': '33cebf31cdfe',
  'ParcelVoided.1': 'df0e40f20aee',
  'ParcelsHandedOver.1': 'd615d95d3e54',
  'PersonSaved.1': '5b203e5178bc',
  'SettingsChanged.1': 'f4bf53b50965',
  'SkuCodeLinked.1': '3571da6c8e84',
  'SkusImported.1': '286ada3c7aca',
  'SupplyCounted.1': 'd2897d1f0aee',
  'SupplySaved.1': '04d1723fda0b',
  'SupplyUsed.1': '1e45b473764b',
  'WantedMeasureConfirmed.1': '743e8edcb09a',
  'WaybillAssigned.1': 'ea43eded54b0',
  'WaybillFetched.1': 'a58894bc0c56',
  'WaybillsGranted.1': 'c4e382aba316',
  'WaybillsLoaded.1': 'a914ed08da28',
  'WaybillsReturned.1': 'd4a0a56e3e70',
  'WaybillsSetAside.1': 'd4a0a56e3e70',
  'WaybillsTakenUp.1': 'd4a0a56e3e70',
  'WaybillsWrittenOff.1': 'c52e9bf9e341',
  envelope: 'a1d84adb52c2',
}

const hashOf = (schema: z.ZodType): string => canonicalHash(z.toJSONSchema(schema)).slice(0, 12)

describe('stored schemas', () => {
  it('SYN-4 have the hashes that their versions were given', () => {
    const now = Object.fromEntries(
      Object.entries(EVENT_TYPES).map(([name, { version, body }]) => [`${name}.${version}`, hashOf(body)]),
    )
    expect({ ...now, envelope: hashOf(EventEnvelopeSchema) }).toEqual(PINNED)
  })

  it('SYN-4 lifts a parcel of version 1, which knew no lease, to the current version', async () => {
    const station = await createTestStation()
    await station.run({ type: 'ImportOrders', file: 'o', orders: [testOrder('5001', [['2004-奶油-L', 1]])] })
    const goods = ['CMD-NEW', '2004-奶油-L', 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001']
    await station.scans('receive', ...goods)
    await station.scans('putaway', '2004-奶油-L', 'B-01-1-01')
    await station.scans('pack', '5001', '2004-奶油-L', 'G-200', 'BADGE-1002', 'CMD-FINISH')
    const records = await station.store.read(['records'], (tx) => tx.range('records', null, {}))
    const finished = records.find(
      (record) => record.kind === 'event' && record.data.type === 'ParcelFinished',
    )
    assert(finished?.kind === 'event', 'a parcel was finished')
    const { leaseToken: _later, ...older } = finished.data.body as Record<string, unknown>
    const read = readEvent({ ...finished.data, version: 1, body: older })
    expect(read?.body).toEqual({ ...older, leaseToken: null })
  })

  it('SYN-4 have an upcast from every older version', () => {
    for (const { version, upcasts } of Object.values(EVENT_TYPES))
      for (let older = 1; older < version; older++) expect(Object.keys(upcasts)).toContain(String(older))
  })
})
