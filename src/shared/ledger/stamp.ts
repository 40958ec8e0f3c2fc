/**
 * Who wrote a last-writer field (decision 3). The hub's sequence orders writers; a local write that the hub has not
 * confirmed yet outranks every confirmed one, and among unconfirmed ones (all of this station) the counter decides.
 * Taking the greater stamp is commutative, so that the order of arrival does not matter.
 */
export interface Stamp {
  readonly hubSequence: number | null
  readonly counter: number
  readonly eventId: string
}

/** True when `a` was written after `b`, or there is no `b`. */
export function isNewer(a: Stamp, b: Stamp | null | undefined): boolean {
  if (!b) return true
  // The same write, confirmed: only the hub's sequence is news.
  if (a.eventId === b.eventId) return a.hubSequence !== null && b.hubSequence === null
  if (a.hubSequence === null || b.hubSequence === null) {
    if (a.hubSequence !== b.hubSequence) return a.hubSequence === null
    if (a.counter !== b.counter) return a.counter > b.counter
    return a.eventId > b.eventId
  }
  if (a.hubSequence !== b.hubSequence) return a.hubSequence > b.hubSequence
  return a.eventId > b.eventId
}

/**
 * True when `a` was written before `b`, or there is no `b`: for what the first writer keeps. A confirmation of the same
 * write counts, so that it takes the sequence over.
 */
export function isFirst(a: Stamp, b: Stamp | null | undefined): boolean {
  if (!b) return true
  if (a.eventId === b.eventId) return a.hubSequence !== null && b.hubSequence === null
  return isNewer(b, a)
}
