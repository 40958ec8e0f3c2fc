import { useSyncExternalStore } from 'react'

/** One value outside the components: whoever shows it is drawn anew when it changes, and nothing else is. */
export interface Cell<T> {
  readonly read: () => T
  readonly set: (value: T) => void
  readonly subscribe: (listener: () => void) => () => void
}

export function createCell<T>(initial: T): Cell<T> {
  const listeners = new Set<() => void>()
  let current = initial
  return {
    read: () => current,
    set: (value) => {
      if (Object.is(value, current)) return
      current = value
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The cell's value, followed. */
export function useCell<T>(cell: Cell<T>): T {
  return useSyncExternalStore(cell.subscribe, cell.read)
}
