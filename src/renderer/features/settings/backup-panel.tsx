import { Button } from 'antd'
import { type ReactElement, useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type BackupState,
  type BackupWriteAnswer,
  HostError,
  type StationDescription,
} from '../../../shared/protocol/host-contract.ts'
import { useStation } from '../../app/station-app.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { DefinitionList, Note, Panel } from '../../ui/small-parts.tsx'
import { ErrorPanel } from '../../ui/states.tsx'
import { bytesInWords } from '../office/bytes-in-words.ts'
import { useFigures } from '../office/use-figures.ts'
import { useNow } from '../office/use-now.ts'
import { useIsManager } from '../office/use-person.ts'
import { BackupSchedule } from './backup-schedule.tsx'
import { RecoveryCode } from './recovery-code.tsx'
import './backup.css'

const HOUR_MS = 3_600_000
const ROUND_MS = 15_000

/** SEC-4: one encrypted file, by hand and on a schedule, and what became of the last one. */
export function BackupPanel(): ReactElement {
  const { t } = useTranslation('safety')
  const { space } = useStation()
  return (
    <Panel title={t('backup.title')}>
      <p className="backup-lead">{t('backup.what')}</p>
      {space === 'demo' ? <Note tone="plain">{t('backup.demo')}</Note> : <Backups />}
    </Panel>
  )
}

interface Known {
  readonly state: BackupState
  readonly facts: StationDescription
}

function Backups(): ReactElement | null {
  const { t } = useTranslation('safety')
  const { host, space } = useStation()
  const manager = useIsManager()
  const now = useNow(ROUND_MS)
  const [known, setKnown] = useState<Known | null>(null)
  const [code, setCode] = useState<string | null>(null)
  const [written, setWritten] = useState<Outcome | null>(null)
  const [busy, setBusy] = useState(false)
  const look = useCallback(async () => {
    const [state, facts] = await Promise.all([
      host.call('backup.describe', {}),
      host.call('station.describe', { space }),
    ])
    setKnown({ state, facts })
  }, [host, space])
  useEffect(() => {
    // What the schedule does in the background shows within a round; `now` tells the rounds.
    if (now > 0) void look().catch(() => undefined)
  }, [look, now])
  const configured = (): void => {
    // What the last press of the button said is no longer of this folder.
    setWritten(null)
    void look()
  }
  const begin = async (): Promise<void> => {
    const answer = await host.call('backup.begin', {})
    if (answer.tag === 'begun') setCode(answer.recoveryCode)
    await look()
  }
  const write = async (): Promise<void> => {
    setBusy(true)
    setWritten(null)
    const answer = await host.call('backup.write', {}).catch(unanswered)
    setWritten(answer)
    setBusy(false)
    await look().catch(() => undefined)
  }
  if (known === null) return null
  const { state, facts } = known
  return (
    <div data-backup={state.ready ? 'ready' : 'none'}>
      {!state.ready && <Note>{t('backup.beginHint')}</Note>}
      <Trouble state={state} written={written} />
      {state.ready && <Times state={state} now={now} />}
      <div className="settings-actions">
        {!state.ready && (
          <Button
            type="primary"
            size="large"
            data-action="backup-begin"
            disabled={!manager}
            onClick={() => void begin()}
          >
            {t('backup.begin')}
          </Button>
        )}
        {state.ready && (
          <Button type="primary" data-action="backup-now" loading={busy} onClick={() => void write()}>
            {t(busy ? 'backup.working' : 'backup.now')}
          </Button>
        )}
        {!manager && <span className="backup-hint">{t('managerWanted')}</span>}
      </div>
      {state.ready && (
        <>
          <BackupSchedule state={state} disabled={!manager} onSaved={configured} />
          <Files state={state} freeBytes={facts.freeBytes} dataDirectory={facts.dataDirectory} />
        </>
      )}
      {code !== null && <RecoveryCode code={code} onKept={() => setCode(null)} />}
    </div>
  )
}

type Outcome = BackupWriteAnswer | { readonly tag: 'host'; readonly detail: string }

const unanswered = (error: unknown): Outcome => ({
  tag: 'host',
  detail: error instanceof HostError ? error.fault.detail : String(error),
})

/** The answer of this press of the button, else what the host remembers of the last one. */
function Trouble({ state, written }: { state: BackupState; written: Outcome | null }): ReactElement | null {
  const { t, i18n } = useTranslation('safety')
  if (written?.tag === 'written') {
    const { name, bytes } = written.file
    return (
      <div data-outcome="written">
        <Note tone="ok">{t('backup.written', { name, size: bytesInWords(bytes, i18n.language) })}</Note>
      </div>
    )
  }
  const trouble = written ?? state.trouble
  if (trouble === null) return null
  const { tag } = trouble
  const todo = tag === 'notReady' || tag === 'host' ? 'failed' : tag
  const detail = 'detail' in trouble ? trouble.detail : ''
  return (
    <div data-trouble={tag}>
      <ErrorPanel
        happened={t(`backup.trouble.${tag}`)}
        kept={
          <>
            {t('backup.kept')} <small className="mono">{detail}</small>
          </>
        }
        todo={t(`backup.todo.${todo}`)}
      />
    </div>
  )
}

function Times({ state, now }: { state: BackupState; now: number }): ReactElement {
  const { t } = useTranslation('safety')
  const figures = useFigures()
  const { lastAt, everyHours } = state
  const nextAt = everyHours === null ? null : (lastAt ?? 0) + everyHours * HOUR_MS
  return (
    <DefinitionList
      items={[
        { name: t('backup.last'), value: lastAt === null ? t('backup.never') : figures.time(lastAt) },
        {
          name: t('backup.next'),
          value:
            nextAt === null
              ? t('backup.nextNever')
              : nextAt <= now
                ? t('backup.nextSoon')
                : figures.time(nextAt),
        },
      ]}
    />
  )
}

interface FilesProps {
  readonly state: BackupState
  readonly freeBytes: number | null
  readonly dataDirectory: string
}

function Files({ state, freeBytes, dataDirectory }: FilesProps): ReactElement {
  const { t, i18n } = useTranslation('safety')
  const figures = useFigures()
  const size = (bytes: number): string => bytesInWords(bytes, i18n.language)
  const { files, totalBytes, directory } = state
  const totals = { count: files.length, size: size(totalBytes) }
  return (
    <>
      <p className="backup-totals mono" data-total-bytes={totalBytes}>
        {freeBytes === null
          ? t('backup.totalsNoFree', totals)
          : t('backup.totals', { ...totals, free: size(freeBytes) })}
        <small>{directory}</small>
      </p>
      {directory.startsWith(dataDirectory) && <Note>{t('backup.samePlace')}</Note>}
      <div className="settings-table" style={{ height: Math.max(1.6, Math.min(5, files.length)) * 48 + 40 }}>
        <DataTable
          name="backups"
          rows={files}
          rowKey={(file) => file.name}
          empty={t('backup.noFiles')}
          columns={[
            {
              key: 'name',
              title: t('backup.file'),
              render: (file) => <span title={file.path}>{file.name}</span>,
            },
            { key: 'at', title: t('backup.time'), width: 200, render: (file) => figures.time(file.at) },
            {
              key: 'bytes',
              title: t('backup.size'),
              width: 120,
              align: 'end',
              render: (file) => size(file.bytes),
            },
          ]}
        />
      </div>
    </>
  )
}
