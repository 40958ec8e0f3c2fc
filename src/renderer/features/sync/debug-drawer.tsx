import { Button, Drawer, Tabs } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shopTime } from '../../../shared/domain/orders/deadline.ts'
import { type LogRecord, TABLE_NAMES } from '../../../shared/station/tables.ts'
import { type StationApp, useStation } from '../../app/station-app.ts'
import { type RebuildOutcome, rebuildAndCompare } from '../../data/rebuild-compare.ts'
import { LongWork } from '../../ui/long-work.tsx'
import { DefinitionList, Tag } from '../../ui/small-parts.tsx'
import { useDebugDrawer } from './debug-store.ts'
import './sync.css'

/** What the station has written down lately, for whoever looks for a fault; opens with Ctrl+Shift+D. */
export function DebugDrawer(): ReactElement {
  const { t } = useTranslation('data')
  const { open, show } = useDebugDrawer()
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!event.ctrlKey || !event.shiftKey || event.code !== 'KeyD') return
      event.preventDefault()
      show(!useDebugDrawer.getState().open)
    }
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  }, [show])
  return (
    <Drawer title={t('debug.title')} size={760} open={open} onClose={() => show(false)} destroyOnHidden>
      <Tabs
        items={[
          { key: 'steps', label: t('debug.steps'), children: <Records which="step" /> },
          { key: 'events', label: t('debug.events'), children: <Records which="event" /> },
          { key: 'outbox', label: t('debug.outbox'), children: <Records which="outbox" /> },
          { key: 'tables', label: t('debug.tables'), children: <TableCounts /> },
          { key: 'rebuild', label: t('debug.rebuild'), children: <Rebuild /> },
        ]}
      />
    </Drawer>
  )
}

type Which = 'step' | 'event' | 'outbox'

const SHOWN = 50
/** Records looked through for one kind; older ones are in the journal. */
const LOOKED_THROUGH = 1000

async function latest({ database }: StationApp, which: Which): Promise<LogRecord[]> {
  if (which === 'outbox') return database.records.orderBy('outboxCounter').limit(SHOWN).toArray()
  const records = await database.records.orderBy('seq').reverse().limit(LOOKED_THROUGH).toArray()
  return records.filter((record) => record.kind === which).slice(0, SHOWN)
}

function Records({ which }: { which: Which }): ReactElement {
  const { t } = useTranslation('data')
  const station = useStation()
  const records = useLiveQuery(() => latest(station, which), [station, which])
  if (records === undefined) return <p>…</p>
  if (records.length === 0) return <p>{t('debug.none')}</p>
  return (
    <ul className="debug-records" data-debug={which}>
      {records.map((record) => (
        <li key={record.seq}>
          <RecordLine record={record} station={station} />
        </li>
      ))}
    </ul>
  )
}

function RecordLine({ record, station }: { record: LogRecord; station: StationApp }): ReactElement {
  const [open, setOpen] = useState(false)
  const at = record.kind === 'step' || record.kind === 'event' ? record.data.at : null
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className="debug-seq">{record.seq}</span>
        <span>{at === null ? '' : shopTime(at, station.env.shopClock).slice(5)}</span>
        <b>{summaryOf(record)}</b>
        {record.kind === 'event' && record.outboxCounter !== undefined && <Tag>#{record.outboxCounter}</Tag>}
      </summary>
      {open && <pre>{JSON.stringify(record.data, null, 1).slice(0, 20_000)}</pre>}
    </details>
  )
}

function summaryOf(record: LogRecord): string {
  if (record.kind === 'event') return record.data.type
  if (record.kind === 'step') {
    const { area, scan, answer } = record.data
    return `${area} · ${scan} → ${answer.verdict} ${answer.reason}`
  }
  return record.kind
}

function TableCounts(): ReactElement {
  const station = useStation()
  const counts = useLiveQuery(
    () =>
      Promise.all(
        TABLE_NAMES.map(async (name) => [name, await station.database.table(name).count()] as const),
      ),
    [station],
  )
  return (
    <DefinitionList
      wide
      items={(counts ?? []).map(([name, count]) => ({ name, value: count.toLocaleString('en') }))}
    />
  )
}

function Rebuild(): ReactElement {
  const { t } = useTranslation('data')
  const station = useStation()
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null)
  const [outcome, setOutcome] = useState<RebuildOutcome | null>(null)
  const start = async (): Promise<void> => {
    setOutcome(null)
    setProgress({ done: 0, total: 0 })
    try {
      setOutcome(await rebuildAndCompare(station, setProgress))
    } finally {
      setProgress(null)
    }
  }
  return (
    <div className="debug-rebuild">
      <p>{t('debug.rebuildHint')}</p>
      <Button data-action="debug-rebuild" disabled={progress !== null} onClick={() => void start()}>
        {t('debug.rebuildStart')}
      </Button>
      {progress !== null && (
        <LongWork label={t('debug.rebuild')} done={progress.done} total={progress.total} />
      )}
      {outcome !== null && (
        <div data-debug-rebuild={outcome.equal ? 'equal' : 'different'}>
          <Tag tone={outcome.equal ? 'ok' : 'stop'}>
            {t(outcome.equal ? 'debug.equal' : 'debug.different', { count: outcome.entries })}
          </Tag>
          <ul>
            {outcome.differences.map((difference) => (
              <li key={difference}>{difference}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}
