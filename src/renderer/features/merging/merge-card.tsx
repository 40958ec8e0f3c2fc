import { Button } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { liveParcelOf } from '../../../shared/station/row-changes.ts'
import type { OrderRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { hashOfRoute } from '../../app/use-route.ts'
import { Note, Panel } from '../../ui/small-parts.tsx'
import { numberOf, readMergeOffer } from './merge-offers.ts'
import { useDispatchCommand } from './use-dispatch-command.ts'

/** With which other orders it goes out, or could; nothing where there is no like of it (ORD-4). */
export function MergeCard({ order }: { order: OrderRow }): ReactElement | null {
  const { t } = useTranslation('dispatch')
  const { database } = useStation()
  const run = useDispatchCommand()
  const found = useLiveQuery(async () => {
    const group = order.mergeGroup
      ? await database.orders.where('mergeGroup').equals(order.mergeGroup).toArray()
      : []
    return { group, offer: await readMergeOffer(database, order) }
  }, [database, order])
  if (!found) return null
  const { group, offer } = found
  const isOther = (other: OrderRow): boolean => other.orderId !== order.orderId
  const isOpen = order.queue === 'open'
  // One that left in a parcel of its own is no companion any more.
  const companions = group.filter((other) => isOther(other) && !(isOpen && liveParcelOf(other) !== null))
  const stuck = companions.filter((other) => isOpen && other.queue !== 'open').map(numberOf)
  const waiting = [...(offer?.state === 'open' ? [] : (offer?.waiting ?? [])), ...stuck]
  const joinable = (offer?.orders ?? []).filter(
    (other) => !group.some(({ orderId }) => orderId === other.orderId),
  )
  const more = joinable.filter(isOther)
  if (companions.length === 0 && more.length === 0) return null
  return (
    <Panel title={t('merge.card')}>
      {companions.length > 0 && (
        <div data-merged-with={companions.map(numberOf).join(' ')}>
          <p>{t('merge.with')}</p>
          <Numbers orders={companions} />
          {isOpen && <p className="dispatch-quiet">{t('merge.withWhat')}</p>}
          {isOpen && waiting.length > 0 && (
            <Note>{t('merge.notReady', { numbers: waiting.join('、') })}</Note>
          )}
          {isOpen && (
            <Button
              data-action="part"
              onClick={() => void run({ type: 'PartOrders', groupId: order.mergeGroup ?? '' })}
            >
              {t('merge.part')}
            </Button>
          )}
        </div>
      )}
      {isOpen && more.length > 0 && (
        <div data-merge-offer={more.map(numberOf).join(' ')}>
          <p>{t('merge.offer')}</p>
          <Numbers orders={more} />
          <Button
            type="primary"
            data-action="merge"
            onClick={() =>
              void run({ type: 'MergeOrders', orderIds: [order, ...more].map(({ orderId }) => orderId) })
            }
          >
            {t('merge.merge')}
          </Button>
        </div>
      )}
    </Panel>
  )
}

function Numbers({ orders }: { orders: readonly OrderRow[] }): ReactElement {
  return (
    <ul className="dispatch-numbers">
      {orders.map((other) => (
        <li key={other.orderId}>
          <a className="mono" href={hashOfRoute('orders', ['all', other.orderId])}>
            {numberOf(other)}
          </a>
        </li>
      ))}
    </ul>
  )
}
