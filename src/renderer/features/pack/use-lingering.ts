import { useEffect, useState } from 'react'

/** Shorter than anybody looks away from a verdict, longer than from one scan of a stream to the next. */
const LINGER_MS = 200

/**
 * The task, and for a moment after it is gone the one that was there: who opens the next parcel at once does not wait
 * until the boards between two parcels have been built and taken down.
 */
export function useLingering<T>(task: T | null | undefined): T | null | undefined {
  const [shown, setShown] = useState(task)
  const isNew = task !== shown && (task !== null || shown === undefined)
  if (isNew) setShown(task)
  useEffect(() => {
    if (task !== null) return
    const timer = setTimeout(() => setShown(null), LINGER_MS)
    return () => clearTimeout(timer)
  }, [task])
  return isNew ? task : shown
}
