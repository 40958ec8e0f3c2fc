import { z } from 'zod'
import { ParcelFinishedBody } from '../shared/domain/packing/events.ts'
import {
  WaybillsReturnedBody,
  WaybillsSetAsideBody,
  WaybillsTakenUpBody,
  WaybillsWrittenOffBody,
} from '../shared/domain/shipping/events.ts'
import type { WaybillRow } from './hub-store.ts'
import { storableText } from './storable-text.ts'

/** What an event says about one waybill number (decision 7, LBL-5). */
export interface WaybillClaim {
  readonly key: string
  readonly courier: string
  readonly stationId: string
  readonly what:
    | { readonly tag: 'loaded'; readonly position: number | null }
    /** Given back unused. */
    | { readonly tag: 'returned' }
    /** The station has it in hand, whether it may use it now or not. */
    | { readonly tag: 'kept' }
    /** Printed or written off. */
    | { readonly tag: 'spent' }
}

/** Only what the hub needs, so that a newer version of these types still counts. */
const Finished = ParcelFinishedBody.pick({ waybillKey: true })
const WrittenOff = WaybillsWrittenOffBody.pick({ keys: true })
const Loaded = z.object({
  waybills: z.array(
    z.object({ courier: z.string(), number: z.string(), position: z.number().int().nullish().catch(null) }),
  ),
})
const KEYED = {
  WaybillsReturned: { schema: WaybillsReturnedBody, tag: 'returned' },
  WaybillsSetAside: { schema: WaybillsSetAsideBody, tag: 'kept' },
  WaybillsTakenUp: { schema: WaybillsTakenUpBody, tag: 'kept' },
  WaybillsWrittenOff: { schema: WrittenOff, tag: 'spent' },
} as const

/** Longer ones are no courier's, and would not fit into an index. */
const LONGEST_KEY = 200

/** What an accepted event says about waybill numbers; a body that does not read says nothing. */
export function waybillClaims(event: { type: string; stationId: string; body?: unknown }): WaybillClaim[] {
  const { type, stationId, body } = event
  // A label that is printed ahead uses its number up like a parcel (PAK-11).
  if (type === 'ParcelFinished' || type === 'WaybillAssigned') {
    const finished = Finished.safeParse(body)
    return finished.success ? claimsOf([finished.data.waybillKey], stationId, 'spent') : []
  }
  if (type === 'WaybillsLoaded') return loadedClaims(body, stationId)
  if (!Object.hasOwn(KEYED, type)) return []
  const keyed = KEYED[type as keyof typeof KEYED]
  const parsed = keyed.schema.safeParse(body)
  return parsed.success ? claimsOf(parsed.data.keys, stationId, keyed.tag) : []
}

function loadedClaims(body: unknown, stationId: string): WaybillClaim[] {
  const loaded = Loaded.safeParse(body)
  if (!loaded.success) return []
  return loaded.data.waybills
    .map(({ courier, number, position }) => ({
      key: storableText(`${courier}/${number}`),
      courier: storableText(courier),
      stationId,
      what: { tag: 'loaded', position: Number.isSafeInteger(position) ? (position ?? null) : null } as const,
    }))
    .filter(({ key }) => key.length <= LONGEST_KEY)
}

function claimsOf(
  keys: readonly string[],
  stationId: string,
  tag: 'returned' | 'kept' | 'spent',
): WaybillClaim[] {
  return keys
    .filter((key) => key.length <= LONGEST_KEY)
    .map(storableText)
    .map((key) => ({ key, courier: key.slice(0, Math.max(0, key.indexOf('/'))), stationId, what: { tag } }))
}

/**
 * The number after a claim. Spent is for ever. A return counts only from a station that may hold the number: with one
 * pool file imported on two sides, the second return of a number must not free what was granted meanwhile.
 */
export function applyClaim(row: WaybillRow | undefined, claim: WaybillClaim): WaybillRow {
  const { key, courier, stationId, what } = claim
  const base: WaybillRow = row ?? { key, courier, position: null, state: 'held', holder: null }
  if (what.tag === 'loaded')
    return base.position === null ? { ...base, courier, position: what.position } : base
  if (what.tag === 'spent') return { ...base, state: 'spent' }
  if (base.state === 'spent') return base
  if (what.tag === 'kept') return base.state === 'free' ? { ...base, state: 'held', holder: stationId } : base
  const mayReturn = base.holder === null || base.holder === stationId
  return mayReturn ? { ...base, state: 'free', holder: null } : base
}

/** The rows that a series of claims changes, from the rows that were there. */
export function applyClaims(rows: readonly WaybillRow[], claims: readonly WaybillClaim[]): WaybillRow[] {
  const before = new Map(rows.map((row) => [row.key, row]))
  const after = new Map<string, WaybillRow>()
  for (const claim of claims) {
    const row = after.get(claim.key) ?? before.get(claim.key)
    after.set(claim.key, applyClaim(row, claim))
  }
  return [...after.values()].filter((row) => row !== before.get(row.key))
}
