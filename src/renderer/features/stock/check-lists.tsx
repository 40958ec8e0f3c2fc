import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { TodoRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { hashOfRoute } from '../../app/use-route.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { CasesPart } from '../discrepancies/cases-part.tsx'
import { useFigures } from '../office/use-figures.ts'
import './check-lists.css'

/** More than this and something is so wrong that a longer list would not help. */
const MOST_SHOWN = 1000

interface CheckListsProps {
  /** The contradiction whose sides are shown; the list of what to look at makes room for them. */
  readonly selected: string | null
  readonly onSelect: (id: string | null) => void
}

/** What does not add up (STK-4, PAK-10), and what somebody should look at. */
export function CheckLists({ selected, onSelect }: CheckListsProps): ReactElement {
  const { database } = useStation()
  const { t } = useTranslation('office')
  const todos = useLiveQuery(
    () =>
      database.todos
        .filter((todo) => !todo.done)
        .limit(MOST_SHOWN)
        .toArray(),
    [database],
  )
  const todoColumns = useTodoColumns()
  if (selected !== null) return <CasesPart selected={selected} onSelect={onSelect} />
  return (
    <div className="check-lists">
      <CasesPart selected={null} onSelect={onSelect} />
      <section>
        <h2>{t('check.todos')}</h2>
        <DataTable
          name="todos"
          columns={todoColumns}
          rows={todos ?? []}
          rowKey={(row) => row.todoId}
          rowHeightPx={60}
          loading={todos === undefined}
          empty={
            <EmptyState icon="count" title={t('check.noTodos.title')}>
              {t('check.noTodos.words')}
            </EmptyState>
          }
        />
      </section>
    </div>
  )
}

const KNOWN_REASONS = ['foundAtPacking', 'foundAtPutaway', 'shortAtPicking'] as const

function useTodoColumns(): readonly Column<TodoRow>[] {
  const { t } = useTranslation('office')
  const figures = useFigures()
  return useMemo(
    () => [
      {
        key: 'kind',
        title: t('check.what'),
        render: (row) => {
          const known = KNOWN_REASONS.find((reason) => reason === row.reason)
          return (
            <>
              <b>{t(`todo.${row.kind}`, { subject: row.subject })}</b>
              <span className="cell-sub">{known ? t(`todoReason.${known}`) : row.reason}</span>
            </>
          )
        },
      },
      {
        key: 'subject',
        title: t('check.subject'),
        render: (row) => (
          <a href={hashOfRoute('stock', [row.kind === 'countBin' ? 'bins' : 'sku', row.subject])}>
            {row.subject}
          </a>
        ),
      },
      { key: 'at', title: t('check.since'), width: 190, align: 'end', render: (row) => figures.time(row.at) },
    ],
    [t, figures],
  )
}
