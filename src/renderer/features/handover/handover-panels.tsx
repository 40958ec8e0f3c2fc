import { Button } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { courierName } from '../../../shared/domain/shipping/couriers.ts'
import type { HandoverTask } from '../../../shared/domain/shipping/handover-task.ts'
import { useStation } from '../../app/station-app.ts'
import { BigNumber, Panel, Tag } from '../../ui/small-parts.tsx'
import { useFigures } from '../office/use-figures.ts'
import { useNow } from '../office/use-now.ts'
import type { WaitingParcels } from './use-waiting-parcels.ts'

const SHOWN = 200
const RECENT = 12

/** How many parcels, how heavy by our scale, what the courier asks. */
export function TotalsPanel({ task, onFinish }: { task: HandoverTask; onFinish: () => void }): ReactElement {
  const { t } = useTranslation('floor')
  const figures = useFigures()
  const grams = task.parcels.reduce((sum, parcel) => sum + (parcel.ourWeightGrams ?? 0), 0)
  const fees = task.parcels.reduce((sum, parcel) => sum + (parcel.theirFeeFen ?? 0), 0)
  return (
    <Panel title={t('handover.totals')}>
      <BigNumber value={task.parcels.length} unit={t('unit.parcels')} />
      <p className="panel-words">{t('handover.grams', { grams: figures.number(grams) })}</p>
      {fees > 0 && <p className="panel-words">{t('handover.fees', { fees: (fees / 100).toFixed(2) })}</p>}
      {task.state === 'scanning' && (
        <Button
          className="wide-button"
          type={task.parcels.length > 0 ? 'primary' : 'default'}
          size="large"
          block
          data-action="finish"
          onClick={onFinish}
        >
          {t('handover.finish')}
        </Button>
      )}
    </Panel>
  )
}

/** Parcels of this courier that are packed but not in the list: fewer slips than shipments = look now (SHP-1). */
export function NotInListPanel({
  task,
  waiting,
}: {
  task: HandoverTask
  waiting: WaitingParcels
}): ReactElement {
  const { t } = useTranslation('floor')
  const inList = new Set(task.parcels.map((parcel) => parcel.parcelId))
  const own = waiting.parcels.filter((parcel) => parcel.courier === task.courier)
  const open = own.filter((parcel) => !inList.has(parcel.parcelId))
  const shown = open.slice(0, SHOWN)
  if (open.length === 0)
    return (
      <Panel title={t('handover.notInList')} fill>
        <div className="tag-row">
          <Tag tone="ok">{t('handover.allIn')}</Tag>
        </div>
      </Panel>
    )
  return (
    <Panel
      title={t('handover.notInList')}
      extra={<Tag tone="warn">{`${open.length}${waiting.more ? '+' : ''} ${t('unit.parcels')}`}</Tag>}
      fill
    >
      <ul className="placed-list" data-list="not-in-list">
        {shown.map(({ parcelId, waybillNumber, finish }) => (
          <li key={parcelId} data-key={waybillNumber}>
            <span>{waybillNumber}</span>
            <b>{figuresOf(finish?.weightGrams ?? null)}</b>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const figuresOf = (grams: number | null): string => (grams === null ? '' : `${grams} g`)

/** The lists signed last: number, courier, parcels, when (SHP-2). */
export function RecentPanel(): ReactElement {
  const { t } = useTranslation('floor')
  const { database } = useStation()
  const figures = useFigures()
  const now = useNow()
  const lists = useLiveQuery(
    () => database.handovers.orderBy('closedAt').reverse().limit(RECENT).toArray(),
    [database],
    [],
  )
  return (
    <Panel title={t('handover.recent')} fill>
      {lists.length === 0 && <p className="panel-words">{t('handover.noRecent')}</p>}
      <ul className="placed-list" data-list="handovers">
        {lists.map(({ handoverNo, courier, parcels, signedBy, closedAt }) => (
          <li key={handoverNo} data-key={handoverNo}>
            <span>
              {handoverNo}
              <small className="under">
                {[courierName(courier), signedBy, figures.shortTime(closedAt, now)].join(' · ')}
              </small>
            </span>
            <b>{`${parcels.length} ${t('unit.parcels')}`}</b>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** How many parcels wait for couriers. */
export function WaitingPanel({ waiting }: { waiting: WaitingParcels }): ReactElement {
  const { t } = useTranslation('floor')
  return (
    <Panel title={t('handover.waitingTitle')}>
      <BigNumber value={waiting.count} unit={t('unit.parcels')} />
    </Panel>
  )
}
