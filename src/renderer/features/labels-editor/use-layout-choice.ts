import { useLiveQuery } from '../../data/use-live-query.ts'
import { BUILT_IN_LAYOUTS, defaultLayoutFor } from '../../../shared/labels/built-in-layouts.ts'
import {
  LAYOUT_KINDS,
  type LabelLayout,
  type LayoutKind,
  layoutChoiceSetting,
  layoutSetting,
} from '../../../shared/labels/label-layout.ts'
import { COURIER_CODES } from '../../../shared/domain/shipping/couriers.ts'
import { useStation } from '../../app/station-app.ts'
import type { StationDatabase } from '../../data/station-database.ts'
import { storedLayout } from './layout-history.ts'

/** Which layout every kind uses, and couriers that have one of their own. */
export interface LayoutChoices {
  readonly byKind: Readonly<Record<LayoutKind, string>>
  /** Courier code → layout id; only those that differ by choice. */
  readonly byCourier: Readonly<Record<string, string>>
  /** Layouts as they are in use: saved, or as they came. */
  readonly layouts: readonly LabelLayout[]
}

/** Undefined while it is read. */
export function useLayoutChoices(): LayoutChoices | undefined {
  const { database } = useStation()
  return useLiveQuery(() => readChoices(database), [database])
}

async function readChoices(database: StationDatabase): Promise<LayoutChoices> {
  const text = async (names: readonly string[]): Promise<string[]> => {
    const rows = await database.settings.bulkGet([...names])
    return rows.map((row) => (typeof row?.value === 'string' ? row.value : ''))
  }
  const [kinds, couriers, saved] = await Promise.all([
    text(LAYOUT_KINDS.map((kind) => layoutChoiceSetting(kind))),
    text(COURIER_CODES.map((code) => layoutChoiceSetting('waybill', code))),
    database.settings.bulkGet(BUILT_IN_LAYOUTS.map(({ layoutId }) => layoutSetting(layoutId))),
  ])
  const chosen = LAYOUT_KINDS.map((kind, index) => [kind, kinds[index] || defaultLayoutFor(kind).layoutId])
  const own = COURIER_CODES.flatMap((code, index) => (couriers[index] ? [[code, couriers[index]]] : []))
  return {
    byKind: Object.fromEntries(chosen) as Record<LayoutKind, string>,
    byCourier: Object.fromEntries(own) as Record<string, string>,
    layouts: BUILT_IN_LAYOUTS.map(
      (layout, index) => storedLayout(layout.layoutId, saved[index]?.value) ?? layout,
    ),
  }
}
