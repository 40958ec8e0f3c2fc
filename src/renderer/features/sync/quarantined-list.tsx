import { useLiveQuery } from '../../data/use-live-query.ts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { shopTime } from '../../../shared/domain/orders/deadline.ts'
import { useStation } from '../../app/station-app.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Panel, Tag } from '../../ui/small-parts.tsx'
import { loadQuarantined } from './sync-figures.ts'

const REASONS = ['malformed', 'otherContent', 'otherWarehouse', 'otherStation', 'generationClosed'] as const
type Reason = (typeof REASONS)[number] | 'unknown'

const reasonOf = (reason: string): Reason => REASONS.find((known) => known === reason) ?? 'unknown'

/** Events that the hub keeps apart, with why and what to do; nothing at all while there are none. */
export function QuarantinedList(): ReactElement | null {
  const { t } = useTranslation('sync')
  const { database, env } = useStation()
  const rows = useLiveQuery(async () => {
    const events = await loadQuarantined(database)
    const ids = [...new Set(events.flatMap(({ event }) => event.personId ?? []))]
    const people = await database.people.bulkGet(ids)
    const names = new Map(people.flatMap((person) => (person ? [[person.personId, person.name]] : [])))
    return events.map((row) => ({ ...row, person: names.get(row.event.personId ?? '') ?? '—' }))
  }, [database])
  if (rows === undefined || rows.length === 0) return null
  return (
    <Panel title={t('quarantined.title')} extra={<Tag tone="warn">{rows.length}</Tag>}>
      <p className="sync-hint">{t('quarantined.lead')}</p>
      <div className="sync-table" style={{ height: Math.min(6, rows.length) * 84 + 50 }}>
        <DataTable
          name="quarantined"
          rows={rows}
          rowKey={(row) => row.event.eventId}
          rowHeightPx={84}
          columns={[
            {
              key: 'at',
              title: t('quarantined.when'),
              width: 160,
              render: ({ event }) => shopTime(event.at, env.shopClock),
            },
            {
              key: 'what',
              title: t('quarantined.what'),
              width: 300,
              render: ({ event }) => (
                <>
                  {event.type}
                  <small className="sync-entities">
                    {event.entities.slice(0, 3).join(' ') || event.eventId}
                  </small>
                </>
              ),
            },
            { key: 'person', title: t('quarantined.person'), width: 110, render: ({ person }) => person },
            {
              key: 'reason',
              title: t('quarantined.reason'),
              width: 200,
              render: ({ reason }) => (
                <span data-reason={reason}>{t(`quarantined.${reasonOf(reason)}.reason`)}</span>
              ),
            },
            {
              key: 'todo',
              title: t('quarantined.todo'),
              width: 340,
              render: ({ reason }) => (
                <span className="sync-wrap">{t(`quarantined.${reasonOf(reason)}.todo`)}</span>
              ),
            },
          ]}
        />
      </div>
    </Panel>
  )
}
