import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { canonicalHash } from '../ledger/canonical.ts'
import { EventEnvelopeSchema } from '../ledger/envelope.ts'
import { EVENT_TYPES } from './event-types.ts'

/**
 * Stored events live for ever. A schema that changes needs a new version and an upcast of the old one; only then may
 * its hash be changed here.
 */
const PINNED: Readonly<Record<string, string>> = {
  'BinsImported.1': 'b242d3dadf09',
  'CountWanted.1': 'f59f88bc74c5',
  'GoodsPutAway.1': '0f6c26df21c3',
  'GoodsReceived.1': '4888af926942',
  'HangTagAssigned.1': 'c8032037bdbc',
  'NoticeImported.1': '5ed6f4e37523',
  'OrderPicked.1': '3f570a79c444',
  'OrdersImported.1': 'b8baa66a79d2',
  'ParcelFinished.1': '5ecb2dc491cd',
  'ParcelVoided.1': 'df0e40f20aee',
  'ParcelsHandedOver.1': 'd615d95d3e54',
  'PersonSaved.1': '5b203e5178bc',
  'SettingsChanged.1': 'f4bf53b50965',
  'SkuCodeLinked.1': '3571da6c8e84',
  'SkusImported.1': '286ada3c7aca',
  'WantedMeasureConfirmed.1': '743e8edcb09a',
  'WaybillsLoaded.1': 'a914ed08da28',
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

  it('SYN-4 have an upcast from every older version', () => {
    for (const { version, upcasts } of Object.values(EVENT_TYPES))
      for (let older = 1; older < version; older++) expect(Object.keys(upcasts)).toContain(String(older))
  })
})
