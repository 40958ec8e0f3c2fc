import { create } from 'zustand'

interface DebugState {
  readonly open: boolean
  readonly show: (open: boolean) => void
}

/** Whether the debug drawer is open. */
export const useDebugDrawer = create<DebugState>()((set) => ({ open: false, show: (open) => set({ open }) }))
