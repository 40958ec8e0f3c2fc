import { Button, Input } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { COURIER_RULES, readCourierTable } from '../../../shared/domain/shipping/choose-courier-table.ts'
import {
  BY_BUYER,
  COURIER_TABLES,
  courierByRules,
  courierFor,
  lastChoice,
} from '../../../shared/station/areas/courier-for.ts'
import { ordersOfParcel } from '../../../shared/station/areas/parcel-orders.ts'
import { COLLECTED } from '../../../shared/domain/shipping/collected.ts'
import { labelsOfParcel } from '../../../shared/station/order-labels.ts'
import { freeForKey } from '../../../shared/station/row-changes.ts'
import type { ReadTx } from '../../../shared/station/store.ts'
import type { OrderRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { Note, Panel } from '../../ui/small-parts.tsx'
import { ChoiceWords } from '../courier-rules/choice-words.tsx'
import { CourierSelect } from '../courier-rules/courier-select.tsx'
import { useCourierWords } from '../courier-rules/courier-words.ts'
import { courierCodes } from '../courier-rules/use-courier-table.ts'
import { readNames } from '../office/use-person.ts'
import { useDispatchCommand } from './use-dispatch-command.ts'

/** Who takes the parcel and why, and the way to choose another by hand (ORD-7). Open orders only. */
export function CourierCard({ order }: { order: OrderRow }): ReactElement | null {
  const { t } = useTranslation('dispatch')
  const { store, database, env } = useStation()
  const words = useCourierWords()
  const run = useDispatchCommand()
  const [changing, setChanging] = useState(false)
  const found = useLiveQuery(async () => {
    const read = await store.read([...COURIER_TABLES, 'orders'], (tx) =>
      readCourier(tx, order, env.identity.stationId),
    )
    const names = await readNames(database, { stations: [], people: [read.byHand?.personId ?? null] })
    return { ...read, person: names.person(read.byHand?.personId ?? null) ?? '' }
  }, [store, database, order, env.identity.stationId])
  if (!found || order.queue !== 'open') return null
  const { choice, byRules, byHand, table, hasNumbers, person } = found
  return (
    <Panel title={t('courier.title')}>
      <div data-order-courier={choice.courier} data-order-courier-rule={choice.because.ruleId}>
        <b className="dispatch-courier">{words.courier(choice.courier)}</b>
        {byHand === null ? (
          <ChoiceWords choice={choice} table={table} />
        ) : (
          <>
            <p>{t('courier.byHand', { person, reason: byHand.reason })}</p>
            <p className="dispatch-quiet">
              {t('courier.rulesSay', {
                courier: words.courier(byRules.courier),
                why: words.because(byRules, table),
              })}
            </p>
          </>
        )}
        {!hasNumbers && <Note>{t('courier.noNumbers', { courier: words.courier(choice.courier) })}</Note>}
      </div>
      {changing ? (
        <ChangeForm
          codes={courierCodes(table).filter((code) => code !== 'wished' && code !== choice.courier)}
          onClose={() => setChanging(false)}
          onChoose={(courier, reason) =>
            run({ type: 'ChooseCourier', orderId: order.orderId, courier, reason })
          }
        />
      ) : choice.because.ruleId === BY_BUYER ? null : (
        <div className="aside-actions">
          <Button data-action="change-courier" onClick={() => setChanging(true)}>
            {t('courier.change')}
          </Button>
          {byHand !== null && (
            <Button
              data-action="courier-by-rules"
              onClick={() =>
                void run({ type: 'ChooseCourier', orderId: order.orderId, courier: '', reason: '' })
              }
            >
              {t('courier.back')}
            </Button>
          )}
        </div>
      )}
    </Panel>
  )
}

async function readCourier(tx: ReadTx, order: OrderRow, stationId: string) {
  const orders = await ordersOfParcel(tx, order)
  const [choice, byRules, setting] = await Promise.all([
    courierFor(tx, orders),
    courierByRules(tx, orders),
    tx.get('settings', COURIER_RULES),
  ])
  const free = freeForKey(stationId, choice.courier)
  const [pool, fetched] = await Promise.all([
    tx.range('waybills', '[freeFor+position]', {
      from: [free, 0],
      to: [free, Number.MAX_SAFE_INTEGER],
      limit: 1,
    }),
    Promise.all(orders.map(({ orderId }) => tx.where('waybills', 'fetchedFor', orderId))),
  ])
  const own = fetched.flat().filter((row) => row.courier === choice.courier && row.freeFor !== '')
  return {
    choice,
    byRules,
    // The buyer comes for it, whatever was chosen before (ORD-3).
    byHand: choice.courier === COLLECTED ? null : lastChoice(orders),
    table: readCourierTable(setting?.value),
    // What the buyer collects needs none, and a label printed ahead has its own.
    hasNumbers:
      choice.courier === COLLECTED ||
      pool.length > 0 ||
      own.length > 0 ||
      labelsOfParcel(orders).some((label) => label.courier === choice.courier),
  }
}

interface ChangeFormProps {
  readonly codes: readonly string[]
  readonly onChoose: (courier: string, reason: string) => Promise<boolean>
  readonly onClose: () => void
}

function ChangeForm({ codes, onChoose, onClose }: ChangeFormProps): ReactElement {
  const { t } = useTranslation('dispatch')
  const [courier, setCourier] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (courier !== null && (await onChoose(courier, reason))) onClose()
  }
  return (
    <form className="dispatch-form" onSubmit={(event) => void save(event)}>
      <CourierSelect
        name="choose"
        label={t('courier.choose')}
        value={courier}
        codes={codes}
        onChange={setCourier}
      />
      <Input
        name="courierReason"
        aria-label={t('courier.reason')}
        placeholder={t('courier.reason')}
        maxLength={300}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="aside-actions">
        <Button
          type="primary"
          htmlType="submit"
          data-action="save-courier"
          disabled={courier === null || reason.trim() === ''}
        >
          {t('courier.save')}
        </Button>
        <Button onClick={onClose}>{t('courier.cancel')}</Button>
      </div>
    </form>
  )
}
