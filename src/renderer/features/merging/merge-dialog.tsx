import { App, Button, Modal } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { maskAddress, maskName, maskPhone } from '../../../shared/labels/mask-personal.ts'
import { Tag } from '../../ui/small-parts.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { type MergeOffer, numberOf } from './merge-offers.ts'
import { useDispatchCommand } from './use-dispatch-command.ts'

interface MergeDialogProps {
  readonly offers: readonly MergeOffer[]
  readonly onChanged: () => Promise<void>
  readonly onClose: () => void
}

/** Orders that may go out together: merge one, merge all, take one apart again. */
export function MergeDialog({ offers, onChanged, onClose }: MergeDialogProps): ReactElement {
  const { t } = useTranslation('dispatch')
  const { message } = App.useApp()
  const run = useDispatchCommand()
  const [busy, setBusy] = useState(false)
  const open = offers.filter((offer) => offer.state !== 'merged')
  const work = async (task: () => Promise<void>): Promise<void> => {
    setBusy(true)
    await task().finally(() => setBusy(false))
    await onChanged()
  }
  const merge = (offer: MergeOffer): Promise<boolean> =>
    run({ type: 'MergeOrders', orderIds: offer.orders.map((order) => order.orderId) })
  const mergeAll = async (): Promise<void> => {
    let done = 0
    for (const offer of open) if (await merge(offer)) done++
    if (done > 0) void message.success(t('merge.done', { count: done }))
  }
  return (
    <Modal
      open
      centered
      width={980}
      title={t('merge.title')}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('merge.close')}</Button>
          {open.length > 0 && (
            <Button
              type="primary"
              data-action="merge-all"
              disabled={busy}
              onClick={() => void work(mergeAll)}
            >
              {t('merge.mergeAll', { count: open.length })}
            </Button>
          )}
        </>
      }
    >
      <p className="merge-lead">{t('merge.what')}</p>
      {offers.length === 0 ? (
        <EmptyState icon="orders" title={t('merge.none.title')}>
          {t('merge.none.words')}
        </EmptyState>
      ) : (
        <div className="merge-list">
          <table className="merge-table" data-table="merge-offers">
            <thead>
              <tr>
                <th>{t('merge.orders')}</th>
                <th>{t('merge.to')}</th>
                <th>{t('merge.goods')}</th>
                <th>{t('merge.state')}</th>
                <th aria-label={t('merge.merge')} />
              </tr>
            </thead>
            <tbody>
              {offers.map((offer) => (
                <OfferRow
                  key={offer.key}
                  offer={offer}
                  busy={busy}
                  onMerge={() => void work(async () => void (await merge(offer)))}
                  onPart={(groupId) =>
                    void work(async () => void (await run({ type: 'PartOrders', groupId })))
                  }
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Modal>
  )
}

interface OfferRowProps {
  readonly offer: MergeOffer
  readonly busy: boolean
  readonly onMerge: () => void
  readonly onPart: (groupId: string) => void
}

const TONES = { open: 'plain', partly: 'warn', merged: 'ok' } as const

function OfferRow({ offer, busy, onMerge, onPart }: OfferRowProps): ReactElement {
  const { t } = useTranslation('dispatch')
  const { orders, recipient, state, waiting } = offer
  const { province, city, district, street } = recipient
  const lines = orders.flatMap((order) => order.platform?.lines ?? [])
  const pieces = lines.reduce((sum, line) => sum + line.quantity, 0)
  const group = orders[0]?.mergeGroup
  return (
    <tr data-key={orders.map(numberOf).sort().join('+')} data-merge={state}>
      <td className="mono">
        {orders.map((order) => (
          <div key={order.orderId}>{numberOf(order)}</div>
        ))}
      </td>
      <td>
        {maskName(recipient.name)} {maskPhone(recipient.phone).slice(-5)}
        <small>{maskAddress([province, city, district, street].filter(Boolean).join(' '))}</small>
      </td>
      <td>
        {t('merge.pieces', { count: pieces })}
        <small>{lines.map((line) => `${line.skuCode} × ${line.quantity}`).join(' · ')}</small>
      </td>
      <td>
        <Tag tone={TONES[state]}>{t(`merge.${state}`)}</Tag>
        {waiting.length > 0 && <small>{t('merge.notReady', { numbers: waiting.join('、') })}</small>}
      </td>
      <td>
        {state !== 'merged' && (
          <Button type="primary" data-action="merge" disabled={busy} onClick={onMerge}>
            {t('merge.merge')}
          </Button>
        )}
        {state === 'merged' && group !== undefined && (
          <Button data-action="part" disabled={busy} onClick={() => onPart(group)}>
            {t('merge.part')}
          </Button>
        )}
      </td>
    </tr>
  )
}
