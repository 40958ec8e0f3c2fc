import { useLiveQuery } from '../../data/use-live-query.ts'
import { useMemo } from 'react'
import { builtInLayout } from '../../../shared/labels/built-in-layouts.ts'
import { type LabelLayout, layoutSetting } from '../../../shared/labels/label-layout.ts'
import { detailId } from '../../../shared/station/project.ts'
import { useStation } from '../../app/station-app.ts'
import { draftKey, dropDraft, isChanged, keepDraft, useDrafts } from './drafts.ts'
import { type EditedLayout, edited, redone, startEditing, undone } from './edit-layout.ts'
import { type LayoutVersion, layoutVersions, nextVersion, storedLayout } from './layout-history.ts'

/** A layout in the editor: what is stored, what is being edited, and what one may do. */
export interface LayoutWork {
  readonly builtIn: LabelLayout
  /** In use: saved by somebody, or as it came. */
  readonly stored: LabelLayout
  readonly work: EditedLayout
  readonly changed: boolean
  readonly versions: readonly LayoutVersion[]
  readonly nextVersion: number
  edit(next: LabelLayout): void
  undo(): void
  redo(): void
  discard(): void
}

/** Null while it is read, or for a name that there is not. */
export function useLayoutWork(layoutId: string): LayoutWork | null {
  const { database } = useStation()
  const key = draftKey(database.name, layoutId)
  const draft = useDrafts(({ byLayout }) => byLayout[key])
  const builtIn = builtInLayout(layoutId)
  const rows = useLiveQuery(async () => {
    const name = layoutSetting(layoutId)
    const [setting, detail] = await Promise.all([
      database.settings.get(name),
      database.details.get(detailId('setting', name, 'value')),
    ])
    return { layoutId, setting, detail }
  }, [database, layoutId])
  return useMemo(() => {
    if (builtIn === undefined || rows?.layoutId !== layoutId) return null
    const stored = storedLayout(layoutId, rows.setting?.value) ?? builtIn
    const work = draft ?? startEditing(stored)
    return {
      builtIn,
      stored,
      work,
      changed: isChanged(draft, stored),
      versions: layoutVersions(layoutId, rows.detail),
      nextVersion: nextVersion(layoutId, rows.detail),
      edit: (next) => keepDraft(key, edited(work, next)),
      undo: () => keepDraft(key, undone(work)),
      redo: () => keepDraft(key, redone(work)),
      discard: () => dropDraft(key),
    }
  }, [builtIn, rows, layoutId, draft, key])
}
