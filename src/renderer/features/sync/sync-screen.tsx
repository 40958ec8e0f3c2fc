import { Button } from 'antd'
import { type ReactElement, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StationDescription, VerifyAnswer } from '../../../shared/protocol/host-contract.ts'
import { useStation } from '../../app/station-app.ts'
import { useStationStatus } from '../../station/station-status.ts'
import { OfficeLayout } from '../../ui/layouts.tsx'
import { BigNumber, DefinitionList, Note, Panel, Tag } from '../../ui/small-parts.tsx'
import { useDebugDrawer } from './debug-store.ts'
import { DiagnosePanel } from './diagnose-panel.tsx'
import { HubPanel } from './hub-panel.tsx'
import { QuarantinedList } from './quarantined-list.tsx'
import { StationList } from './station-list.tsx'
import './sync.css'

/** Where the station's records stand: in the browser, in the journal file, on the way to the hub (SYN-5). */
export function SyncScreen(): ReactElement {
  const { t } = useTranslation('data')
  const show = useDebugDrawer((drawer) => drawer.show)
  const enrolled = useStationStatus(({ sync }) => sync.link?.tag === 'enrolled')
  return (
    <OfficeLayout
      title={t('sync.title')}
      tools={
        <Button data-action="debug" onClick={() => show(true)}>
          {t('sync.debug')}
        </Button>
      }
    >
      <div className="sync-grid">
        <HubPanel />
        <div className="sync-column">
          <DiagnosePanel />
          <JournalPanel />
        </div>
        {enrolled && (
          <div className="sync-wide">
            <StationList />
          </div>
        )}
        <div className="sync-wide">
          <QuarantinedList />
        </div>
        <HostPanel />
      </div>
    </OfficeLayout>
  )
}

function JournalPanel(): ReactElement {
  const { t } = useTranslation('data')
  const { host, space } = useStation()
  const { journalLag, journalTrouble } = useStationStatus()
  const [verified, setVerified] = useState<VerifyAnswer | 'running' | 'failed' | null>(null)
  const verify = async (): Promise<void> => {
    setVerified('running')
    setVerified(await host.call('journal.verify', { space }).catch(() => 'failed' as const))
  }
  return (
    <Panel
      title={t('sync.journal')}
      extra={
        <Tag tone={journalTrouble ? 'stop' : journalLag > 0 ? 'warn' : 'ok'}>
          {t(journalTrouble ? 'sync.stuck' : journalLag > 0 ? 'sync.behind' : 'sync.level')}
        </Tag>
      }
    >
      <BigNumber value={journalLag} unit={t('sync.lagUnit')} />
      <p className="sync-hint">{t('sync.journalHint')}</p>
      {journalTrouble && (
        <Note tone="stop">
          {t(`sync.trouble.${journalTrouble.tag}`)} {journalTrouble.detail}
        </Note>
      )}
      <Button data-action="verify-journal" disabled={verified === 'running'} onClick={() => void verify()}>
        {t('sync.verify')}
      </Button>
      {verified !== null && <Verified answer={verified} />}
    </Panel>
  )
}

function Verified({ answer }: { answer: VerifyAnswer | 'running' | 'failed' }): ReactElement {
  const { t, i18n } = useTranslation('data')
  if (answer === 'running') return <p role="status">{t('sync.verifying')}</p>
  if (answer === 'failed') return <Note tone="stop">{t('sync.verifyFailed')}</Note>
  if (answer.tag === 'intact') {
    const entries = new Intl.NumberFormat(i18n.language).format(answer.entries)
    return (
      <div role="status" data-journal="intact">
        <Note tone="ok">{t('sync.intact', { entries })}</Note>
      </div>
    )
  }
  return (
    <div role="alert" data-journal="broken">
      <Note tone="stop">{t('sync.broken', { line: String(answer.line), detail: answer.detail })}</Note>
    </div>
  )
}

function HostPanel(): ReactElement {
  const { t, i18n } = useTranslation('data')
  const station = useStation()
  const persisted = useStationStatus((status) => status.persisted)
  const facts = useDescription()
  const gigabytes = (bytes: number): string =>
    new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 }).format(bytes / 1_073_741_824)
  return (
    <Panel title={t('sync.host')}>
      <DefinitionList
        items={[
          { name: t('facts.host'), value: t(`facts.hostKind.${facts.host}`) },
          { name: t('facts.version'), value: facts.appVersion },
          { name: t('facts.station'), value: facts.stationId },
          { name: t('facts.generation'), value: facts.journal.generation ?? '—' },
          { name: t('facts.directory'), value: facts.dataDirectory },
          {
            name: t('facts.journal'),
            value: t('facts.journalValue', {
              last: String(facts.journal.lastSeq),
              total: String(facts.journal.totalEntries),
            }),
          },
          {
            name: t('facts.free'),
            value: facts.freeBytes === null ? '—' : `${gigabytes(facts.freeBytes)} GB`,
          },
          { name: t('facts.keys'), value: t(facts.keysSealed ? 'facts.sealed' : 'facts.notSealed') },
          { name: t('facts.database'), value: station.database.name },
          {
            name: t('facts.persisted'),
            value: persisted === null ? '—' : t(persisted ? 'facts.persistedYes' : 'facts.persistedNo'),
          },
        ]}
      />
      {facts.notices.map((notice) => (
        <Note key={notice.detail}>{t(`facts.notice.${notice.tag}`, { detail: notice.detail })}</Note>
      ))}
    </Panel>
  )
}

/** The host's facts as they are now; those of the start until they have been asked for. */
export function useDescription(): StationDescription {
  const { host, space, description } = useStation()
  const [facts, setFacts] = useState(description)
  useEffect(() => {
    let current = true
    host.call('station.describe', { space }).then(
      (answer) => current && setFacts(answer),
      () => undefined,
    )
    return () => {
      current = false
    }
  }, [host, space])
  return facts
}
