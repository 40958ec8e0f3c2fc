import { App, Modal, Progress } from 'antd'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ordersToLabel, TO_LABEL_TABLES } from '../../../shared/station/orders-to-label.ts'
import type { OrderRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { useLabelWords } from './label-words.ts'

/** One run; what is left is offered again. */
const RUN = { most: 300, lookAt: 20_000 }

/** Numbers that are named of the orders that one reason left out. */
const MOST_NAMED = 6

type Stage =
  | { readonly tag: 'asking' }
  | { readonly tag: 'going'; readonly done: number }
  | { readonly tag: 'over'; readonly printed: number; readonly left: LeftOut }

/** Orders without a label by the reason, each by its number. */
type LeftOut = ReadonlyMap<string, readonly string[]>

/** One durable command for each order: what is stopped in between is printed up to there, and nothing twice. */
export function PrintLabelsDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation(['orders', 'common'])
  const { message } = App.useApp()
  const { store } = useStation()
  const [orders, setOrders] = useState<readonly OrderRow[] | null>(null)
  const [stage, setStage] = useState<Stage>({ tag: 'asking' })
  const stopped = useRef(false)
  const printAll = usePrintAll()
  useEffect(() => {
    void store.read(TO_LABEL_TABLES, (tx) => ordersToLabel(tx, RUN)).then((found) => setOrders(found.orders))
    // Nobody is left who could stop it.
    return () => {
      stopped.current = true
    }
  }, [store])
  const count = orders?.length ?? 0
  const print = async (): Promise<void> => {
    stopped.current = false
    const { printed, left } = await printAll(orders ?? [], (done) => {
      setStage({ tag: 'going', done })
      return !stopped.current
    })
    if (printed > 0) void message.success(t('labels.done', { count: printed }))
    if (left.size === 0) onClose()
    else setStage({ tag: 'over', printed, left })
  }
  const close = (): void => {
    stopped.current = true
    if (stage.tag !== 'going') onClose()
  }
  const isOver = stage.tag === 'over'
  return (
    <Modal
      open
      centered
      title={t('labels.print')}
      okText={isOver ? t('common:action.close') : t('labels.go', { count })}
      cancelText={stage.tag === 'going' ? t('labels.stop') : t('common:action.cancel')}
      okButtonProps={{
        'data-action': 'confirm-print-labels',
        loading: stage.tag === 'going',
        disabled: count === 0,
      }}
      {...(isOver ? { cancelButtonProps: { style: { display: 'none' } } } : {})}
      onOk={() => (isOver ? onClose() : void print())}
      onCancel={close}
    >
      {isOver ? (
        <Outcome printed={stage.printed} left={stage.left} />
      ) : (
        <p>{orders !== null && (count === 0 ? t('labels.noneWaiting') : t('labels.what', { count }))}</p>
      )}
      {stage.tag === 'going' && (
        <Progress
          percent={Math.round((100 * stage.done) / Math.max(1, count))}
          format={() => `${stage.done} / ${count}`}
        />
      )}
    </Modal>
  )
}

/** Runs until all are asked for, or `go` says no; answers how many labels there are and what has none. */
function usePrintAll() {
  const station = useStation()
  const words = useLabelWords()
  return async (orders: readonly OrderRow[], go: (done: number) => boolean) => {
    const left = new Map<string, string[]>()
    let printed = 0
    for (const [index, { orderId, platform }] of orders.entries()) {
      if (!go(index)) break
      const { answer } = await station.run({ type: 'LabelOrder', orderId })
      if (answer.tag === 'done') printed += 1
      if (['done', 'unchanged', 'collected'].includes(answer.tag)) continue
      const why = words.refusal(answer)
      left.set(why, [...(left.get(why) ?? []), platform?.number ?? orderId])
      // The next one would fare no better.
      if (answer.tag === 'roleWanted') break
    }
    return { printed, left }
  }
}

/** What was printed, and what was not and why. */
function Outcome({ printed, left }: { printed: number; left: LeftOut }): ReactElement {
  const { t } = useTranslation('orders')
  const named = (numbers: readonly string[]): string =>
    numbers.length <= MOST_NAMED
      ? numbers.join(' ')
      : t('labels.andMore', { numbers: numbers.slice(0, MOST_NAMED).join(' '), count: numbers.length })
  return (
    <>
      {printed > 0 && <p>{t('labels.done', { count: printed })}</p>}
      <ul className="rows" data-list="unlabelled">
        {[...left].map(([why, numbers]) => (
          <li key={why}>{t('labels.left', { number: named(numbers), why })}</li>
        ))}
      </ul>
    </>
  )
}
