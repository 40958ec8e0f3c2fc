import { Button } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shopTime } from '../../../shared/domain/orders/deadline.ts'
import type { HubLink } from '../../../shared/protocol/host-contract.ts'
import { CLOCK_TOLERANCE_MS } from '../../../shared/sync/diagnose.ts'
import { useStation } from '../../app/station-app.ts'
import { useStationStatus } from '../../station/station-status.ts'
import { readHubAddress } from '../../sync/hub-address.ts'
import type { SyncView } from '../../sync/sync-view.ts'
import { LongWork } from '../../ui/long-work.tsx'
import { BigNumber, DefinitionList, Note, Panel, Tag, type Tone } from '../../ui/small-parts.tsx'
import { useNow } from '../office/use-now.ts'
import { CodeDialog } from './code-dialog.tsx'
import { LeaveDialog } from './leave-dialog.tsx'
import { type SyncFigures, useMayManage, useSyncFigures } from './sync-figures.ts'

type Enrolled = Extract<HubLink, { tag: 'enrolled' }>

/** Fewer records behind are there in a moment; more get a bar. */
const FAR_BEHIND = 500

const TONES: Readonly<Record<SyncView['phase'], Tone>> = {
  offline: 'warn',
  pushing: 'plain',
  pulling: 'plain',
  current: 'ok',
  error: 'stop',
}

/** How things stand with the hub, and what may be done about it. */
export function HubStatus({ link }: { link: Enrolled }): ReactElement {
  const { t } = useTranslation(['sync', 'shell'])
  const station = useStation()
  const view = useStationStatus((status) => status.sync)
  const figures = useSyncFigures()
  const manager = useMayManage()
  const [dialog, setDialog] = useState<'code' | 'leave' | null>(null)
  const address = readHubAddress(link.url)
  const { phase } = view
  return (
    <Panel title={t('hub.title')} extra={<Tag tone={TONES[phase]}>{t(`shell:sync.${phase}`)}</Tag>}>
      <BigNumber value={figures?.waiting ?? 0} unit={t('hub.waitingUnit')} />
      <p className="sync-hint">
        {figures?.oldestAt
          ? t('hub.oldest', { at: shopTime(figures.oldestAt, station.env.shopClock) })
          : t('hub.waitingNone')}
      </p>
      <Standing view={view} />
      {figures && <CatchingUp view={view} figures={figures} />}
      <DefinitionList items={useFacts(link, view, figures)} />
      {address.tag === 'address' && address.open && <Note>{t('form.openWarning')}</Note>}
      <div className="hub-actions">
        <Button type="primary" data-action="sync-now" onClick={() => station.sync.hurry()}>
          {t('hub.syncNow')}
        </Button>
        <Button data-action="new-code" disabled={!manager} onClick={() => setDialog('code')}>
          {t('code.ask')}
        </Button>
        <Button data-action="leave-hub" danger disabled={!manager} onClick={() => setDialog('leave')}>
          {t('hub.leave')}
        </Button>
      </div>
      {!manager && <p className="sync-hint">{t('hub.managerOnly')}</p>}
      {dialog === 'code' && <CodeDialog url={link.url} onClose={() => setDialog(null)} />}
      {dialog === 'leave' && <LeaveDialog waiting={figures?.waiting ?? 0} onClose={() => setDialog(null)} />}
    </Panel>
  )
}

/** The state in a sentence; trouble with its cause and remedy. */
function Standing({ view }: { view: SyncView }): ReactElement {
  const { t } = useTranslation('sync')
  const { shopClock } = useStation().env
  const now = useNow(1000)
  const { phase, trouble } = view
  if (trouble === null) return <p className="hub-standing">{t(`phase.${phase}`)}</p>
  const seconds = Math.ceil((view.retryAt - now) / 1000)
  const since = view.since === null ? '' : t('hub.troubleSince', { at: shopTime(view.since, shopClock) })
  return (
    <div className="hub-trouble" data-trouble={trouble.tag}>
      <Note tone={phase === 'error' ? 'stop' : 'warn'}>
        {t(`finding.${trouble.tag}.cause`, { detail: trouble.detail })} {since}
      </Note>
      <p>
        {t(`finding.${trouble.tag}.remedy`)}{' '}
        {seconds > 0 && <span className="sync-dim">{t('hub.retry', { seconds: String(seconds) })}</span>}
      </p>
    </div>
  )
}

function CatchingUp({ view, figures }: { view: SyncView; figures: SyncFigures }): ReactElement | null {
  const { t } = useTranslation('sync')
  if (view.hubSequence - figures.cursor < FAR_BEHIND) return null
  return <LongWork label={t('hub.catchingUp')} done={figures.cursor} total={view.hubSequence} />
}

function useFacts(link: Enrolled, view: SyncView, figures: SyncFigures | undefined) {
  const { t, i18n } = useTranslation('sync')
  const { shopClock } = useStation().env
  const number = new Intl.NumberFormat(i18n.language)
  const minutes = Math.round(Math.abs(view.clockOffsetMs ?? 0) / 60_000)
  const off = Math.abs(view.clockOffsetMs ?? 0) > CLOCK_TOLERANCE_MS
  const clock = off
    ? t((view.clockOffsetMs ?? 0) > 0 ? 'hub.clockSlow' : 'hub.clockFast', { minutes: String(minutes) })
    : t('hub.clockGood')
  return [
    { name: t('hub.address'), value: link.url },
    { name: t('hub.since'), value: shopTime(link.since, shopClock) },
    {
      name: t('hub.heard'),
      value: view.heardAt === null ? t('hub.never') : shopTime(view.heardAt, shopClock),
    },
    {
      name: t('hub.progress'),
      value: t('hub.progressValue', {
        cursor: number.format(figures?.cursor ?? 0),
        sequence: number.format(Math.max(view.hubSequence, figures?.cursor ?? 0)),
      }),
    },
    {
      name: t('hub.clock'),
      value: view.clockOffsetMs === null ? '—' : off ? <Tag tone="warn">{clock}</Tag> : clock,
    },
  ]
}
