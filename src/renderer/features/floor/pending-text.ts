/** Text that has been keyed and waits for its Enter, for `useSyncExternalStore`. */
export interface PendingText {
  readonly read: () => string
  readonly set: (text: string) => void
  readonly subscribe: (onChange: () => void) => () => void
}

/** Starts empty. */
export function createPendingText(): PendingText {
  let text = ''
  const listeners = new Set<() => void>()
  return {
    read: () => text,
    set: (next) => {
      if (next === text) return
      text = next
      for (const listener of listeners) listener()
    },
    subscribe: (onChange) => {
      listeners.add(onChange)
      return () => void listeners.delete(onChange)
    },
  }
}
