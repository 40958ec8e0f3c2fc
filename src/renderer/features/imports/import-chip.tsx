import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { goTo, type RouteName } from '../../app/use-route.ts'
import type { StationImportKind } from './import-protocol.ts'
import { useImport } from './import-store.ts'

/** The screen on which a kind is taken in (interface.md, Files). */
export const IMPORT_SCREEN: Readonly<Record<StationImportKind, RouteName>> = {
  orders: 'orders',
  catalogue: 'catalogue',
  bins: 'stock',
  notice: 'receive',
  waybills: 'settings',
}

/** A running import in the head bar; a click leads to its screen. */
export function ImportChip(): ReactElement | null {
  const { t, i18n } = useTranslation('data')
  const { state } = useImport()
  if (state.phase !== 'importing' && state.phase !== 'reading') return null
  const figures = new Intl.NumberFormat(i18n.language)
  const total = state.phase === 'importing' ? state.total : null
  const percent = total ? `${Math.floor((state.done / total) * 100)} %` : figures.format(state.done)
  return (
    <button
      type="button"
      className="chip"
      data-import-progress={state.done}
      onClick={() => goTo(IMPORT_SCREEN[state.kind])}
    >
      {t('import.chip', { what: t(`import.kind.${state.kind}`), percent })}
    </button>
  )
}
