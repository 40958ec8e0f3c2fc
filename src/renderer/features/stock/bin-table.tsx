import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStation } from '../../app/station-app.ts'
import { goTo } from '../../app/use-route.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Tag } from '../../ui/small-parts.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { useFigures } from '../office/use-figures.ts'
import { useKeysetRows } from '../office/use-keyset-rows.ts'
import { type BinStock, binReader, searchBins } from './stock-readers.ts'

/** Every bin with how full it is (PUT-4). */
export function BinTable({ search, selected }: { search: string; selected: string | null }): ReactElement {
  const { database } = useStation()
  const { t } = useTranslation('office')
  const reader = useMemo(() => binReader(database), [database])
  const all = useKeysetRows(reader)
  const searching = search.trim() !== ''
  const found = useLiveQuery(
    async () => (searching ? await searchBins(database, search) : []),
    [database, search, searching],
  )
  const which = searching ? 'binNotFound' : 'noBins'
  return (
    <DataTable
      name="bins"
      columns={useColumns()}
      rows={searching ? (found ?? []) : all.source}
      rowKey={({ bin }) => bin.code}
      selectedKey={selected}
      onOpen={({ bin }) => goTo('stock', ['bins', bin.code])}
      loading={searching ? found === undefined : all.loading}
      empty={
        <EmptyState icon="putaway" title={t(`stock.${which}.title`)}>
          {t(`stock.${which}.words`)}
        </EmptyState>
      }
    />
  )
}

function useColumns(): readonly Column<BinStock>[] {
  const { t } = useTranslation('office')
  const figures = useFigures()
  return useMemo(
    () => [
      { key: 'code', title: t('bin.code'), width: 170, render: ({ bin }) => <b>{bin.code}</b> },
      {
        key: 'kind',
        title: t('bin.kind'),
        width: 130,
        render: ({ bin }) => <Tag>{t(`binKind.${bin.kind}`)}</Tag>,
      },
      { key: 'category', title: t('goods.category'), render: ({ bin }) => bin.category || '—' },
      {
        key: 'skus',
        title: t('bin.skus'),
        width: 90,
        align: 'end',
        render: ({ balances }) => figures.number(new Set(balances.map((row) => row.skuCode)).size),
      },
      {
        key: 'fill',
        title: t('bin.fill'),
        width: 240,
        align: 'end',
        render: (stock) => <Fill stock={stock} />,
      },
    ],
    [t, figures],
  )
}

/** Pieces of the capacity, as a bar and in figures. */
export function Fill({ stock: { bin, pieces } }: { stock: BinStock }): ReactElement {
  const figures = useFigures()
  const { capacity } = bin
  if (capacity === null) return <span data-pieces={pieces}>{figures.number(pieces)}</span>
  const share = pieces / capacity
  const tone = share > 1 ? ' fill-bar-over' : share >= 0.9 ? ' fill-bar-full' : ''
  return (
    <span data-pieces={pieces}>
      <span className={`fill-bar${tone}`} aria-hidden="true">
        <i style={{ width: `${Math.min(100, Math.max(0, share * 100))}%` }} />
      </span>
      {figures.number(pieces)} / {figures.number(capacity)}
    </span>
  )
}
