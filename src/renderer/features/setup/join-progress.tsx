import { Button } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { HUB_CURSOR } from '../../../shared/station/apply-stream.ts'
import { useStation } from '../../app/station-app.ts'
import type { StationDatabase } from '../../data/station-database.ts'
import { useStationStatus } from '../../station/station-status.ts'
import type { SyncView } from '../../sync/sync-view.ts'
import { LongWork } from '../../ui/long-work.tsx'
import { Note } from '../../ui/small-parts.tsx'
import { ErrorPanel } from '../../ui/states.tsx'
import { useNow } from '../office/use-now.ts'
import { StartPage } from './start-page.tsx'

interface JoinProgressProps {
  readonly onReady: () => void
  /** The hub was left again: everything begins anew. */
  readonly onLeft: () => void
}

/** How often the arriving rows are counted. */
const COUNT_EVERY_MS = 700

/** The shop arrives: a bar, what is there already, and the way in as soon as people and settings are. */
export function JoinProgress({ onReady, onLeft }: JoinProgressProps): ReactElement {
  const { t, i18n } = useTranslation('sync')
  const { database } = useStation()
  const view = useStationStatus((status) => status.sync)
  const round = useNow(COUNT_EVERY_MS)
  const arrived = useLiveQuery(() => loadArrived(database), [database, round])
  const ready = arrived !== undefined && arrived.people > 0 && arrived.shop
  const whole = ready && view.phase === 'current' && arrived.cursor >= view.hubSequence
  useEffect(() => {
    if (whole) onReady()
  }, [whole, onReady])
  const number = new Intl.NumberFormat(i18n.language)
  const counts = {
    people: number.format(arrived?.people ?? 0),
    skus: number.format(arrived?.skus ?? 0),
    orders: number.format(arrived?.orders ?? 0),
  }
  const empty = !ready && view.phase === 'current' && (arrived?.cursor ?? 0) >= view.hubSequence
  return (
    <StartPage title={t('join.pulling')} lead={t('join.pullingLead')}>
      <section className="start-group join-group" data-join={ready ? 'ready' : 'pulling'}>
        <LongWork
          label={t('join.counts', counts)}
          done={arrived?.cursor ?? 0}
          total={view.hubSequence === 0 ? null : Math.max(view.hubSequence, arrived?.cursor ?? 0)}
        />
        {empty && <Note>{t('join.empty')}</Note>}
        <Stuck view={view} />
        <div className="hub-form-foot">
          {ready && (
            <Button type="primary" size="large" data-action="join-go-on" onClick={onReady}>
              {t('join.goOn')}
            </Button>
          )}
          {!ready && <LeaveButton onLeft={onLeft} />}
        </div>
        {ready && !whole && <p className="join-hint">{t('join.goOnHint')}</p>}
      </section>
    </StartPage>
  )
}

function Stuck({ view }: { view: SyncView }): ReactElement | null {
  const { t } = useTranslation('sync')
  const { sync } = useStation()
  if (view.trouble === null) return null
  const { tag, detail } = view.trouble
  return (
    <ErrorPanel
      happened={`${t('join.stuck')}: ${t(`finding.${tag}.cause`, { detail })}`}
      kept={t('join.stuckKept')}
      todo={t(`finding.${tag}.remedy`)}
      action={
        <Button type="primary" data-action="sync-now" onClick={() => sync.hurry()}>
          {t('hub.syncNow')}
        </Button>
      }
    />
  )
}

function LeaveButton({ onLeft }: { onLeft: () => void }): ReactElement {
  const { t } = useTranslation('sync')
  const { host, sync } = useStation()
  const leave = async (): Promise<void> => {
    await host.call('hub.leave', {})
    sync.relink()
    onLeft()
  }
  return (
    <Button size="large" data-action="join-leave" onClick={() => void leave()}>
      {t('join.leave')}
    </Button>
  )
}

async function loadArrived(database: StationDatabase) {
  const [people, shop, skus, orders, cursor] = await Promise.all([
    database.people.count(),
    database.settings.get('shopName'),
    database.skus.count(),
    database.orders.count(),
    database.meta.get(HUB_CURSOR),
  ])
  return { people, shop: shop !== undefined, skus, orders, cursor: Number(cursor?.value ?? 0) }
}
