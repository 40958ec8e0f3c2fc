import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { binOfPlace } from '../../../shared/ledger/place.ts'
import { useStation } from '../../app/station-app.ts'
import { goTo } from '../../app/use-route.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Goods } from '../office/goods.tsx'
import { useFigures } from '../office/use-figures.ts'
import { useKeysetRows } from '../office/use-keyset-rows.ts'
import { FigureButton } from './figure-button.tsx'
import type { SkuStock } from './stock-figures.ts'
import { searchStock, stockReader } from './stock-readers.ts'

/** The figures of every SKU; each opens into what stands behind it (STK-5). */
export function StockTable({ search, selected }: { search: string; selected: string | null }): ReactElement {
  const { database } = useStation()
  const { t } = useTranslation('office')
  const reader = useMemo(() => stockReader(database), [database])
  const all = useKeysetRows(reader)
  const searching = search.trim() !== ''
  const found = useLiveQuery(
    async () => (searching ? await searchStock(database, search) : []),
    [database, search, searching],
  )
  const which = searching ? 'notFound' : 'empty'
  return (
    <DataTable
      name="stock"
      columns={useColumns(selected !== null)}
      rows={searching ? (found ?? []) : all.source}
      rowKey={({ sku }) => sku.code}
      rowHeightPx={56}
      selectedKey={selected}
      rowClass={({ available }) => (available < 0 ? 'row-stop' : undefined)}
      onOpen={({ sku }) => goTo('stock', ['sku', sku.code])}
      loading={searching ? found === undefined : all.loading}
      empty={
        <EmptyState icon="stock" title={t(`stock.${which}.title`)}>
          {t(`stock.${which}.words`)}
        </EmptyState>
      }
    />
  )
}

/** Beside the details only what they are chosen by. */
function useColumns(narrow: boolean): readonly Column<SkuStock>[] {
  const { t } = useTranslation('office')
  const figures = useFigures()
  return useMemo(() => {
    const figure = (key: 'onHand' | 'allocated' | 'available' | 'packed' | 'other'): Column<SkuStock> => ({
      key,
      title: t(`figure.${key}`),
      width: 104,
      align: 'end',
      render: (stock) => (
        <FigureButton
          name={key}
          value={stock[key]}
          label={`${t(`figure.${key}`)} ${stock.sku.display}`}
          onOpen={() => goTo('stock', ['sku', stock.sku.code, key])}
        />
      ),
    })
    const columns: readonly Column<SkuStock>[] = [
      { key: 'goods', title: t('goods.goods'), render: ({ sku }) => <Goods sku={sku} /> },
      { key: 'bins', title: t('stock.bins'), render: (stock) => binWords(stock, figures.number) },
      figure('onHand'),
      figure('allocated'),
      figure('available'),
      figure('packed'),
      figure('other'),
    ]
    return narrow ? columns.filter(({ key }) => !BESIDE_DETAILS_HIDDEN.includes(key)) : columns
  }, [t, figures, narrow])
}

const BESIDE_DETAILS_HIDDEN: readonly string[] = ['bins', 'packed', 'other']

/** `A-01-1-01 × 12 · A-01-1-02 × 3`; the whole list is in the details. */
function binWords({ balances }: SkuStock, number: (value: number) => string): string {
  const byBin = new Map<string, number>()
  for (const { place, quantity } of balances) {
    const bin = binOfPlace(place)
    if (bin !== null) byBin.set(bin, (byBin.get(bin) ?? 0) + quantity)
  }
  return [...byBin].map(([bin, quantity]) => `${bin} × ${number(quantity)}`).join(' · ') || '—'
}
