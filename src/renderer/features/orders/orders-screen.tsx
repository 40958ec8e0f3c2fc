import { Segmented } from 'antd'
import { type ReactElement, useCallback, useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStation } from '../../app/station-app.ts'
import { goTo, type Route, useRoute } from '../../app/use-route.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { SearchField } from '../../ui/scan-entry.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { ExportButtons } from '../exports/export-buttons.tsx'
import { ImportFiles } from '../imports/import-files.tsx'
import { MergeOffersButton } from '../merging/merge-offers-button.tsx'
import { OfficePage } from '../office/office-page.tsx'
import { useGrowingRows } from '../office/use-growing-rows.ts'
import { useNow } from '../office/use-now.ts'
import { PickSlipBatchButton } from '../printing/batch-buttons.tsx'
import { useOrderColumns } from './order-columns.tsx'
import { OrderDetails } from './order-details.tsx'
import { FilterChips } from './filter-chips.tsx'
import { MeasureLookUpButton } from './measure-look-up-dialog.tsx'
import { isFilter } from './order-filters.ts'
import { PrintLabelsButton } from './print-labels-button.tsx'
import { loadOrders, ORDER_TABS, type OrderTab, orderState, searchOrders } from './order-listing.ts'

/** `#/orders/TAB/ORDER`, a filter being a tab as well; `#/orders/ORDER` means all orders with this one open. */
function placeOf({ rest }: Route): { tab: OrderTab; orderId: string | null } {
  const first = rest[0] ?? ''
  const tab = isFilter(first) ? first : ORDER_TABS.find((known) => known === first)
  if (tab !== undefined) return { tab, orderId: rest[1] ?? null }
  return rest[0] === undefined ? { tab: 'toShip', orderId: null } : { tab: 'all', orderId: rest[0] }
}

/** The queue by deadline, late orders on top (ORD-3), what is held and why, and what has gone out. */
export function OrdersScreen(): ReactElement {
  const { database } = useStation()
  const { t } = useTranslation('office')
  const { tab, orderId } = placeOf(useRoute())
  const [text, setText] = useState('')
  const search = useDeferredValue(text).trim()
  const now = useNow()
  const filter = isFilter(tab) ? tab : null
  const minute = Math.floor(now / 60_000)
  // Notes become overdue while nothing is written; every other list changes with the tables alone.
  const tick = filter === 'noteDue' ? minute : 0
  const read = useCallback(
    async (limit: number) => ({
      rows:
        search === '' ? await loadOrders(database, tab, limit) : await searchOrders(database, search, limit),
      tick,
    }),
    [database, search, tab, tick],
  )
  const { source, loading } = useGrowingRows(read)
  return (
    <OfficePage
      title={t('orders.title')}
      tools={
        <>
          <Segmented<OrderTab | ''>
            value={filter === null ? tab : ''}
            onChange={(chosen) => {
              setText('')
              goTo('orders', [chosen])
            }}
            options={ORDER_TABS.map((value) => ({ value, label: t(`orders.tab.${value}`) }))}
          />
          <SearchField name="orderSearch" value={text} placeholder={t('orders.search')} onChange={setText} />
          <MeasureLookUpButton />
          <PrintLabelsButton />
          <PickSlipBatchButton />
          <MergeOffersButton />
          <ExportButtons kind="shipped" />
        </>
      }
      top={
        <>
          <ImportFiles kind="orders" />
          <FilterChips
            chosen={filter}
            minute={minute}
            onChoose={(chosen) => {
              setText('')
              goTo('orders', [chosen ?? 'toShip'])
            }}
          />
        </>
      }
      {...(orderId === null
        ? {}
        : { aside: <OrderDetails key={orderId} orderId={orderId} onClose={() => goTo('orders', [tab])} /> })}
    >
      <DataTable
        name="orders"
        columns={useOrderColumns(now, orderId !== null)}
        rows={source}
        rowKey={({ order }) => order.platform?.number ?? order.orderId}
        rowHeightPx={56}
        selectedKey={orderId === null ? null : orderId.slice(orderId.indexOf('/') + 1)}
        rowClass={({ order, readiness }) => {
          const state = orderState(order, readiness)
          if (state === 'cancelled' || state === 'handedOver') return 'row-done'
          return order.queue === 'open' && order.deadlineAt < now ? 'row-stop' : undefined
        }}
        onOpen={({ order }) => goTo('orders', [tab, order.orderId])}
        loading={loading}
        empty={<NoOrders which={search === '' ? tab : 'notFound'} />}
      />
    </OfficePage>
  )
}

function NoOrders({ which }: { which: OrderTab | 'notFound' }): ReactElement {
  const { t } = useTranslation(['office', 'orders'])
  if (isFilter(which))
    return (
      <EmptyState icon="orders" title={t('orders:filter.none')}>
        {t(`orders:filter.noneWords.${which}`)}
      </EmptyState>
    )
  return (
    <EmptyState icon="orders" title={t(`orders.none.${which}.title`)}>
      {t(`orders.none.${which}.words`)}
    </EmptyState>
  )
}
