import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { canonicalHash } from '../ledger/canonical.ts'
import {
  EnrolAnswerSchema,
  EnrolRequestSchema,
  HubRefusalSchema,
  SYNC_PROTOCOL_MINIMUM,
  SYNC_PROTOCOL_VERSION,
  signedText,
  syncAnswerSchemas,
  syncRequestSchemas,
} from './sync-messages.ts'

/** The wire as version 1 speaks it. Whatever changes this needs a decision: a new version, or a member that is optional. */
const PINNED = { version: 1, hash: 'b7be379f1ff6' }

describe('sync protocol', () => {
  it('SYN-4 has the shapes that its version was given', () => {
    const shapes = { ...syncRequestSchemas, EnrolRequestSchema, EnrolAnswerSchema, HubRefusalSchema }
    const json = Object.entries({ ...shapes, ...prefixed(syncAnswerSchemas) }).map(([name, schema]) => [
      name,
      z.toJSONSchema(schema),
    ])
    expect({ version: SYNC_PROTOCOL_VERSION, hash: canonicalHash(json).slice(0, 12) }).toEqual(PINNED)
    expect(SYNC_PROTOCOL_MINIMUM).toBeLessThanOrEqual(SYNC_PROTOCOL_VERSION)
  })

  it('SEC-2 signs method, path, time, nonce and body, each on a line of its own', () => {
    const request = { method: 'POST', path: '/v1/push', time: 5, nonce: 'n', bodySha256: 'ab' }
    expect(signedText(request)).toBe('packbench-1\nPOST\n/v1/push\n5\nn\nab')
  })
})

const prefixed = (schemas: Record<string, z.ZodType>): Record<string, z.ZodType> =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [`answer:${name}`, schema]))
