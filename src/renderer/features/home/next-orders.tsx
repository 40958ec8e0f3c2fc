import { useLiveQuery } from '../../data/use-live-query.ts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useStation } from '../../app/station-app.ts'
import { hashOfRoute } from '../../app/use-route.ts'
import { Panel } from '../../ui/small-parts.tsx'
import { Deadline } from '../orders/deadline.tsx'
import { OrderFlag, StateTag } from '../orders/order-columns.tsx'
import { loadOrders, orderFlag, orderState } from '../orders/order-listing.ts'

const SHOWN = 6

/** The head of the queue (ORD-3): what has to leave the house first. */
export function NextOrders({ now }: { now: number }): ReactElement | null {
  const { database } = useStation()
  const { t } = useTranslation('office')
  const orders = useLiveQuery(() => loadOrders(database, 'toShip', SHOWN), [database])
  if (orders === undefined || orders.length === 0) return null
  return (
    <div className="home-next">
      <Panel title={t('home.next')} extra={<a href={hashOfRoute('orders')}>{t('home.allOrders')}</a>}>
        <ul className="rows">
          {orders.map((listing) => {
            const { order, readiness } = listing
            return (
              <li key={order.orderId}>
                <span>
                  <OrderFlag flag={orderFlag(listing)} />
                  <a href={hashOfRoute('orders', ['toShip', order.orderId])}>{order.platform?.number}</a>
                  <small>
                    {order.platform?.lines.map((line) => `${line.skuCode} × ${line.quantity}`).join(' · ')}
                  </small>
                </span>
                <span className="rows-end">
                  <StateTag state={orderState(order, readiness)} />
                  <Deadline at={order.deadlineAt} now={now} open />
                </span>
              </li>
            )
          })}
        </ul>
      </Panel>
    </div>
  )
}
