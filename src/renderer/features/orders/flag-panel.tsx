import { Button, Input } from 'antd'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { holdOf, lastWrite, ownFlagOf } from '../../../shared/domain/orders/desk.ts'
import { OWN_FLAGS } from '../../../shared/domain/orders/flags.ts'
import type { Flag as FlagName } from '../../../shared/domain/orders/order.ts'
import { ADDRESS_DOUBTED } from '../../../shared/station/areas/confirm-address.ts'
import type { OrderRow } from '../../../shared/station/tables.ts'
import { Flag, Note, Panel } from '../../ui/small-parts.tsx'
import { useFigures } from '../office/use-figures.ts'
import { Field, History, useAuthors, useDeskCommand, useDeskPerson } from './desk-parts.tsx'

/** ORD-2: the order's flag, and holding it back by hand. Yellow shows above the own flag until the order can ship. */
export function FlagPanel({ order, shown }: { order: OrderRow; shown: FlagName }): ReactElement {
  const { t } = useTranslation('orders')
  const run = useDeskCommand()
  const { may } = useDeskPerson()
  const own = ownFlagOf(order)
  const { orderId } = order
  return (
    <Panel title={t('flag.title')}>
      <fieldset className="flag-choices" disabled={!may} aria-label={t('flag.title')}>
        {OWN_FLAGS.map((flag) => (
          <button
            key={flag}
            type="button"
            className="flag-choice"
            data-action={`flag-${flag}`}
            aria-pressed={flag === own}
            onClick={() => void run({ type: 'FlagOrder', orderId, flag })}
          >
            {flag !== 'none' && <Flag colour={flag} label={t(`flag.${flag}`)} />}
            {t(`flag.${flag}`)}
          </button>
        ))}
      </fieldset>
      {shown === 'yellow' && (
        <Note>
          {t('flag.yellow')}
          <br />
          {t('flag.own', { flag: t(`flag.${own}`) })}
        </Note>
      )}
      <Hold order={order} may={may} />
      <History
        name="flags"
        title={t('flag.history', { count: order.desk?.flags.length ?? 0 })}
        writes={order.desk?.flags ?? []}
        line={({ flag }) => t(`flag.${flag}`)}
      />
    </Panel>
  )
}

function Hold({ order, may }: { order: OrderRow; may: boolean }): ReactElement | null {
  const { t } = useTranslation('orders')
  const run = useDeskCommand()
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const { orderId } = order
  if (holdOf(order) !== null) return <Held order={order} may={may} />
  if (order.queue !== 'open') return null
  if (!asking)
    return (
      <div className="aside-actions">
        <Button data-action="hold-order" disabled={!may} onClick={() => setAsking(true)}>
          {t('hold.hold')}
        </Button>
      </div>
    )
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (await run({ type: 'HoldOrder', orderId, held: true, reason })) setAsking(false)
  }
  return (
    <form className="desk-form" onSubmit={(event) => void save(event)}>
      <Field id="holdReason" label={t('hold.ask')}>
        <Input
          id="holdReason"
          name="holdReason"
          value={reason}
          maxLength={200}
          autoFocus
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      <div className="aside-actions">
        <Button type="primary" htmlType="submit" data-action="save-hold">
          {t('hold.save')}
        </Button>
        <Button onClick={() => setAsking(false)}>{t('ask.cancel')}</Button>
      </div>
    </form>
  )
}

function Held({ order, may }: { order: OrderRow; may: boolean }): ReactElement | null {
  const { t } = useTranslation('orders')
  const figures = useFigures()
  const run = useDeskCommand()
  const holds = order.desk?.holds ?? []
  const author = useAuthors(holds)
  const last = lastWrite(holds)
  if (!last) return null
  const { orderId } = order
  const reason = last.reason === ADDRESS_DOUBTED ? t('hold.reason.addressDoubted') : last.reason
  return (
    <>
      <Note tone="stop">
        {reason}
        <br />
        {t('hold.now', { who: author(last), at: figures.time(last.at) })}
      </Note>
      <div className="aside-actions">
        <Button
          type="primary"
          data-action="release-order"
          disabled={!may}
          onClick={() => void run({ type: 'HoldOrder', orderId, held: false, reason: '' })}
        >
          {t('hold.release')}
        </Button>
      </div>
    </>
  )
}
