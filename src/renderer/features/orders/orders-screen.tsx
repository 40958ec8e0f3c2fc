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
import { OfficePage } from '../office/office-page.tsx'
import { useGrowingRows } from '../office/use-growing-rows.ts'
import { useNow } from '../office/use-now.ts'
import { PickSlipBatchButton } from '../printing/batch-buttons.tsx'
import { useOrderColumns } from './order-columns.tsx'
import { OrderDetails } from './order-details.tsx'
import { loadOrders, ORDER_TABS, type OrderTab, orderState, searchOrders } from './order-listing.ts'

/** `#/orders/TAB/ORDER`; `#/orders/ORDER` by itself means all orders with this one open. */
function placeOf({ rest }: Route): { tab: OrderTab; orderId: string | null } {
  const tab = ORDER_TABS.find((known) => known === rest[0])
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
  const read = useCallback(
    async (limit: number) => ({
      rows:
        search === '' ? await loadOrders(database, tab, limit) : await searchOrders(database, search, limit),
    }),
    [database, search, tab],
  )
  const { source, loading } = useGrowingRows(read)
  return (
    <OfficePage
      title={t('orders.title')}
      tools={
        <>
          <Segmented
            value={tab}
            onChange={(chosen) => {
              setText('')
              goTo('orders', [chosen])
            }}
            options={ORDER_TABS.map((value) => ({ value, label: t(`orders.tab.${value}`) }))}
          />
          <SearchField name="orderSearch" value={text} placeholder={t('orders.search')} onChange={setText} />
          <PickSlipBatchButton />
          <ExportButtons kind="shipped" />
        </>
      }
      top={<ImportFiles kind="orders" />}
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
  const { t } = useTranslation('office')
  return (
    <EmptyState icon="orders" title={t(`orders.none.${which}.title`)}>
      {t(`orders.none.${which}.words`)}
    </EmptyState>
  )
}
