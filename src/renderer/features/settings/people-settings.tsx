import { Button } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mayAct, type Person } from '../../../shared/domain/people/person.ts'
import { useStation } from '../../app/station-app.ts'
import { useStationStatus } from '../../station/station-status.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Note, Panel, Tag } from '../../ui/small-parts.tsx'
import { PersonForm } from './person-form.tsx'

/** Who works here, and what each may do (SEC-1, SEC-2). */
export function PeopleSettings(): ReactElement {
  const { t } = useTranslation(['data', 'common'])
  const station = useStation()
  const personId = useStationStatus((status) => status.personId)
  const people = useLiveQuery(() => station.database.people.limit(500).toArray(), [station])
  const [edited, setEdited] = useState<Person | 'new' | null>(null)
  const rows = [...(people ?? [])].sort(
    (a, b) => Number(b.active) - Number(a.active) || (a.name < b.name ? -1 : 1),
  )
  const manager = mayAct(rows.find((row) => row.personId === personId) ?? null, 'manager')
  return (
    <Panel
      title={t('settings.section.people')}
      extra={
        <Button data-action="add-person" disabled={!manager} onClick={() => setEdited('new')}>
          {t('people.add')}
        </Button>
      }
    >
      {people !== undefined && !manager && <Note>{t('people.managerOnly')}</Note>}
      <div className="settings-table" style={{ height: Math.max(1.6, Math.min(7, rows.length)) * 48 + 40 }}>
        <DataTable
          name="people"
          rows={rows}
          rowKey={(row) => row.personId}
          loading={people === undefined}
          rowClass={(row) => (row.active ? undefined : 'row-done')}
          {...(manager ? { onOpen: (row: Person) => setEdited(row) } : {})}
          columns={[
            { key: 'name', title: t('people.name'), width: 200, render: (row) => row.name },
            {
              key: 'roles',
              title: t('people.roles'),
              render: (row) => row.roles.map((role) => t(`role.${role}`)).join('、'),
            },
            {
              key: 'state',
              title: t('people.state'),
              width: 220,
              render: (row) => (
                <>
                  {row.personId === personId && <Tag tone="ok">{t('people.here')}</Tag>}{' '}
                  {!row.active && <Tag>{t('people.left')}</Tag>}
                </>
              ),
            },
          ]}
        />
      </div>
      {edited !== null && (
        <PersonForm
          person={edited === 'new' ? null : edited}
          others={rows.filter((row) => edited === 'new' || row.personId !== edited.personId)}
          onClose={() => setEdited(null)}
        />
      )}
    </Panel>
  )
}
