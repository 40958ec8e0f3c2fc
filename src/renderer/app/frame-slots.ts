import { useEffect } from 'react'
import { create } from 'zustand'
import type { KeyHintItem } from '../ui/small-parts.tsx'

interface FrameSlots {
  readonly keys: readonly KeyHintItem[]
  readonly status: string
}

/** What the current screen wants in the footer. */
export const useFrameSlots = create<FrameSlots>()(() => ({ keys: [], status: '' }))

/** Puts a screen's key hints and status line into the footer while it is shown. */
export function useFooter(keys: readonly KeyHintItem[], status: string): void {
  useEffect(() => {
    useFrameSlots.setState({ keys, status })
    return () => useFrameSlots.setState({ keys: [], status: '' })
  }, [keys, status])
}
