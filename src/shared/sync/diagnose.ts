import type { UnreachableCause } from '../protocol/host-contract.ts'
import type { HubRefusal } from '../protocol/sync-messages.ts'
import type { SyncTrouble } from './sync-step.ts'

/** What keeps a station from its hub, or is worth knowing all the same; cause and remedy are the screen's words. */
export type FindingTag =
  | 'hostGone'
  | 'noNetwork'
  | 'nameUnknown'
  | 'hubDown'
  | 'timeout'
  | 'tls'
  | 'revoked'
  | 'unknownStation'
  | 'badSignature'
  | 'versionTooOld'
  | 'generationClosed'
  | 'hubBehind'
  | 'otherHub'
  | 'hubFault'
  | 'badAnswer'
  | 'stationFault'
  | 'clockSlow'
  | 'clockFast'
  | 'diskFull'
  | 'journalStuck'
  | 'journalLag'
  | 'quarantined'
  | 'alone'
  | 'allWell'

/** One finding. `weight`: work with the hub stands still, something to see to, or nothing to do. */
export interface Finding {
  readonly tag: FindingTag
  readonly weight: 'stop' | 'warn' | 'ok'
  readonly params: Readonly<Record<string, string | number>>
}

/** What one question to the hub, asked for the diagnosis, came to. */
export type HubCheck =
  | { readonly tag: 'welcome'; readonly sequence: number }
  | { readonly tag: 'versionTooOld'; readonly minimum: number }
  | { readonly tag: 'refused'; readonly refusal: HubRefusal['tag']; readonly detail: string }
  | { readonly tag: 'unreachable'; readonly cause: UnreachableCause; readonly detail: string }
  | { readonly tag: 'badAnswer' | 'hostGone'; readonly detail: string }
  | { readonly tag: 'notEnrolled' }

/** Trouble as the one who drives the session knows it: the session's, and what lies beside it. */
export type StationTrouble =
  | SyncTrouble
  | { readonly tag: 'otherHub' | 'stationFault'; readonly detail: string }

/** Everything that a diagnosis looks at, gathered in one moment. */
export interface SyncSigns {
  readonly check: HubCheck
  /** The hub runs on this very PC: whether there is a network says nothing then. */
  readonly hubIsHere: boolean
  /** What the browser says about the network. */
  readonly online: boolean
  /** What the session has been stuck with up to now. */
  readonly trouble: StationTrouble | null
  /** Hub's clock less the station's, milliseconds; null while the hub has not answered. */
  readonly clockOffsetMs: number | null
  /** Up to where the warehouse's stream is applied here. */
  readonly cursor: number
  readonly freeBytes: number | null
  /** Records not yet in the journal file, and why it does not follow; null when it does. */
  readonly journalLag: number
  readonly journalTrouble: string | null
  readonly quarantined: number
}

/** A clock that is off by more is named even when everything works: times on papers would be wrong. */
export const CLOCK_TOLERANCE_MS = 120_000
/** With less than this the journal and the labels cannot go on for a day. */
const LOW_BYTES = 200 * 1024 * 1024
/** Fewer are on their way at any moment of a busy day. */
const LAG_WORTH_A_WORD = 500

/** All findings, the gravest first; never empty (SYN-5). */
export function diagnose(signs: SyncSigns): readonly [Finding, ...Finding[]] {
  const found = [
    ...connection(signs),
    ...lasting(signs),
    ...clock(signs),
    ...disk(signs),
    ...journal(signs),
    ...apart(signs),
  ].toSorted((a, b) => Number(b.weight === 'stop') - Number(a.weight === 'stop'))
  const [first, ...rest] = found
  if (first) return [first, ...rest]
  return [finding(signs.check.tag === 'notEnrolled' ? 'alone' : 'allWell', 'ok')]
}

const finding = (
  tag: FindingTag,
  weight: Finding['weight'] = 'stop',
  params: Finding['params'] = {},
): Finding => ({ tag, weight, params })

function connection({ check, online, hubIsHere, cursor }: SyncSigns): Finding[] {
  switch (check.tag) {
    case 'notEnrolled':
      return []
    case 'welcome':
      return check.sequence < cursor
        ? [finding('hubBehind', 'stop', { detail: `${check.sequence} < ${cursor}` })]
        : []
    case 'versionTooOld':
      return [finding('versionTooOld', 'stop', { detail: check.minimum })]
    case 'refused':
      return refused(check.refusal, check.detail)
    case 'unreachable':
      if (!online && !hubIsHere) return [finding('noNetwork', 'stop', { detail: check.detail })]
      return [finding(tagOfCause(check.cause), 'stop', { detail: check.detail })]
    case 'badAnswer':
    case 'hostGone':
      return [finding(check.tag, 'stop', { detail: check.detail })]
  }
}

function tagOfCause(cause: UnreachableCause): FindingTag {
  return cause === 'refused' || cause === 'other' ? 'hubDown' : cause
}

function refused(refusal: HubRefusal['tag'], detail: string): Finding[] {
  switch (refusal) {
    case 'revoked':
    case 'unknownStation':
    case 'badSignature':
      return [finding(refusal, 'stop', { detail })]
    case 'ending':
      return [finding('hubDown', 'stop', { detail })]
    case 'clockOff':
      // By how much, the clock itself says.
      return []
    default:
      return [finding('hubFault', 'stop', { detail: `${refusal} ${detail}`.trim() })]
  }
}

/** Troubles that a single question does not show, and that hold until a person has done something. */
const BEYOND_A_QUESTION: ReadonlySet<StationTrouble['tag']> = new Set([
  'generationClosed',
  'hubBehind',
  'otherHub',
  'diskFull',
  'stationFault',
  'badAnswer',
  'hubFault',
])

function lasting(signs: SyncSigns): Finding[] {
  const { check, trouble } = signs
  if (check.tag === 'notEnrolled' || trouble === null || !BEYOND_A_QUESTION.has(trouble.tag)) return []
  if (connection(signs).some(({ tag }) => tag === trouble.tag)) return []
  return [finding(trouble.tag, 'stop', { detail: trouble.detail })]
}

function clock({ check, clockOffsetMs }: SyncSigns): Finding[] {
  const offset = clockOffsetMs ?? 0
  const refusedForIt = check.tag === 'refused' && check.refusal === 'clockOff'
  if (Math.abs(offset) <= CLOCK_TOLERANCE_MS && !refusedForIt) return []
  const minutes = Math.max(1, Math.round(Math.abs(offset) / 60_000))
  return [finding(offset > 0 ? 'clockSlow' : 'clockFast', refusedForIt ? 'stop' : 'warn', { minutes })]
}

function disk({ freeBytes, trouble, check }: SyncSigns): Finding[] {
  if (freeBytes === null || freeBytes >= LOW_BYTES) return []
  const told = trouble?.tag === 'diskFull' && check.tag !== 'notEnrolled'
  return told ? [] : [finding('diskFull', 'stop', { detail: `${Math.floor(freeBytes / 1024 / 1024)} MB` })]
}

function journal({ journalLag, journalTrouble }: SyncSigns): Finding[] {
  if (journalTrouble !== null)
    return [finding('journalStuck', 'stop', { count: journalLag, detail: journalTrouble })]
  return journalLag > LAG_WORTH_A_WORD ? [finding('journalLag', 'warn', { count: journalLag })] : []
}

const apart = ({ quarantined }: SyncSigns): Finding[] =>
  quarantined > 0 ? [finding('quarantined', 'warn', { count: quarantined })] : []
