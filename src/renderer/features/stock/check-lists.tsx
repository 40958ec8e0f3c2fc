import { useLiveQuery } from 'dexie-react-hooks'
import { type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { DiscrepancyRow, TodoRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { hashOfRoute } from '../../app/use-route.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Tag } from '../../ui/small-parts.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { useFigures } from '../office/use-figures.ts'
import './check-lists.css'

/** More than this and something is so wrong that a longer list would not help. */
const MOST_SHOWN = 1000

/** What does not add up (STK-4, PAK-10), and what somebody should look at. */
export function CheckLists(): ReactElement {
  const { database } = useStation()
  const { t } = useTranslation('office')
  const discrepancies = useLiveQuery(() => database.discrepancies.limit(MOST_SHOWN).toArray(), [database])
  const todos = useLiveQuery(
    () =>
      database.todos
        .filter((todo) => !todo.done)
        .limit(MOST_SHOWN)
        .toArray(),
    [database],
  )
  return (
    <div className="check-lists">
      <section>
        <h2>{t('check.discrepancies')}</h2>
        <DataTable
          name="discrepancies"
          columns={useDiscrepancyColumns()}
          rows={discrepancies ?? []}
          rowKey={(row) => row.id}
          rowHeightPx={60}
          rowClass={() => 'row-stop'}
          loading={discrepancies === undefined}
          empty={
            <EmptyState icon="right" title={t('check.noDiscrepancies.title')}>
              {t('check.noDiscrepancies.words')}
            </EmptyState>
          }
        />
      </section>
      <section>
        <h2>{t('check.todos')}</h2>
        <DataTable
          name="todos"
          columns={useTodoColumns()}
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

function useDiscrepancyColumns(): readonly Column<DiscrepancyRow>[] {
  const { t } = useTranslation('office')
  return useMemo(
    () => [
      {
        key: 'kind',
        title: t('check.what'),
        render: (row) => (
          <>
            <b>{t(`discrepancy.${row.kind}.title`)}</b>
            <span className="cell-sub">{t(`discrepancy.${row.kind}.todo`)}</span>
          </>
        ),
      },
      { key: 'subject', title: t('check.subject'), render: (row) => <Subject row={row} /> },
      {
        key: 'events',
        title: t('check.events'),
        width: 120,
        align: 'end',
        render: (row) => <Tag tone="stop">{row.eventIds.length}</Tag>,
      },
    ],
    [t],
  )
}

/** A balance below zero leads to its movements, an order packed twice to the order. */
function Subject({ row }: { row: DiscrepancyRow }): ReactElement {
  if (row.kind === 'oversold') {
    const [place = '', skuCode = ''] = row.subject.split('|')
    return (
      <a
        href={hashOfRoute('stock', ['sku', skuCode, row.subject])}
      >{`${skuCode} · ${place.replace(/^bin:/, '')}`}</a>
    )
  }
  if (row.kind === 'doublePack')
    return <a href={hashOfRoute('orders', ['all', row.subject])}>{row.subject.split('/').at(-1)}</a>
  return <span>{row.subject}</span>
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
