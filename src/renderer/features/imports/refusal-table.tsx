import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Refusal } from '../../../shared/formats/refusal.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { useRefusalWords } from './use-data-words.ts'

/** Refused rows with line, field, reason, what stood there, and what to do (ORD-1). */
export function RefusalTable({
  name,
  refusals,
}: {
  readonly name: string
  readonly refusals: readonly Refusal[]
}): ReactElement {
  const { t } = useTranslation('data')
  const words = useRefusalWords()
  const rowHeightPx = 44
  return (
    <div className="import-refusals" style={{ height: Math.min(6, refusals.length) * rowHeightPx + 40 }}>
      <DataTable
        name={name}
        rowHeightPx={rowHeightPx}
        rows={refusals}
        rowKey={(row) => `${row.line}`}
        columns={[
          { key: 'line', title: t('column.line'), width: 80, align: 'end', render: (row) => row.line },
          { key: 'field', title: t('column.field'), width: 120, render: (row) => words.field(row.field) },
          { key: 'reason', title: t('column.reason'), width: 220, render: (row) => words.reason(row) },
          {
            key: 'value',
            title: t('column.value'),
            width: 170,
            render: (row) => <span title={row.value}>{row.value}</span>,
          },
          {
            key: 'remedy',
            title: t('column.remedy'),
            render: (row) => <span title={words.remedy(row)}>{words.remedy(row)}</span>,
          },
        ]}
      />
    </div>
  )
}
