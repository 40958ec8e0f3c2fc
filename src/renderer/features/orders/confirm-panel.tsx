import { App, Button, Checkbox, Input } from 'antd'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AddressDoubt } from '../../../shared/domain/orders/check-address.ts'
import { addressWanted, CONFIRMED, type Confirmed } from '../../../shared/domain/orders/desk.ts'
import type { Recipient } from '../../../shared/domain/orders/order.ts'
import type { OrderRow, RecipientRow } from '../../../shared/station/tables.ts'
import { Note, Panel, Tag } from '../../ui/small-parts.tsx'
import { useStation } from '../../app/station-app.ts'
import { useFigures } from '../office/use-figures.ts'
import { Field, useAuthors, useDeskCommand, useDeskPerson } from './desk-parts.tsx'

interface ConfirmProps {
  readonly order: OrderRow
  readonly recipient: RecipientRow | null
}

/** ORD-5: what is odd about the address, what the buyer confirmed and when, and putting the address right. */
export function ConfirmPanel({ order, recipient }: ConfirmProps): ReactElement | null {
  const { t } = useTranslation('orders')
  const figures = useFigures()
  const { may } = useDeskPerson()
  const confirmations = order.desk?.addresses ?? []
  const author = useAuthors(confirmations)
  const wanted = addressWanted(order)
  if (order.queue !== 'open' && confirmations.length === 0) return null
  return (
    <Panel title={t('confirm.title')}>
      {wanted && (
        <div data-address-wanted="">
          <Note tone="stop">
            {t('confirm.wanted')} · <Doubts doubts={order.platform?.doubts ?? []} />
          </Note>
        </div>
      )}
      <ul className="rows" data-confirmations={confirmations.length}>
        {[...confirmations]
          .sort((a, b) => b.at - a.at)
          .map((write) => (
            <li key={write.eventId}>
              <span>
                {write.what.map((what) => t(`confirm.what.${what}`)).join('、')}
                <small>{t('note.author', { who: author(write), at: figures.time(write.at) })}</small>
              </span>
              {write.corrected && <Tag tone="ok">{t('confirm.corrected')}</Tag>}
            </li>
          ))}
      </ul>
      {order.queue === 'open' && <Confirm order={order} recipient={recipient} may={may} urgent={wanted} />}
    </Panel>
  )
}

function Doubts({ doubts }: { doubts: readonly AddressDoubt[] }): ReactElement {
  const { t } = useTranslation('floor')
  return <>{doubts.map((doubt) => t(`doubt.${doubt}`)).join(' · ')}</>
}

function Confirm({
  order,
  recipient,
  may,
  urgent,
}: ConfirmProps & { may: boolean; urgent: boolean }): ReactElement {
  const { t } = useTranslation('orders')
  const run = useDeskCommand()
  const [what, setWhat] = useState<readonly Confirmed[]>(['address'])
  const [correcting, setCorrecting] = useState(false)
  const { orderId } = order
  if (correcting)
    return <AddressForm order={order} recipient={recipient} what={what} onDone={() => setCorrecting(false)} />
  return (
    <>
      <Checkbox.Group
        className="confirm-what"
        value={[...what]}
        disabled={!may}
        onChange={(values) => setWhat(values as Confirmed[])}
        options={CONFIRMED.map((value) => ({ value, label: t(`confirm.what.${value}`) }))}
      />
      <div className="aside-actions">
        <Button
          data-action="confirm-order"
          type={urgent ? 'primary' : 'default'}
          disabled={!may || what.length === 0}
          onClick={() => void run({ type: 'ConfirmOrder', orderId, what, recipient: null })}
        >
          {t('confirm.save')}
        </Button>
        <Button data-action="correct-address" disabled={!may} onClick={() => setCorrecting(true)}>
          {t('confirm.correct')}
        </Button>
      </div>
    </>
  )
}

type Address = Omit<Recipient, 'personRef'>
const FIELDS = [
  'name',
  'phone',
  'province',
  'city',
  'district',
  'street',
  'postcode',
  'company',
  'country',
] as const satisfies readonly (keyof Address)[]

const BLANK: Address = {
  name: '',
  company: '',
  phone: '',
  province: '',
  city: '',
  district: '',
  street: '',
  postcode: '',
  country: '',
}

/** Shown in full while it is being put right (SEC-5). */
function AddressForm({
  order,
  recipient,
  what,
  onDone,
}: ConfirmProps & { what: readonly Confirmed[]; onDone: () => void }): ReactElement {
  const { t } = useTranslation(['orders', 'floor'])
  const { message } = App.useApp()
  const { run } = useStation()
  const [address, setAddress] = useState<Address>(
    () =>
      Object.fromEntries(FIELDS.map((field) => [field, (recipient ?? BLANK)[field]])) as unknown as Address,
  )
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const tidy = Object.fromEntries(
      FIELDS.map((field) => [field, address[field].trim()]),
    ) as unknown as Address
    const all = what.includes('address') ? what : (['address', ...what] as const)
    const { orderId } = order
    const { answer } = await run({ type: 'ConfirmOrder', orderId, what: all, recipient: tidy })
    if (answer.tag !== 'done') {
      void message.error(t(answer.tag === 'roleWanted' ? 'ask.roleWanted' : 'ask.fieldWanted'))
      return
    }
    const doubts = String(answer.params?.doubts ?? '')
      .split(' ')
      .filter((doubt): doubt is AddressDoubt => doubt !== '')
    if (doubts.length > 0)
      void message.warning(
        t('confirm.stillOdd', { doubts: doubts.map((doubt) => t(`floor:doubt.${doubt}`)).join(' · ') }),
      )
    else void message.success(t('ask.saved'))
    onDone()
  }
  return (
    <form className="desk-form desk-form-two" onSubmit={(event) => void save(event)}>
      {FIELDS.map((field, index) => (
        <Field key={field} id={`address-${field}`} label={t(`confirm.${field}`)} wide={field === 'street'}>
          <Input
            id={`address-${field}`}
            name={`address-${field}`}
            value={address[field]}
            maxLength={200}
            autoFocus={index === 0}
            onChange={(event) => setAddress({ ...address, [field]: event.target.value })}
          />
        </Field>
      ))}
      <div className="aside-actions desk-wide">
        <Button type="primary" htmlType="submit" data-action="save-address">
          {t('confirm.saveCorrected')}
        </Button>
        <Button onClick={onDone}>{t('ask.cancel')}</Button>
      </div>
    </form>
  )
}
