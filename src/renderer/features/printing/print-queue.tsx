import { Segmented } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PrinterList } from '../../../shared/protocol/print-contract.ts'
import { fullJob } from '../../../shared/station/print-job.ts'
import type { PrintJobRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import type { StationDatabase } from '../../data/station-database.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Panel, Tag } from '../../ui/small-parts.tsx'
import { useFigures } from '../office/use-figures.ts'
import { AskCard } from './ask-card.tsx'
import { BatchList } from './batch-list.tsx'
import { JobButtons } from './job-buttons.tsx'
import { JOB_TONES, usePaperWords } from './paper-words.ts'
import { usePrinters } from './use-printers.ts'
import './printing.css'

/** Jobs that the list shows; older ones stand with their parcel in the archive. */
const SHOWN = 300
/** Questions at a time; the next ones follow as they are answered. */
const ASKED = 5
const ROW_PX = 58

const VIEWS = ['all', 'open'] as const
type View = (typeof VIEWS)[number]

/** Print jobs, what became of them, and what a person has to decide (LBL-3, LBL-4). */
export function PrintQueue(): ReactElement {
  const { t } = useTranslation('printing')
  const { database } = useStation()
  const [view, setView] = useState<View>('all')
  const { list } = usePrinters()
  const jobs = useLiveQuery(() => readJobs(database, view), [database, view])
  const asked = useUnknownJobs(ASKED)
  const rows = jobs ?? []
  return (
    <Panel title={t('section.jobs')} extra={<span>{t('queue.hint', { count: SHOWN })}</span>}>
      <BatchList />
      {asked.length > 0 && (
        <div className="ask-list">
          {asked.map((job) => (
            <AskCard key={job.jobId} job={job} printers={list} />
          ))}
        </div>
      )}
      <div className="queue-tools">
        <Segmented
          value={view}
          onChange={setView}
          options={VIEWS.map((value) => ({ value, label: t(`queue.show.${value}`) }))}
        />
      </div>
      <div
        className="settings-table"
        style={{ height: Math.max(1.6, Math.min(8, rows.length)) * ROW_PX + 42 }}
      >
        <DataTable
          name="jobs"
          rowHeightPx={ROW_PX}
          rows={rows}
          rowKey={(row) => row.jobId}
          loading={jobs === undefined}
          empty={t(`queue.empty.${view}`)}
          rowClass={({ state }) => (state === 'failed' || state === 'unknown' ? 'row-stop' : undefined)}
          columns={useColumns(list)}
        />
      </div>
    </Panel>
  )
}

/** Jobs that only a person can settle, oldest first. */
export function useUnknownJobs(limit: number): readonly PrintJobRow[] {
  const { database } = useStation()
  const rows = useLiveQuery(
    () => database.printJobs.where('state').equals('unknown').limit(limit).toArray(),
    [database, limit],
  )
  return useMemo(() => (rows ?? []).map(fullJob).sort((a, b) => a.createdAt - b.createdAt), [rows])
}

/** What waits, failed or is in doubt, however old it is, above the newest of the others. */
async function readJobs(database: StationDatabase, view: View): Promise<PrintJobRow[]> {
  const open = database.printJobs.where('state').anyOf('unknown', 'failed', 'sent', 'queued').limit(SHOWN)
  const newest = database.printJobs.orderBy('createdAt').reverse().limit(SHOWN)
  const rows = [...(await open.toArray()), ...(view === 'all' ? await newest.toArray() : [])]
  const jobs = new Map(rows.map((row) => [row.jobId, fullJob(row)]))
  return [...jobs.values()].sort((a, b) => URGENCY[a.state] - URGENCY[b.state] || b.createdAt - a.createdAt)
}

/** Settled jobs stand together by time; what is open stands above them. */
const URGENCY: Readonly<Record<PrintJobRow['state'], number>> = {
  unknown: 0,
  failed: 1,
  sent: 2,
  queued: 3,
  batched: 4,
  printed: 4,
  cancelled: 4,
}

function useColumns(printers: PrinterList | null): readonly Column<PrintJobRow>[] {
  const { t } = useTranslation('printing')
  const figures = useFigures()
  const words = usePaperWords()
  return useMemo(
    () => [
      { key: 'at', title: t('queue.at'), width: 178, render: (job) => figures.time(job.createdAt) },
      { key: 'kind', title: t('queue.paper'), width: 110, render: (job) => words.paper(job) },
      { key: 'subject', title: t('queue.subject'), width: 190, render: (job) => <Subject job={job} /> },
      {
        key: 'state',
        title: t('queue.state'),
        width: 150,
        render: (job) => (
          <span className="queue-subject" data-state={job.state}>
            <span>
              <Tag tone={JOB_TONES[job.state]}>{t(`state.${job.state}`)}</Tag>
            </span>
            <small>{words.printer(job.printerName)}</small>
          </span>
        ),
      },
      { key: 'cause', title: t('queue.cause'), render: (job) => <Cause job={job} /> },
      {
        key: 'actions',
        title: t('queue.actions'),
        width: 250,
        render: (job) => <JobButtons job={job} printers={printers} />,
      },
    ],
    [t, figures, words, printers],
  )
}

function Subject({ job }: { job: PrintJobRow }): ReactElement {
  const words = usePaperWords()
  const marks = [words.place(job), words.copy(job)].filter(Boolean).join(' · ')
  return (
    <span className="queue-subject" title={job.subject}>
      <span className="mono">{job.subject}</span>
      {marks !== '' && <small data-copy={job.copy}>{marks}</small>}
    </span>
  )
}

/** What happened and what to do, in words; the printer's own words come last. */
function Cause({ job }: { job: PrintJobRow }): ReactElement {
  const words = usePaperWords()
  const cause = words.cause(job)
  if (cause === null)
    return (
      <span className="mono" title={job.detail || job.file}>
        {job.detail || job.file}
      </span>
    )
  return (
    <span className="queue-cause" data-trouble={job.trouble ?? ''} title={job.detail}>
      <b>{cause.what}</b>
      <small>
        {cause.todo}
        {job.detail !== '' && ` · ${job.detail}`}
      </small>
    </span>
  )
}
