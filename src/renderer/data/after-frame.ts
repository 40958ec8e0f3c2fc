/** A hidden window draws no frames, and a worker none at all. */
const NO_FRAME_MS = 60

/**
 * Does what may wait after the next frame has been drawn: a scan's verdict stands on screen first and alone, and what
 * only follows it (the journal, print jobs, lists that watch the tables) does not hold it up.
 */
export function afterFrame(work: () => void): void {
  if (typeof requestAnimationFrame === 'undefined') {
    work()
    return
  }
  let done = false
  const once = (): void => {
    if (done) return
    done = true
    work()
  }
  requestAnimationFrame(() => setTimeout(once))
  setTimeout(once, NO_FRAME_MS)
}
