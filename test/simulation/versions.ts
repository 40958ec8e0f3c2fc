import type { EventEnvelope } from '../../src/shared/ledger/envelope.ts'

/**
 * A station of an older version does not know every type of event. Here, what it does not know reaches it in a dress
 * that no version knows: one type under another name, one in a version of its own. After its update the station finds
 * them in its records as they were.
 */
const RENAMED: ReadonlySet<string> = new Set(['DetailChanged', 'DiscrepancyResolved', 'WaybillFetched'])
const LIFTED: ReadonlySet<string> = new Set(['WaybillsSetAside', 'WaybillsTakenUp'])
const SUFFIX = '-later'
const LATER = 1000

/** True for types that an old station cannot post, since it does not know them. */
export const isLaterType = (type: string): boolean => RENAMED.has(type) || LIFTED.has(type)

export function disguise<E extends Pick<EventEnvelope, 'type' | 'version'>>(event: E): E {
  if (RENAMED.has(event.type)) return { ...event, type: event.type + SUFFIX }
  return LIFTED.has(event.type) ? { ...event, version: event.version + LATER } : event
}

export function undisguise<E extends Pick<EventEnvelope, 'type' | 'version'>>(event: E): E {
  if (event.type.endsWith(SUFFIX)) return { ...event, type: event.type.slice(0, -SUFFIX.length) }
  return event.version > LATER ? { ...event, version: event.version - LATER } : event
}
