import { create } from 'zustand'
import { type EditedLayout, sameLayout } from './edit-layout.ts'

interface Drafts {
  readonly byLayout: Readonly<Record<string, EditedLayout>>
}

/** Edits that nobody has saved yet: they outlive the screen, not the window. One database's never mix with another's. */
export const useDrafts = create<Drafts>()(() => ({ byLayout: {} }))

export const draftKey = (database: string, layoutId: string): string => `${database}/${layoutId}`

export function keepDraft(key: string, work: EditedLayout): void {
  useDrafts.setState(({ byLayout }) => ({ byLayout: { ...byLayout, [key]: work } }))
}

export function dropDraft(key: string): void {
  useDrafts.setState(({ byLayout }) => {
    const { [key]: _gone, ...rest } = byLayout
    return { byLayout: rest }
  })
}

/** True when there is something to save. */
export const isChanged = (work: EditedLayout | undefined, stored: EditedLayout['now']): boolean =>
  work !== undefined && !sameLayout(work.now, stored)
