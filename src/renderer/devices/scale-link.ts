import type { HostClient } from '../../shared/protocol/host-contract.ts'
import type { ScaleLock, ScaleNews } from '../../shared/protocol/scale-contract.ts'
import { closeHidScale, hidIsOpen, hidWeighAgain, openHidScale } from './hid-scale.ts'
import { NO_SCALE, type ScaleView, tellScaleLock, useScale } from './scale-view.ts'

/** How long one question stays open; browsers allow few at a time, so a screen that was left lets go soon. */
const WAIT_MS = 10_000
/** Where no scale is set up it is asked this seldom whether one is now. */
const NONE_MS = 5_000
const UNREACHABLE_MS = 1_500
/** An answer without news that came sooner is a host that is ending. */
const TOO_SHORT_MS = 1_000
/** A screen that follows another at once goes on listening. */
const LINGER_MS = 1_000

let listeners = 0
let running = false
let wake: () => void = () => undefined

/**
 * Keeps `useScale` and the lock listeners up to date until the answered function is called. The talk with the host is one
 * question at a time, shared by all who listen, and rests while the page is hidden.
 */
export function listenToScale(host: HostClient): () => void {
  listeners++
  if (listeners === 1) {
    document.addEventListener('visibilitychange', wakeUp)
    void openHidScale()
  }
  if (!running) {
    running = true
    void follow(host)
  }
  let listening = true
  return () => {
    if (!listening) return
    listening = false
    setTimeout(stopListening, LINGER_MS)
  }
}

/** The settings of the scale were changed on this page: it is asked again at once. */
export function scaleChanged(): void {
  wakeUp()
}

/** Takes the weight again without an emptied pan, because a person asks. */
export async function weighAgain(host: HostClient): Promise<void> {
  if (hidIsOpen()) hidWeighAgain()
  else await host.call('scale.weigh-again', {})
}

/** The lock whose weight a parcel has, and which. */
let used: { readonly lockId: string; readonly parcelId: string } | null = null

/** This parcel has the weight now: what lies on the pan is it, until the pan was empty. */
export function markLockUsed({ lockId }: ScaleLock, parcelId: string): void {
  used = { lockId, parcelId }
}

/**
 * As {@link weighAgain}, for a parcel that wants a weight: the last piece has gone into it on the pan, or a person wants
 * it weighed once more. The parcel before, or a scale that is stuck at its weight, is not weighed for it.
 */
export async function weighFor(host: HostClient, parcelId: string): Promise<void> {
  const { locked } = useScale.getState()
  if (!isOfAnother(locked, parcelId)) await weighAgain(host)
}

/** The pan was not emptied since another parcel took this weight: it must be, before this one is weighed. */
export function isOfAnother(lock: ScaleLock | null, parcelId: string): boolean {
  return lock !== null && used?.lockId === lock.lockId && used.parcelId !== parcelId
}

const wakeUp = (): void => wake()

function stopListening(): void {
  listeners--
  if (listeners > 0) return
  document.removeEventListener('visibilitychange', wakeUp)
  void closeHidScale()
  wake()
}

async function follow(host: HostClient): Promise<void> {
  let news: ScaleNews | null = null
  while (listeners > 0) {
    if (document.hidden) {
      // What was taken meanwhile is not of the parcel that is looked at then.
      news = null
      await rest(null)
      continue
    }
    news = await ask(host, news)
  }
  running = false
  useScale.setState(NO_SCALE)
}

/** One question, and a pause where the next one would be too soon; null: begin anew. */
async function ask(host: HostClient, before: ScaleNews | null): Promise<ScaleNews | null> {
  const off = before?.link.tag === 'off'
  const since = performance.now()
  const request = { after: before?.sequence ?? 0, timeoutMs: off ? 0 : WAIT_MS }
  const news = await host.call('scale.wait', request).catch((error: unknown) => {
    if (!hidIsOpen()) useScale.setState({ ...NO_SCALE, state: 'unreachable', detail: String(error) })
    return null
  })
  if (listeners === 0) return null
  if (news === null) await rest(UNREACHABLE_MS)
  else if (!hidIsOpen()) show(news, before)
  if (news?.link.tag === 'off') await rest(NONE_MS)
  else if (news?.sequence === before?.sequence && performance.now() - since < TOO_SHORT_MS) {
    await rest(UNREACHABLE_MS)
  }
  return news
}

/** A lock that was there before somebody listened is shown, and not told as new. */
function show(news: ScaleNews, before: ScaleNews | null): void {
  useScale.setState(viewOf(news))
  const isNew = before !== null && news.lock !== null && news.lock.lockId !== before.lock?.lockId
  if (isNew && news.lock !== null) tellScaleLock(news.lock)
}

/** The one word for link and pan together. */
export function viewOf({ link, reading, lock }: ScaleNews): ScaleView {
  const base = { detail: link.detail, locked: lock }
  if (link.tag === 'off') return { ...NO_SCALE, ...base, state: 'none' }
  if (link.tag !== 'live' || reading === null) {
    return { ...NO_SCALE, ...base, state: link.tag === 'live' ? 'searching' : link.tag }
  }
  const { grams, state, atMs } = reading
  if (state === 'overload' || state === 'underload') return { ...NO_SCALE, ...base, state, atMs }
  return { ...base, state: state === 'stable' ? 'live' : 'moving', grams, atMs }
}

/** Until somebody wakes it, or so long. */
function rest(ms: number | null): Promise<void> {
  return new Promise((resolve) => {
    const timer = ms === null ? null : setTimeout(() => wake(), ms)
    wake = () => {
      if (timer !== null) clearTimeout(timer)
      wake = () => undefined
      resolve()
    }
  })
}
