import { builtInLayout } from '../../labels/built-in-layouts.ts'
import { checkLayout } from '../../labels/check-layout.ts'
import { LabelLayoutSchema, layoutSetting } from '../../labels/label-layout.ts'
import type { CommandEffect } from '../decision.ts'

/**
 * LBL-1: a layout whose code nobody could scan, or that is of another kind than it is named, is not saved by anybody.
 * Null when nothing is wrong. What this version cannot read is kept as it is: no printer uses it.
 */
export function refuseLayout(settings: Readonly<Record<string, unknown>>): CommandEffect | null {
  const wrong = Object.entries(settings).some(([name, value]) => {
    const read = LabelLayoutSchema.safeParse(value)
    if (!name.startsWith(layoutSetting('')) || !read.success) return false
    const { layoutId, kind } = read.data
    const misnamed = name !== layoutSetting(layoutId) || builtInLayout(layoutId)?.kind !== kind
    return misnamed || checkLayout(read.data).length > 0
  })
  return wrong ? { answer: { tag: 'layoutFaulty' } } : null
}
