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
  if (a.hubSequence === null || b.hubSequence === null) {
    if (a.hubSequence !== b.hubSequence) return a.hubSequence === null
    if (a.counter !== b.counter) return a.counter > b.counter
    return a.eventId > b.eventId
  }
  if (a.hubSequence !== b.hubSequence) return a.hubSequence > b.hubSequence
  return a.eventId > b.eventId
}
