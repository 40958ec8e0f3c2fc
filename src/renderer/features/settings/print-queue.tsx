import { useLiveQuery } from 'dexie-react-hooks'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { shopTime } from '../../../shared/domain/orders/deadline.ts'
import type { PrintJobRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import type { StationDatabase } from '../../data/station-database.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Panel, Tag } from '../../ui/small-parts.tsx'

const SHOWN = 200
/** Records looked through for jobs; what is older is found in the archive. */
const LOOKED_THROUGH = 3000

const TONES = { queued: 'warn', printed: 'ok', failed: 'stop' } as const

/** The latest print jobs and what became of them (LBL-3, LBL-4). */
export function PrintQueue(): ReactElement {
  const { t } = useTranslation('data')
  const station = useStation()
  const jobs = useLiveQuery(() => latestJobs(station.database), [station])
  return (
    <Panel title={t('settings.section.jobs')} extra={<span>{t('jobs.hint')}</span>}>
      <div
        className="settings-table"
        style={{ height: Math.max(1.6, Math.min(8, jobs?.length ?? 0)) * 44 + 40 }}
      >
        <DataTable
          name="jobs"
          rowHeightPx={44}
          rows={jobs ?? []}
          rowKey={(row) => row.jobId}
          loading={jobs === undefined}
          empty={t('jobs.empty')}
          rowClass={(row) => (row.state === 'failed' ? 'row-stop' : undefined)}
          columns={[
            {
              key: 'at',
              title: t('jobs.at'),
              width: 170,
              render: (row) => shopTime(row.createdAt, station.env.shopClock),
            },
            {
              key: 'kind',
              title: t('jobs.kind'),
              width: 140,
              render: (row) => t(`document.${row.document.kind}`),
            },
            { key: 'subject', title: t('jobs.subject'), width: 200, render: (row) => row.subject },
            {
              key: 'state',
              title: t('jobs.state'),
              width: 130,
              render: (row) => <Tag tone={TONES[row.state]}>{t(`jobState.${row.state}`)}</Tag>,
            },
            {
              key: 'detail',
              title: t('jobs.detail'),
              render: (row) => <span title={row.file || row.detail}>{row.detail || row.file}</span>,
            },
          ]}
        />
      </div>
    </Panel>
  )
}

/** Jobs have no index by time; the log tells their order. What waits or failed is shown however old it is. */
async function latestJobs(database: StationDatabase): Promise<PrintJobRow[]> {
  const records = await database.records.orderBy('seq').reverse().limit(LOOKED_THROUGH).toArray()
  const ids = new Set(
    records.flatMap((record) =>
      record.kind === 'person' && record.data.what === 'print' ? [record.data.job.jobId] : [],
    ),
  )
  const open = await database.printJobs.where('state').anyOf('queued', 'failed').limit(SHOWN).toArray()
  for (const job of open) ids.add(job.jobId)
  const rows = await database.printJobs.bulkGet([...ids])
  return rows
    .flatMap((row) => (row ? [row] : []))
    .sort((a, b) => b.createdAt - a.createdAt)
    .slice(0, SHOWN)
}
