import { Button, Input, InputNumber } from 'antd'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ShopClock, shopTime } from '../../../shared/domain/orders/deadline.ts'
import { type BankTransfer, transferOf } from '../../../shared/domain/orders/desk.ts'
import type { OrderRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { Note, Panel, Tag } from '../../ui/small-parts.tsx'
import { useFigures } from '../office/use-figures.ts'
import { Field, History, useDeskCommand, useDeskPerson } from './desk-parts.tsx'

/** ORD-2: money that came by bank transfer. Shown for orders that may need it: unpaid ones, and those that had one. */
export function TransferPanel({ order }: { order: OrderRow }): ReactElement | null {
  const { t } = useTranslation('orders')
  const { may, name } = useDeskPerson()
  const run = useDeskCommand()
  const words = useTransferWords(order)
  const [editing, setEditing] = useState(false)
  const transfers = order.desk?.transfers ?? []
  const current = transferOf(order)
  if (transfers.length === 0 && order.platform?.status !== 'unpaid' && order.platform?.status !== 'paid')
    return null
  const withdraw = (): void => {
    if (!current) return
    const { bank, amountFen, confirmedBy, receivedAt } = current
    const { orderId } = order
    const again = { orderId, bank, amountFen, confirmedBy, receivedAt, withdrawn: true }
    void run({ type: 'RecordTransfer', ...again })
  }
  return (
    <Panel title={t('transfer.title')}>
      {editing ? (
        <TransferForm order={order} by={name} onDone={() => setEditing(false)} />
      ) : (
        <>
          {current ? words.line(current) : <p className="desk-none">{t('transfer.none')}</p>}
          <div className="aside-actions">
            {current ? (
              <Button data-action="withdraw-transfer" disabled={!may} onClick={withdraw}>
                {t('transfer.withdraw')}
              </Button>
            ) : (
              <Button data-action="add-transfer" disabled={!may} onClick={() => setEditing(true)}>
                {t('transfer.add')}
              </Button>
            )}
          </div>
        </>
      )}
      <History
        name="transfers"
        title={t('transfer.history', { count: transfers.length })}
        writes={transfers}
        line={words.line}
      />
    </Panel>
  )
}

function useTransferWords(order: OrderRow): { line(transfer: BankTransfer): ReactElement } {
  const { t } = useTranslation('orders')
  const figures = useFigures()
  const totalFen = order.platform?.totalFen ?? null
  return {
    line: ({ bank, amountFen, receivedAt, confirmedBy, withdrawn }) => {
      const offFen = totalFen === null ? 0 : amountFen - totalFen
      const amount = figures.yuan(Math.abs(offFen))
      return (
        <p className="desk-line" data-transfer={amountFen}>
          {t('transfer.line', { bank, amount: figures.yuan(amountFen), at: figures.time(receivedAt) })}
          <small>{t('transfer.by', { who: confirmedBy })}</small>
          {withdrawn && <Tag tone="stop">{t('transfer.withdrawn')}</Tag>}
          {!withdrawn && offFen !== 0 && (
            <Tag tone="warn">{t(offFen < 0 ? 'transfer.less' : 'transfer.more', { amount })}</Tag>
          )}
        </p>
      )
    },
  }
}

/** `2026-11-22T14:36` on the shop's clock. */
const asField = (at: number, clock: ShopClock): string => shopTime(at, clock).replace(' ', 'T')
const fromField = (text: string, clock: ShopClock): number =>
  Date.parse(`${text}:00Z`) - clock.utcOffsetMinutes * 60_000

function TransferForm({ order, by, onDone }: TransferFormProps): ReactElement {
  const { t } = useTranslation('orders')
  const { env } = useStation()
  const run = useDeskCommand()
  const totalFen = order.platform?.totalFen ?? null
  const [bank, setBank] = useState('')
  const [amountYuan, setAmountYuan] = useState<number | null>(totalFen === null ? null : totalFen / 100)
  const [who, setWho] = useState(by)
  const [received, setReceived] = useState(() => asField(Date.now(), env.shopClock))
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const written = await run({
      type: 'RecordTransfer',
      orderId: order.orderId,
      bank,
      amountFen: Math.round((amountYuan ?? 0) * 100),
      confirmedBy: who,
      receivedAt: fromField(received, env.shopClock),
      withdrawn: false,
    })
    if (written) onDone()
  }
  return (
    <form className="desk-form" onSubmit={(event) => void save(event)}>
      <Field id="bank" label={t('transfer.bank')}>
        <Input
          id="bank"
          name="bank"
          value={bank}
          maxLength={80}
          autoFocus
          onChange={(event) => setBank(event.target.value)}
        />
      </Field>
      <Field id="amount" label={t('transfer.amount')}>
        <InputNumber
          id="amount"
          name="amount"
          min={0.01}
          max={10_000_000}
          precision={2}
          value={amountYuan}
          onChange={setAmountYuan}
        />
      </Field>
      <Field id="receivedAt" label={t('transfer.receivedAt')}>
        <input
          className="desk-date"
          type="datetime-local"
          id="receivedAt"
          name="receivedAt"
          value={received}
          onChange={(event) => setReceived(event.target.value)}
        />
      </Field>
      <Field id="confirmedBy" label={t('transfer.confirmedBy')}>
        <Input
          id="confirmedBy"
          name="confirmedBy"
          value={who}
          maxLength={120}
          onChange={(event) => setWho(event.target.value)}
        />
      </Field>
      <Note tone="plain">{t('transfer.hint')}</Note>
      <div className="aside-actions">
        <Button type="primary" htmlType="submit" data-action="save-transfer">
          {t('transfer.save')}
        </Button>
        <Button onClick={onDone}>{t('ask.cancel')}</Button>
      </div>
    </form>
  )
}

interface TransferFormProps {
  readonly order: OrderRow
  /** Who is signed in. */
  readonly by: string
  readonly onDone: () => void
}
