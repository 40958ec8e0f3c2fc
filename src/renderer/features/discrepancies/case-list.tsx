import { Segmented } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { binOfPlace } from '../../../shared/ledger/place.ts'
import { useStation } from '../../app/station-app.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Tag } from '../../ui/small-parts.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { useFigures } from '../office/use-figures.ts'
import { readNames } from '../office/use-person.ts'
import { type CaseRow, type CaseView, caseKind, readCases } from './case-rows.ts'
import './cases.css'

interface CaseListProps {
  readonly onOpen: (id: string) => void
}

/** What does not agree (SYN-2, STK-4, PAK-10): what waits for a person, and what was decided. */
export function CaseList({ onOpen }: CaseListProps): ReactElement {
  const { t } = useTranslation('safety')
  const { database } = useStation()
  const [view, setView] = useState<CaseView>('open')
  const found = useLiveQuery(async () => ({ view, rows: await readCases(database, view) }), [database, view])
  const open = useLiveQuery(async () => (await readCases(database, 'open')).length, [database])
  const rows = found?.view === view ? found.rows : undefined
  const empty = view === 'open' ? 'nothingOpen' : 'nothingDecided'
  return (
    <section className="cases">
      <header>
        <h2>{t('cases.title')}</h2>
        <Segmented
          value={view}
          onChange={setView}
          options={[
            {
              value: 'open',
              label: (
                <span data-filter="open" data-count={open ?? 0}>
                  {t('cases.open')} {open ?? ''}
                </span>
              ),
            },
            { value: 'decided', label: <span data-filter="decided">{t('cases.decided')}</span> },
          ]}
        />
      </header>
      <DataTable
        name="discrepancies"
        columns={useColumns(view)}
        rows={rows ?? []}
        rowKey={(row) => row.id}
        rowHeightPx={60}
        onOpen={(row) => onOpen(row.id)}
        rowClass={(row) => (view === 'open' ? (row.resolution ? 'row-warn' : 'row-stop') : undefined)}
        loading={rows === undefined}
        empty={
          <EmptyState icon="right" title={t(`cases.${empty}.title`)}>
            {t(`cases.${empty}.words`)}
          </EmptyState>
        }
      />
    </section>
  )
}

function useColumns(view: CaseView): readonly Column<CaseRow>[] {
  const { t } = useTranslation(['safety', 'office'])
  return useMemo(
    () => [
      {
        key: 'kind',
        title: t('office:check.what'),
        render: ({ kind }) => {
          const known = caseKind(kind)
          return (
            <>
              <b>{known ? t(`office:discrepancy.${known}.title`) : kind}</b>
              <span className="cell-sub">{known && t(`office:discrepancy.${known}.todo`)}</span>
            </>
          )
        },
      },
      {
        key: 'subject',
        title: t('office:check.subject'),
        render: (row) => <span className="mono">{subjectInWords(row)}</span>,
      },
      view === 'open'
        ? {
            key: 'state',
            title: t('cases.decision'),
            width: 220,
            render: ({ resolution }) => resolution && <Tag tone="warn">{t('cases.claimed')}</Tag>,
          }
        : {
            key: 'decision',
            title: t('cases.decision'),
            width: 380,
            render: (row) => <Decision found={row} />,
          },
    ],
    [t, view],
  )
}

/** What a row is about, in a word: an order's number, a place and its goods, a waybill, a courier, a field. */
export function subjectInWords({ kind, subject }: Pick<CaseRow, 'kind' | 'subject'>): string {
  if (kind === 'oversold') {
    const [place = '', skuCode = ''] = subject.split('|')
    return `${skuCode} · ${binOfPlace(place) ?? place}`
  }
  if (kind === 'writtenTwice') return subject.slice(subject.indexOf(':') + 1, subject.lastIndexOf(':'))
  if (kind === 'doublePack' || kind === 'mergedTwice' || kind === 'waybillTwice')
    return subject.split('/').at(-1) ?? subject
  return subject
}

/** Who decided, when, where, and what. */
export function Decision({ found }: { found: CaseRow }): ReactElement | null {
  const { t } = useTranslation('safety')
  const { database } = useStation()
  const figures = useFigures()
  const { resolution } = found
  const names = useLiveQuery(
    () =>
      resolution
        ? readNames(database, { stations: [resolution.stationId], people: [resolution.personId] })
        : undefined,
    [database, resolution],
  )
  if (!resolution) return null
  const how = resolution.decision === 'repaired' ? 'repaired' : 'accepted'
  return (
    <span data-decision={resolution.decision}>
      <Tag tone={how === 'repaired' ? 'ok' : 'plain'}>{t(`cases.how.${how}`)}</Tag> {resolution.note}
      {names && (
        <span className="cell-sub">
          {t('cases.decidedLine', {
            who: names.person(resolution.personId) ?? t('details.somebody'),
            at: figures.time(resolution.at),
            station: names.station(resolution.stationId),
          })}
        </span>
      )}
    </span>
  )
}
