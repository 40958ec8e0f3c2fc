import { useLiveQuery } from '../../data/use-live-query.ts'
import { memo, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { ownFlagOf, recipientRefOf } from '../../../shared/domain/orders/desk.ts'
import type { Recipient } from '../../../shared/domain/orders/order.ts'
import { maskAddress, maskName, maskPhone } from '../../../shared/labels/mask-personal.ts'
import { useStation } from '../../app/station-app.ts'
import { DefinitionList, Flag, Note, Panel } from '../../ui/small-parts.tsx'
import { BenchNote } from '../orders/bench-note.tsx'
import { Deadline } from './floor-parts.tsx'

/** An order's facts beside the work: recipient masked, deadline, what the buyer and the shop wrote (SEC-5). */
export const OrderPanel = memo(function OrderPanel({
  orderId,
  courier,
  toWhom = true,
}: OrderPanelProps): ReactElement | null {
  const { t } = useTranslation('floor')
  const { database } = useStation()
  const facts = useLiveQuery(async () => {
    const [order, readiness] = await Promise.all([
      database.orders.get(orderId),
      database.readiness.get(orderId),
    ])
    const personRef = toWhom && order ? recipientRefOf(order) : undefined
    const recipient = personRef === undefined ? undefined : await database.recipients.get(personRef)
    return { order, flag: readiness?.flag ?? (order ? ownFlagOf(order) : 'none'), recipient }
  }, [database, orderId, toWhom])
  const platform = facts?.order?.platform
  if (!facts || !platform) return null
  const { flag, recipient } = facts
  const flagMark = flag === 'none' ? null : <Flag colour={flag} label={t(`pack.flag.${flag}`)} />
  const notes = [
    { name: t('pack.message'), text: platform.message },
    { name: t('pack.memo'), text: platform.memo },
  ].filter(({ text }) => text !== '')
  return (
    <Panel title={t('pack.order', { number: platform.number })} extra={<span>{courier}</span>}>
      <DefinitionList
        items={[
          ...(recipient
            ? [
                { name: t('pack.to'), value: recipientLine(recipient) },
                { name: t('pack.address'), value: addressLine(recipient) },
              ]
            : [{ name: t('pack.to'), value: platform.destination }]),
          { name: t('pack.due'), value: <Deadline at={facts.order?.deadlineAt ?? platform.deadlineAt} /> },
        ]}
      />
      {facts.order && <BenchNote order={facts.order} />}
      {notes.map(({ name, text }, index) => (
        <Note key={name}>
          <small className="under">{name}</small>
          {index === 0 && flagMark}
          {text}
        </Note>
      ))}
      {notes.length === 0 && flagMark && (
        <div className="tag-row">
          {flagMark}
          {flag !== 'none' && t(`pack.flag.${flag}`)}
        </div>
      )}
    </Panel>
  )
})

interface OrderPanelProps {
  readonly orderId: string
  readonly courier?: string
  /** Name, phone and address, masked; the destination alone where they are not needed. */
  readonly toWhom?: boolean
}

const recipientLine = ({ name, phone }: Recipient): string => `${maskName(name)} · ${maskPhone(phone)}`

const addressLine = ({ province, city, district, street }: Recipient): string =>
  maskAddress([province, city, district, street].filter(Boolean).join(' '))
