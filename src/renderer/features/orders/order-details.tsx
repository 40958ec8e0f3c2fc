import { Button } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { normaliseCode } from '../../../shared/base/text.ts'
import { addressWanted, recipientRefOf } from '../../../shared/domain/orders/desk.ts'
import { maskAddress, maskName, maskPhone } from '../../../shared/labels/mask-personal.ts'
import type { DemandRow, ParcelRow, RecipientRow, SkuRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { goTo, hashOfRoute } from '../../app/use-route.ts'
import type { StationDatabase } from '../../data/station-database.ts'
import { DefinitionList, Note, Panel, Tag } from '../../ui/small-parts.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { OrderDispatch } from '../merging/order-dispatch.tsx'
import { AsideHead } from '../office/office-page.tsx'
import { useFigures } from '../office/use-figures.ts'
import { useNow } from '../office/use-now.ts'
import { ConfirmPanel } from './confirm-panel.tsx'
import { Deadline } from './deadline.tsx'
import { FlagPanel } from './flag-panel.tsx'
import { LabelCard } from './label-card.tsx'
import { NotePanel } from './note-panel.tsx'
import { OrderFlag, StateTag } from './order-columns.tsx'
import { OrderLines } from './order-lines.tsx'
import { type OrderListing, orderFlag, orderState } from './order-listing.ts'
import { StepTargets } from './step-targets.tsx'
import { TransferPanel } from './transfer-panel.tsx'

/** An order with everything that its details show. */
export interface FullOrder extends OrderListing {
  readonly demand: readonly DemandRow[]
  readonly parcels: readonly ParcelRow[]
  readonly skus: ReadonlyMap<string, SkuRow>
}

/** By its id, or by its number as it was scanned. */
async function loadFullOrder(database: StationDatabase, key: string): Promise<FullOrder | null> {
  const order =
    (await database.orders.get(key)) ??
    (await database.orders.where('codeKey').equals(normaliseCode(key)).first())
  if (!order) return null
  const { orderId, platform } = order
  const [readiness, recipient, demand, parcels, skus] = await Promise.all([
    database.readiness.get(orderId),
    database.recipients.get(recipientRefOf(order)),
    database.demand.where('orderId').equals(orderId).toArray(),
    database.parcels.where('orderIds').equals(orderId).toArray(),
    database.skus.bulkGet((platform?.lines ?? []).map((line) => line.skuCode)),
  ])
  return {
    order,
    readiness: readiness ?? null,
    recipient: recipient ?? null,
    demand,
    parcels,
    skus: new Map(skus.flatMap((sku) => (sku ? [[sku.code, sku] as const] : []))),
  }
}

/** One order: what it wants and where from, who gets it, what the buyer wrote, its parcels. */
export function OrderDetails({
  orderId,
  onClose,
}: {
  orderId: string
  onClose: () => void
}): ReactElement | null {
  const { database } = useStation()
  const { t } = useTranslation('office')
  const now = useNow()
  const found = useLiveQuery(
    async () => ({ full: await loadFullOrder(database, orderId) }),
    [database, orderId],
  )
  if (found === undefined) return null
  const { full } = found
  if (full === null)
    return (
      <AsideHead kind={t('order.order')} title={orderId} onClose={onClose}>
        <EmptyState icon="orders" title={t('order.unknown')} />
      </AsideHead>
    )
  const { order, readiness, recipient, parcels } = full
  const { platform } = order
  // What waits for somebody stands on top.
  const doubtful = addressWanted(order)
  return (
    <>
      <AsideHead
        kind={t('order.order')}
        title={
          <>
            <OrderFlag flag={orderFlag(full)} />
            {platform?.number ?? order.orderId}
          </>
        }
        sub={platform?.statusText}
        onClose={onClose}
      >
        <div className="aside-actions">
          <StateTag state={orderState(order, readiness)} />
          <Deadline at={order.deadlineAt} now={now} open={order.queue === 'open'} />
        </div>
        {platform?.message && <Note>{platform.message}</Note>}
        {platform?.memo && <Note tone="plain">{platform.memo}</Note>}
        {order.queue === 'open' && (
          <div className="aside-actions">
            <Button data-action="open-pack" onClick={() => goTo('pack', [platform?.number ?? ''])}>
              {t('order.toPack')}
            </Button>
          </div>
        )}
      </AsideHead>
      {doubtful && <ConfirmPanel order={order} recipient={recipient} />}
      <FlagPanel order={order} shown={orderFlag(full)} />
      <NotePanel order={order} now={now} />
      <OrderLines full={full} />
      {!doubtful && <ConfirmPanel order={order} recipient={recipient} />}
      <OrderDispatch order={order} />
      <LabelCard order={order} ready={readiness?.state === 'ready'} />
      {recipient !== null && <RecipientCard recipient={recipient} />}
      <TransferPanel order={order} />
      <StepTargets order={order} demand={full.demand} now={now} />
      <Times full={full} />
      <Parcels parcels={parcels} />
    </>
  )
}

/** Masked until somebody needs it (SEC-5). */
function RecipientCard({ recipient }: { recipient: RecipientRow }): ReactElement {
  const { t } = useTranslation('office')
  const [shown, setShown] = useState(false)
  const { name, phone, company, province, city, district, street, postcode } = recipient
  const address = [province, city, district, street].filter(Boolean).join(' ')
  return (
    <Panel
      title={t('order.recipient')}
      extra={
        <button
          type="button"
          className="aside-close"
          data-action="show-recipient"
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        >
          {t(shown ? 'order.hide' : 'order.show')}
        </button>
      }
    >
      <DefinitionList
        items={[
          { name: t('person.name'), value: shown ? name : maskName(name) },
          ...(company === '' ? [] : [{ name: t('person.company'), value: company }]),
          { name: t('person.phone'), value: shown ? phone : maskPhone(phone) },
          { name: t('person.address'), value: shown ? `${address} ${postcode}` : maskAddress(address) },
        ]}
      />
    </Panel>
  )
}

function Times({ full: { order } }: { full: FullOrder }): ReactElement | null {
  const { t } = useTranslation('office')
  const figures = useFigures()
  const { platform } = order
  if (!platform) return null
  return (
    <Panel title={t('order.facts')}>
      <DefinitionList
        items={[
          { name: t('order.buyer'), value: platform.buyer || '—' },
          { name: t('order.createdAt'), value: figures.time(platform.createdAt) },
          { name: t('order.paidAt'), value: figures.time(platform.paidAt) },
          { name: t('order.deadline'), value: figures.time(order.deadlineAt) },
          { name: t('order.total'), value: figures.yuan(platform.totalFen) },
        ]}
      />
    </Panel>
  )
}

function Parcels({ parcels }: { parcels: readonly ParcelRow[] }): ReactElement | null {
  const { t } = useTranslation('office')
  const figures = useFigures()
  if (parcels.length === 0) return null
  return (
    <Panel title={t('order.parcels')}>
      <ul className="rows">
        {parcels.map(({ parcelId, waybillNumber, finish, state }) => (
          <li key={parcelId}>
            <span>
              <a href={hashOfRoute('archive', [waybillNumber])}>{waybillNumber}</a>
              <small>
                {finish === null
                  ? ''
                  : `${figures.time(finish.at)} · ${finish.packerName} · ${figures.grams(finish.weightGrams)}`}
              </small>
            </span>
            <Tag tone={state === 'voided' ? 'stop' : 'ok'}>{t(`parcelState.${state}`)}</Tag>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
