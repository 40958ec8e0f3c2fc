import { Button } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ordersToLabel, TO_LABEL_TABLES } from '../../../shared/station/orders-to-label.ts'
import { useStation } from '../../app/station-app.ts'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { PrintLabelsDialog } from './print-labels-dialog.tsx'
import { useLabelling } from './use-labelling.ts'

/** Looked at for the figure on the button, which follows every change: beyond it, it says that there are more. */
const FIGURE = { most: 300, lookAt: 1000 }

/** `#/orders` of a station that works label first: waybills of all orders that can ship (PAK-11 先打单). */
export function PrintLabelsButton(): ReactElement | null {
  return useLabelling() === 'first' ? <Shown /> : null
}

function Shown(): ReactElement {
  const { t } = useTranslation('orders')
  const { store } = useStation()
  const [asked, setAsked] = useState<string | null>(null)
  const waiting = useLiveQuery(
    // While labels are printed the figure would be worked out anew for each.
    async () => (asked !== null ? null : store.read(TO_LABEL_TABLES, (tx) => ordersToLabel(tx, FIGURE))),
    [store, asked],
  )
  const { orders = [], more = false } = waiting ?? {}
  const isDone = asked === null && orders.length === 0 && !more
  const many = asked ?? (orders.length === 0 ? '' : `${orders.length}${more ? '+' : ''}`)
  return (
    <>
      <Button
        type="primary"
        data-action="print-labels"
        disabled={isDone}
        title={isDone && waiting ? t('labels.noneWaiting') : undefined}
        onClick={() => setAsked(many)}
      >
        {many === '' ? t('labels.print') : t('labels.printCount', { many })}
      </Button>
      {asked !== null && <PrintLabelsDialog onClose={() => setAsked(null)} />}
    </>
  )
}
