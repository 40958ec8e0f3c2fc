import type { HostClient } from '../../shared/protocol/host-contract.ts'

/** How long one question for news stays open; the host allows 25 s. */
const LISTEN_MS = 20_000
/** When news cannot be had, the hub is asked this often instead. */
const DEAF_MS = 5_000
/** A silence shorter than this was no listening: the host is going down. */
const TOO_SHORT_MS = 1_000

/** What was heard since the last time; null: nothing has come yet. */
export type Heard =
  | { readonly tag: 'news'; readonly sequence: number }
  | { readonly tag: 'quiet' | 'deaf' | 'notEnrolled' }

/** Hears the hub's "there is more", one question at a time. */
export interface HubEar {
  /** Begins to listen, unless it does already or has just failed to; answers how long to sleep at most. */
  listen(after: number, mostMs: number): number
  take(): Heard | null
}

/** @param onHeard called whenever {@link HubEar.take} has something */
export function createHubEar(host: HostClient, now: () => number, onHeard: () => void): HubEar {
  let listening = false
  let deafUntil = 0
  let heard: Heard | null = null
  const hear = (word: Heard): void => {
    listening = false
    if (word.tag === 'deaf') deafUntil = now() + DEAF_MS
    heard = word
    onHeard()
  }
  const ask = async (after: number): Promise<Heard> => {
    const since = now()
    const answer = await host.call('hub.wait', { after, timeoutMs: LISTEN_MS })
    if (answer.tag === 'news' || answer.tag === 'notEnrolled') return answer
    return answer.tag === 'quiet' && now() - since >= TOO_SHORT_MS ? { tag: 'quiet' } : { tag: 'deaf' }
  }
  return {
    listen: (after, mostMs) => {
      // A clock turned back must not leave the ear shut for longer than it was meant to be.
      const deaf = deafUntil > now() && deafUntil <= now() + DEAF_MS
      if (deaf) return Math.min(mostMs, DEAF_MS)
      if (!listening) {
        listening = true
        ask(after).then(hear, () => hear({ tag: 'deaf' }))
      }
      return mostMs
    },
    take: () => {
      const word = heard
      heard = null
      return word
    },
  }
}
