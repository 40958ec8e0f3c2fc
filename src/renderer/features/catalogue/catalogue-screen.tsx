import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SkuRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { goTo, useRoute } from '../../app/use-route.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { SearchField } from '../../ui/scan-entry.tsx'
import { Tag } from '../../ui/small-parts.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { ImportFiles } from '../imports/import-files.tsx'
import { Goods } from '../office/goods.tsx'
import { OfficePage } from '../office/office-page.tsx'
import { useFigures } from '../office/use-figures.ts'
import { useKeysetRows } from '../office/use-keyset-rows.ts'
import { SkuBatchButton } from '../printing/batch-buttons.tsx'
import { catalogueReader, MOST_FOUND, searchSkus } from './catalogue-reader.ts'
import { SkuDetails } from './sku-details.tsx'

/** All goods, searched by any code or item number; the chosen one stands in the address (`#/catalogue/CODE`). */
export function CatalogueScreen(): ReactElement {
  const { database } = useStation()
  const { t } = useTranslation('office')
  const [text, setText] = useState('')
  const search = useDeferredValue(text)
  const selected = useRoute().rest[0] ?? null
  const reader = useMemo(() => catalogueReader(database), [database])
  const all = useKeysetRows(reader)
  const found = useLiveQuery(() => searchSkus(database, search), [database, search])
  const searching = search.trim() !== ''
  const rows = searching ? (found ?? []) : all.source
  const count = searching ? (found?.length ?? 0) : all.source.rowCount
  return (
    <OfficePage
      title={t('catalogue.title')}
      tools={
        <>
          <Count count={count} capped={searching && count >= MOST_FOUND} />
          <SearchField
            name="catalogueSearch"
            value={text}
            placeholder={t('catalogue.search')}
            onChange={setText}
          />
          <SkuBatchButton search={search} selected={selected} />
        </>
      }
      top={<ImportFiles kind="catalogue" />}
      {...(selected === null
        ? {}
        : { aside: <SkuDetails code={selected} onClose={() => goTo('catalogue')} /> })}
    >
      <DataTable
        name="catalogue"
        columns={useColumns()}
        rows={rows}
        rowKey={(sku) => sku.code}
        rowHeightPx={56}
        selectedKey={selected}
        onOpen={(sku) => goTo('catalogue', [sku.code])}
        loading={searching ? found === undefined : all.loading}
        empty={<NoGoods searching={searching} />}
      />
    </OfficePage>
  )
}

function Count({ count, capped }: { count: number; capped: boolean }): ReactElement {
  const { t } = useTranslation('office')
  const figures = useFigures()
  return (
    <Tag tone={capped ? 'warn' : 'plain'}>
      {t(capped ? 'catalogue.first' : 'catalogue.count', { number: figures.number(count) })}
    </Tag>
  )
}

function NoGoods({ searching }: { searching: boolean }): ReactElement {
  const { t } = useTranslation('office')
  const which = searching ? 'notFound' : 'empty'
  return (
    <EmptyState icon="catalogue" title={t(`catalogue.${which}.title`)}>
      {t(`catalogue.${which}.words`)}
    </EmptyState>
  )
}

function useColumns(): readonly Column<SkuRow>[] {
  const { t } = useTranslation('office')
  const figures = useFigures()
  return useMemo(
    () => [
      { key: 'goods', title: t('goods.goods'), render: (sku) => <Goods sku={sku} /> },
      { key: 'name', title: t('goods.name'), render: (sku) => sku.name },
      { key: 'barcode', title: t('goods.barcode'), width: 172, render: (sku) => sku.barcodes[0] ?? '—' },
      {
        key: 'weight',
        title: t('goods.weight'),
        width: 100,
        align: 'end',
        render: (sku) => figures.grams(sku.weightGrams),
      },
      {
        key: 'price',
        title: t('goods.dailyPrice'),
        width: 116,
        align: 'end',
        render: (sku) => figures.yuan(sku.dailyPriceFen),
      },
    ],
    [t, figures],
  )
}
