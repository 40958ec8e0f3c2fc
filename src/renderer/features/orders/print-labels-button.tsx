import { App, Button, Modal, Progress } from 'antd'
import { type ReactElement, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isCollected } from '../../../shared/domain/shipping/collected.ts'
import { liveLabelsOf } from '../../../shared/station/order-labels.ts'
import { readyOrders } from '../../../shared/station/ready-orders.ts'
import type { OrderRow } from '../../../shared/station/tables.ts'
import { type StationApp, useStation } from '../../app/station-app.ts'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { useLabelWords } from './label-words.ts'
import { useLabelling } from './use-labelling.ts'

/** Orders looked at for the next labels; beyond them the figure is a lower bound. */
const MOST = 300

/** Ready orders without a label, the most urgent first; those that buyers collect want none. */
async function ordersToLabel({ store }: Pick<StationApp, 'store'>): Promise<readonly OrderRow[]> {
  const ready = await store.read(['readiness', 'orders'], (tx) => readyOrders(tx, MOST))
  return ready.filter((order) => liveLabelsOf(order).length === 0 && !isCollected([order]))
}

/** `#/orders` of a station that works label first: waybills of all orders that can ship (PAK-11 先打单). */
export function PrintLabelsButton(): ReactElement | null {
  return useLabelling() === 'first' ? <Shown /> : null
}

function Shown(): ReactElement {
  const { t } = useTranslation('orders')
  const station = useStation()
  const waiting = useLiveQuery(async () => (await ordersToLabel(station)).length, [station], 0)
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button
        type="primary"
        data-action="print-labels"
        disabled={waiting === 0 && !asking}
        title={waiting === 0 ? t('labels.noneWaiting') : undefined}
        onClick={() => setAsking(true)}
      >
        {waiting === 0 ? t('labels.print') : t('labels.printCount', { count: waiting })}
      </Button>
      {asking && <PrintLabelsDialog count={waiting} onClose={() => setAsking(false)} />}
    </>
  )
}

interface PrintLabelsDialogProps {
  readonly count: number
  readonly onClose: () => void
}

/** One durable command for each order: what is stopped in between is printed up to there, and nothing twice. */
function PrintLabelsDialog({ count, onClose }: PrintLabelsDialogProps): ReactElement {
  const { t } = useTranslation(['orders', 'common'])
  const { message } = App.useApp()
  const station = useStation()
  const words = useLabelWords()
  const [going, setGoing] = useState<{ readonly done: number; readonly of: number } | null>(null)
  const stopped = useRef(false)
  const print = async (): Promise<void> => {
    const orders = await ordersToLabel(station)
    let printed = 0
    for (const [index, { orderId, platform }] of orders.entries()) {
      if (stopped.current) break
      setGoing({ done: index, of: orders.length })
      const { answer } = await station.run({ type: 'LabelOrder', orderId })
      if (answer.tag === 'done') printed += 1
      // Merged orders have one label among them.
      if (answer.tag === 'done' || answer.tag === 'unchanged') continue
      const number = platform?.number ?? orderId
      void message.warning(t('labels.left', { number, why: words.refusal(answer) }))
      // Without numbers, or without the right to, the next one would fare no better.
      if (answer.tag === 'poolDry' || answer.tag === 'roleWanted') break
    }
    if (printed > 0) void message.success(t('labels.done', { count: printed }))
    onClose()
  }
  const close = (): void => {
    stopped.current = true
    if (going === null) onClose()
  }
  return (
    <Modal
      open
      centered
      title={t('labels.print')}
      okText={t('labels.go', { count })}
      cancelText={going === null ? t('common:action.cancel') : t('labels.stop')}
      okButtonProps={{ 'data-action': 'confirm-print-labels', loading: going !== null }}
      onOk={() => void print()}
      onCancel={close}
    >
      <p>{t('labels.what', { count })}</p>
      {going !== null && (
        <Progress
          percent={Math.round((100 * going.done) / Math.max(1, going.of))}
          format={() => `${going.done} / ${going.of}`}
        />
      )}
    </Modal>
  )
}
