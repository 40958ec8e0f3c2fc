import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useStation } from '../../app/station-app.ts'
import { countWords } from '../../data/count-up-to.ts'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { Tag } from '../../ui/small-parts.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Board } from '../floor/floor-parts.tsx'
import { QueueTable } from '../floor/queue-table.tsx'
import type { ReadyQueue } from '../floor/use-ready-queue.ts'
import { slotsOfOrders } from './wall-slots.ts'

/** Orders that may be packed, by deadline (ORD-3). */
export function PackQueue({ queue, onOpen }: PackQueueProps): ReactElement {
  const { t } = useTranslation('floor')
  const slots = useSlots(queue.orders)
  if (queue.orders.length === 0)
    return (
      <EmptyState icon="pack" title={t('pack.queueEmpty')}>
        {t('pack.queueEmptyHelp')}
      </EmptyState>
    )
  return (
    <Board
      title={t('pack.queue')}
      extra={
        <>
          <Tag tone="ok">{`${countWords(queue.ready)} ${t('unit.orders')}`}</Tag>
          {queue.short > 0 && <Tag tone="stop">{`${t('queue.short')} ${countWords(queue.short)}`}</Tag>}
          {queue.asking > 0 && <Tag tone="warn">{`${t('queue.asking')} ${countWords(queue.asking)}`}</Tag>}
        </>
      }
    >
      <QueueTable
        orders={queue.orders}
        showBin={false}
        {...(slots ? { slots } : {})}
        onOpen={onOpen}
        empty={t('pack.queueEmpty')}
      />
    </Board>
  )
}

/** Where a batch has put the pieces of these orders (PIK-1). */
function useSlots(orders: ReadyQueue['orders']): ReadonlyMap<string, string> | undefined {
  const { database } = useStation()
  const ids = orders.map(({ orderId }) => orderId)
  return useLiveQuery(() => slotsOfOrders(database, ids), [database, ids.join(' ')])
}

interface PackQueueProps {
  readonly queue: ReadyQueue
  readonly onOpen: (orderNumber: string) => void
}
