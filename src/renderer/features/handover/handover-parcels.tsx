import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { unsettled } from '../../../shared/domain/shipping/decide-handover.ts'
import type { HandoverParcel, HandoverTask } from '../../../shared/domain/shipping/handover-task.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Tag } from '../../ui/small-parts.tsx'
import { useSay } from '../floor/use-say.ts'
import { useFigures } from '../office/use-figures.ts'

interface NumberedParcel extends HandoverParcel {
  readonly place: number
  readonly differs: boolean
}

/** The parcels of this hand-over, the last scanned on top, with what the courier wrote (SHP-1). */
export function HandoverParcels({ task }: { task: HandoverTask }): ReactElement {
  const { t } = useTranslation('floor')
  const figures = useFigures()
  const rows = task.parcels
    .map((parcel, index): NumberedParcel => {
      const differs = unsettled({ ...task, parcels: [parcel] }) !== undefined
      return { ...parcel, place: index + 1, differs }
    })
    .reverse()
  const last = task.state === 'scanning' ? task.parcels.length : -1
  return (
    <DataTable
      name="parcels"
      rows={rows}
      rowKey={(parcel) => parcel.waybillNumber}
      rowClass={(parcel) => (parcel.differs ? 'row-stop' : parcel.place === last ? 'row-warn' : undefined)}
      columns={[
        { key: 'place', title: '#', width: 52, align: 'end', render: ({ place }) => place },
        {
          key: 'waybill',
          title: t('column.waybill'),
          width: 182,
          render: ({ waybillNumber }) => <b className="queue-number">{waybillNumber}</b>,
        },
        {
          key: 'weight',
          title: t('column.weight'),
          width: 88,
          align: 'end',
          render: ({ ourWeightGrams }) => figures.grams(ourWeightGrams),
        },
        {
          key: 'theirs',
          title: t('column.theirWeight'),
          width: 96,
          align: 'end',
          render: ({ theirWeightGrams }) => figures.grams(theirWeightGrams),
        },
        {
          key: 'fee',
          title: t('column.fee'),
          width: 92,
          align: 'end',
          render: ({ theirFeeFen }) => figures.yuan(theirFeeFen),
        },
        { key: 'state', title: t('column.state'), width: 118, render: (row) => <Agreement parcel={row} /> },
      ]}
    />
  )
}

function Agreement({ parcel }: { parcel: NumberedParcel }): ReactElement | null {
  const { t } = useTranslation('floor')
  const say = useSay()
  if (parcel.differs) return <Tag tone="stop">{t('handover.corrected')}</Tag>
  if (parcel.acceptedReason !== null)
    return <Tag tone="warn">{say([`handover.accepted.${parcel.acceptedReason}`], {})}</Tag>
  return parcel.theirWeightGrams === null ? null : <Tag tone="ok">{t('handover.agreed')}</Tag>
}
