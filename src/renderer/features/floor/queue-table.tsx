import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DataTable } from '../../ui/data-table.tsx'
import { Flag, Tag } from '../../ui/small-parts.tsx'
import { Deadline } from './floor-parts.tsx'
import { StepDue, useStepHours } from './step-due.tsx'
import type { QueuedOrder } from './use-ready-queue.ts'

/** The next orders by deadline; a row opens its order as its scanned number would. */
export function QueueTable({ orders, showBin, slots, onOpen, empty }: QueueTableProps): ReactElement {
  const { t } = useTranslation('floor')
  const hours = useStepHours()
  return (
    <DataTable
      name="queue"
      rows={orders}
      rowKey={(order) => order.number}
      rowHeightPx={54}
      onOpen={(order) => onOpen(order.number)}
      empty={empty}
      columns={[
        {
          key: 'order',
          title: t('column.order'),
          width: 202,
          render: ({ number, flag, destination }) => (
            <>
              {flag !== 'none' && <Flag colour={flag} label={t(`pack.flag.${flag}`)} />}
              <b className="queue-number">{number}</b>
              <small className="under">{destination}</small>
            </>
          ),
        },
        {
          key: 'due',
          title: t('column.due'),
          width: 234,
          render: (order) => (
            <>
              <Deadline at={order.deadlineAt} />
              {hours && <StepDue order={order} step={showBin ? 'pick' : 'pack'} hours={hours} />}
            </>
          ),
        },
        {
          key: 'pieces',
          title: t('column.pieces'),
          width: 64,
          align: 'end',
          render: ({ pieces }) => <b>{pieces}</b>,
        },
        {
          key: 'bin',
          title: t(showBin ? 'column.bin' : 'column.state'),
          width: 120,
          render: ({ orderId, firstBin, piecesInBins }) =>
            showBin ? (
              <b>{firstBin}</b>
            ) : slots?.has(orderId) ? (
              <b data-slot={slots.get(orderId)}>{slots.get(orderId)}</b>
            ) : (
              <Tag tone={piecesInBins === 0 ? 'ok' : 'plain'}>
                {t(piecesInBins === 0 ? 'pack.picked' : 'pack.notPicked')}
              </Tag>
            ),
        },
      ]}
    />
  )
}

interface QueueTableProps {
  readonly orders: readonly QueuedOrder[]
  /** Shows the first bin of the walk instead of whether it is picked. */
  readonly showBin: boolean
  /** Slots of the put-wall by order: where its pieces are, instead of that they are picked. */
  readonly slots?: ReadonlyMap<string, string>
  readonly onOpen: (orderNumber: string) => void
  readonly empty: ReactNode
}
