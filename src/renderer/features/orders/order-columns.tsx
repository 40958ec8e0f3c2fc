import { type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { deliveryOf, noteOf } from '../../../shared/domain/orders/desk.ts'
import type { Flag as FlagName } from '../../../shared/domain/orders/order.ts'
import { maskName, maskPhone } from '../../../shared/labels/mask-personal.ts'
import { liveLabelsOf } from '../../../shared/station/order-labels.ts'
import type { OrderRow } from '../../../shared/station/tables.ts'
import type { Column } from '../../ui/data-table.tsx'
import { Flag, Tag, type Tone } from '../../ui/small-parts.tsx'
import { useFigures } from '../office/use-figures.ts'
import { Deadline } from './deadline.tsx'
import { RELEASED_MS } from './order-filters.ts'
import { type OrderListing, type OrderState, orderFlag, orderState } from './order-listing.ts'

const TONES: Readonly<Record<OrderState, Tone>> = {
  ready: 'ok',
  addressWanted: 'stop',
  held: 'stop',
  short: 'warn',
  measureWanted: 'warn',
  unknownSku: 'warn',
  unpaid: 'plain',
  cancelled: 'stop',
  packed: 'ok',
  handedOver: 'plain',
  shippedElsewhere: 'plain',
  partial: 'plain',
}

/** The order's state as a word on its colour. */
export function StateTag({ state }: { state: OrderState }): ReactElement {
  const { t } = useTranslation('office')
  return (
    <span data-state={state}>
      <Tag tone={TONES[state]}>{t(`orderState.${state}`)}</Tag>
    </span>
  )
}

/** A flag with its word; nothing for an order without one. */
export function OrderFlag({ flag }: { flag: FlagName }): ReactElement | null {
  const { t } = useTranslation('office')
  if (flag === 'none') return null
  return (
    <span data-flag={flag}>
      <Flag colour={flag} label={t(`flag.${flag}`)} />
    </span>
  )
}

/** Under the state: that the buyer collects it, its label, or that goods have just let it ship (ORD-3, ORD-6, PAK-11). */
function Remark({ order, now }: { order: OrderRow; now: number }): ReactElement | null {
  const { t } = useTranslation(['orders', 'dispatch'])
  const figures = useFigures()
  const { releasedAt = 0 } = order
  if (deliveryOf(order) === 'collected') return <span className="cell-sub">{t('column.pickUp')}</span>
  const [label] = order.queue === 'open' ? liveLabelsOf(order) : []
  if (label)
    return (
      <span className="cell-sub mono" data-label={label.number} title={t('orders:labels.column')}>
        {label.number}
      </span>
    )
  if (order.mergeGroup !== undefined && order.queue === 'open')
    return <span className="cell-sub">{t('dispatch:merge.merged')}</span>
  if (now - releasedAt > RELEASED_MS) return null
  return (
    <span className="cell-sub" data-released={releasedAt}>
      {t('column.released', { at: figures.shortTime(releasedAt, now) })}
    </span>
  )
}

const BESIDE_DETAILS_HIDDEN: readonly string[] = ['pieces', 'recipient']

/** The columns of the queue, fewer beside the details; recipients are masked here (SEC-5). */
export function useOrderColumns(now: number, narrow: boolean): readonly Column<OrderListing>[] {
  const { t } = useTranslation('office')
  const figures = useFigures()
  return useMemo(() => {
    const columns: readonly Column<OrderListing>[] = [
      {
        key: 'number',
        title: t('order.number'),
        width: 236,
        render: (listing) => (
          <>
            <OrderFlag flag={orderFlag(listing)} />
            <span className="mono">{listing.order.platform?.number ?? listing.order.orderId}</span>
            <span className="cell-sub">
              {listing.order.platform
                ? `${t(`platform.${listing.order.platform.source}`)} · ${listing.order.platform.buyer}`
                : t('order.unknownPlatform')}
            </span>
          </>
        ),
      },
      {
        key: 'deadline',
        title: t('order.deadline'),
        width: 136,
        render: ({ order }) => <Deadline at={order.deadlineAt} now={now} open={order.queue === 'open'} />,
      },
      {
        key: 'lines',
        title: t('order.lines'),
        render: ({ order }) => (
          <>
            {order.platform?.lines.map((line) => `${line.skuCode} × ${line.quantity}`).join(' · ')}
            <span className="cell-sub">
              {noteOf(order)?.spec || order.platform?.message || order.platform?.memo}
            </span>
          </>
        ),
      },
      {
        key: 'pieces',
        title: t('order.pieces'),
        width: 74,
        align: 'end',
        render: ({ order }) =>
          figures.number((order.platform?.lines ?? []).reduce((sum, line) => sum + line.quantity, 0)),
      },
      {
        key: 'recipient',
        title: t('order.recipient'),
        width: 170,
        render: ({ recipient, order }) => (
          <>
            {recipient ? `${maskName(recipient.name)} ${maskPhone(recipient.phone).slice(-5)}` : '—'}
            <span className="cell-sub">{order.platform?.destination}</span>
          </>
        ),
      },
      {
        key: 'state',
        title: t('order.state'),
        width: 166,
        render: ({ order, readiness }) => (
          <>
            <StateTag state={orderState(order, readiness)} />
            <Remark order={order} now={now} />
          </>
        ),
      },
    ]
    return narrow ? columns.filter(({ key }) => !BESIDE_DETAILS_HIDDEN.includes(key)) : columns
  }, [t, figures, now, narrow])
}
