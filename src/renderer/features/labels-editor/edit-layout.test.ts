import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BUILT_IN_LAYOUTS, builtInLayout } from '../../../shared/labels/built-in-layouts.ts'
import { checkLayout } from '../../../shared/labels/check-layout.ts'
import { FIELDS_OF } from '../../../shared/labels/label-fields.ts'
import { LabelLayoutSchema, layoutSetting } from '../../../shared/labels/label-layout.ts'
import { detailId } from '../../../shared/station/project.ts'
import { createTestStation } from '../../../shared/station/test-station.ts'
import { assert } from '../../../shared/base/assert.ts'
import { resources } from '../../i18n/resources.ts'
import {
  dragField,
  edited,
  fieldOf,
  keyEdit,
  moveField,
  redone,
  resizeField,
  sameLayout,
  setCopies,
  setField,
  setPaper,
  startEditing,
  undone,
} from './edit-layout.ts'
import { layoutVersions, nextVersion, storedLayout } from './layout-history.ts'

const layout = builtInLayout('sku-50x30')
assert(layout !== undefined, 'the SKU label is there')
const boxOf = (from: typeof layout, field: string) => {
  const place = fieldOf(from, field)
  return place && [place.xUm, place.yUm, place.widthUm, place.heightUm]
}
const key = (name: string, held: object = {}) => ({
  key: name,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  ...held,
})

describe('editing a layout', () => {
  it('LBL-1 moves a box and stops at the edge of the paper', () => {
    expect(boxOf(moveField(layout, 'variant', 1000, 2000), 'variant')).toEqual([3000, 8300, 46_000, 4000])
    expect(boxOf(moveField(layout, 'variant', 90_000, 90_000), 'variant')).toEqual([
      4000, 26_000, 46_000, 4000,
    ])
    expect(boxOf(moveField(layout, 'variant', -90_000, 0), 'variant')?.[0]).toBe(0)
  })

  it('LBL-1 resizes a box, no smaller than a millimetre and within the paper', () => {
    expect(boxOf(resizeField(layout, 'variant', -90_000, 900_000), 'variant')).toEqual([
      2000, 6300, 1000, 23_700,
    ])
  })

  it('LBL-1 drags by half millimetres, from where the box was', () => {
    const drag = { field: 'variant', what: 'move', dxUm: -1180, dyUm: 290 } as const
    expect(boxOf(dragField(layout, drag), 'variant')).toEqual([1000, 6800, 46_000, 4000])
    expect(boxOf(dragField(layout, { ...drag, what: 'resize' }), 'variant')).toEqual([
      2000, 6300, 45_000, 4500,
    ])
  })

  it('LBL-1 arrow keys move by a millimetre, with Shift by half, with Ctrl they resize', () => {
    const posted = (press: ReturnType<typeof key>) => {
      const next = keyEdit(layout, 'variant', press)
      return next && boxOf(next, 'variant')
    }
    expect(posted(key('ArrowLeft'))).toEqual([1000, 6300, 46_000, 4000])
    expect(posted(key('ArrowDown', { shiftKey: true }))).toEqual([2000, 6800, 46_000, 4000])
    expect(posted(key('ArrowUp', { ctrlKey: true }))).toEqual([2000, 6300, 46_000, 3000])
    expect(posted(key('Enter'))).toBeNull()
  })

  it('LBL-1 the smallest text is never larger than the wanted one', () => {
    const smaller = fieldOf(setField(layout, 'name', { sizeUm: 1800 }), 'name')
    expect([smaller?.sizeUm, smaller?.minSizeUm]).toEqual([1800, 1800])
    const larger = fieldOf(setField(layout, 'name', { minSizeUm: 5000 }), 'name')
    expect([larger?.sizeUm, larger?.minSizeUm]).toEqual([5000, 5000])
  })

  it('LBL-1 a code that is hidden or too small is a fault', () => {
    const faults = (next: typeof layout) => checkLayout(next).map(({ tag, field }) => `${tag} ${field}`)
    expect(faults(layout)).toEqual([])
    expect(faults(setField(layout, 'codeBars', { shown: false }))).toEqual(['codeHidden codeBars'])
    const small = setField(layout, 'codeBars', { widthUm: 4000, heightUm: 3000 })
    expect(faults(small)).toContain('tooSmallForCode codeBars')
    expect(faults(setPaper(layout, { widthUm: 30_000 }))).toContain('offPaper codeBars')
  })

  it('LBL-1 one to nine copies', () => {
    expect([0, 3, 12].map((copies) => setCopies(layout, copies).copies)).toEqual([1, 3, 9])
  })

  it('LBL-1 whatever is dragged where, the layout can be stored and its boxes stay on the paper', () => {
    const fields = layout.fields.filter((place) => place.shown).map((place) => place.field)
    const um = fc.integer({ min: -200_000, max: 200_000 })
    const drag = fc.record({
      field: fc.constantFrom(...fields),
      what: fc.constantFrom('move' as const, 'resize' as const),
      dxUm: um,
      dyUm: um,
    })
    fc.assert(
      fc.property(fc.array(drag, { maxLength: 12 }), (drags) => {
        const end = drags.reduce(dragField, layout)
        expect(LabelLayoutSchema.safeParse(end).success).toBe(true)
        expect(checkLayout(end).filter(({ tag }) => tag === 'offPaper')).toEqual([])
      }),
    )
  })

  it('LBL-1 all edits can be undone one by one and done again', () => {
    const steps = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(steps, (moves) => {
        let work = startEditing(layout)
        for (const dx of moves) work = edited(work, moveField(work.now, 'skuCode', dx * 500, 0))
        const { now, past } = work
        for (const _ of past) work = undone(work)
        expect(work.now).toBe(layout)
        expect(undone(work)).toBe(work)
        for (const _ of past) work = redone(work)
        expect(work.now).toBe(now)
        expect(redone(work)).toBe(work)
      }),
    )
  })

  it('LBL-1 an edit after an undo drops what was undone, and no edit is no step', () => {
    const one = edited(startEditing(layout), moveField(layout, 'name', 500, 0))
    expect(edited(one, { ...one.now, version: 9 })).toBe(one)
    const other = edited(undone(one), moveField(layout, 'name', 0, 500))
    expect(other.future).toEqual([])
    expect(other.past).toEqual([layout])
  })
})

describe('words of the editor', () => {
  it('LBL-1 every field of every kind and every layout has a name, and no name is left over', () => {
    const fields = Object.values(FIELDS_OF).flatMap((specs) => specs.map(({ field }) => field))
    const named = Object.keys(resources['zh-CN'].labels.field).filter((name) => name !== 'rule')
    expect(named.sort()).toEqual([...new Set(fields)].sort())
    const layouts = Object.keys(resources['zh-CN'].labels.layoutName)
    expect(layouts).toEqual(BUILT_IN_LAYOUTS.map(({ layoutId }) => layoutId))
  })
})

describe('saved layouts', () => {
  const name = layoutSetting('sku-50x30')
  async function posted(...values: unknown[]) {
    const station = await createTestStation()
    const tags: string[] = []
    for (const value of values)
      tags.push((await station.run({ type: 'SaveSettings', settings: { [name]: value } })).answer.tag)
    const { setting, detail } = await station.store.read(['settings', 'details'], async (tx) => ({
      setting: await tx.get('settings', name),
      detail: await tx.get('details', detailId('setting', name, 'value')),
    }))
    return { tags, stored: storedLayout('sku-50x30', setting?.value), detail }
  }
  const version = (number: number) => ({ ...moveField(layout, 'skuCode', number * 100, 0), version: number })

  it('LBL-1 the last one is in use, and the five before can be had back', async () => {
    const { stored, detail } = await posted(...[1, 2, 3, 4, 5, 6, 7].map(version))
    expect(stored).toEqual(version(7))
    expect(layoutVersions('sku-50x30', detail).map((one) => one.layout)).toEqual(
      [7, 6, 5, 4, 3, 2].map(version),
    )
  })

  it('LBL-1 after a reset the label is as it came, and the next version has a number of its own', async () => {
    const { stored, detail } = await posted(version(1), version(2), null)
    expect(stored).toBeNull()
    expect(layoutVersions('sku-50x30', detail).map((one) => one.layout?.version ?? null)).toEqual([
      null,
      2,
      1,
    ])
    expect(nextVersion('sku-50x30', detail)).toBe(3)
    expect(nextVersion('sku-50x30', undefined)).toBe(1)
  })

  it('LBL-1 a layout without its code, or under another name, is refused by the command itself', async () => {
    const hidden = setField(version(2), 'codeBars', { shown: false })
    const { tags, stored } = await posted(version(1), hidden, { ...version(3), layoutId: 'size-50x30' })
    expect(tags).toEqual(['done', 'layoutFaulty', 'layoutFaulty'])
    expect(stored).toEqual(version(1))
  })

  it('LBL-1 a stored layout of another kind or that cannot be read is not opened', () => {
    expect(storedLayout('bin-100x50', layout)).toBeNull()
    expect(storedLayout('sku-50x30', { ...layout, format: 99 })).toBeNull()
    expect(sameLayout(layout, { ...layout, version: 8 })).toBe(true)
  })
})
