import { Button, Segmented } from 'antd'
import { type ReactElement, useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { goTo, type Route, useRoute } from '../../app/use-route.ts'
import { SearchField } from '../../ui/scan-entry.tsx'
import { ExportButtons } from '../exports/export-buttons.tsx'
import { ImportFiles } from '../imports/import-files.tsx'
import { OfficePage } from '../office/office-page.tsx'
import { BinBatchButton } from '../printing/batch-buttons.tsx'
import { BinDetails } from './bin-details.tsx'
import { BinTable } from './bin-table.tsx'
import { CheckLists } from './check-lists.tsx'
import { RebuildResult, useRebuildCompare } from './rebuild-compare-panel.tsx'
import { StockDetails } from './stock-details.tsx'
import { StockTable } from './stock-table.tsx'

const VIEWS = ['sku', 'bins', 'check'] as const
type View = (typeof VIEWS)[number]

/** `#/stock/sku/CODE/figure`, `#/stock/bins/CODE`, `#/stock/check`; `#/stock/CODE` means the SKU. */
function placeOf({ rest }: Route): { view: View; code: string | null; detail: string | null } {
  const view = VIEWS.find((known) => known === rest[0])
  if (view === undefined) return { view: 'sku', code: rest[0] ?? null, detail: rest[1] ?? null }
  return { view, code: rest[1] ?? null, detail: rest[2] ?? null }
}

/** What is there, where, what is promised, and what does not add up. */
export function StockScreen(): ReactElement {
  const { t } = useTranslation('office')
  const { view, code, detail } = placeOf(useRoute())
  const [text, setText] = useState('')
  const search = useDeferredValue(text)
  const rebuild = useRebuildCompare()
  const close = (): void => goTo('stock', [view])
  const aside =
    code === null || view === 'check' ? undefined : view === 'bins' ? (
      <BinDetails key={code} code={code} onClose={close} />
    ) : (
      <StockDetails key={code} code={code} detail={detail} onClose={close} />
    )
  return (
    <OfficePage
      title={t('stock.title')}
      tools={
        <>
          <Segmented
            value={view}
            onChange={(chosen) => goTo('stock', [chosen])}
            options={VIEWS.map((value) => ({ value, label: t(`stock.view.${value}`) }))}
          />
          {view !== 'check' && (
            <SearchField
              name="stockSearch"
              value={text}
              placeholder={t(view === 'bins' ? 'stock.searchBins' : 'catalogue.search')}
              onChange={setText}
            />
          )}
          {view === 'bins' && <BinBatchButton search={search} />}
          <ExportButtons kind="stock" />
          <Button data-action="rebuild-compare" loading={rebuild.running} onClick={rebuild.start}>
            {t('stock.rebuild')}
          </Button>
        </>
      }
      top={
        <>
          <RebuildResult rebuild={rebuild} />
          {/* Both sides of a contradiction need the room. */}
          {!(view === 'check' && code !== null) && <ImportFiles kind="bins" />}
        </>
      }
      {...(aside === undefined ? {} : { aside })}
    >
      {view === 'sku' && <StockTable search={search} selected={code} />}
      {view === 'bins' && <BinTable search={search} selected={code} />}
      {view === 'check' && (
        <CheckLists
          selected={code}
          onSelect={(id) => goTo('stock', id === null ? ['check'] : ['check', id])}
        />
      )}
    </OfficePage>
  )
}
