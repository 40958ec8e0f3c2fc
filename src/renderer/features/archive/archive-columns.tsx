import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { courierName } from '../../../shared/domain/shipping/couriers.ts'
import { maskName, maskPhone } from '../../../shared/labels/mask-personal.ts'
import type { ParcelRow, RecipientRow } from '../../../shared/station/tables.ts'
import type { Column } from '../../ui/data-table.tsx'
import { Tag, type Tone } from '../../ui/small-parts.tsx'
import { useFigures } from '../office/use-figures.ts'

/** A parcel with whom it went to. */
export interface ArchiveListing {
  readonly parcel: ParcelRow
  readonly recipient: RecipientRow | null
}

/** How a parcel's state looks. */
export const PARCEL_TONES: Readonly<Record<ParcelRow['state'], Tone>> = {
  partial: 'plain',
  packed: 'warn',
  voided: 'stop',
  handedOver: 'ok',
}

const BESIDE_DETAILS_HIDDEN: readonly string[] = ['order', 'recipient', 'weight']

/** The columns of the archive, fewer beside the details; recipients are masked here (SEC-5). */
export function useArchiveColumns(narrow: boolean): readonly Column<ArchiveListing>[] {
  const { t } = useTranslation('office')
  const figures = useFigures()
  return useMemo(() => {
    const columns: readonly Column<ArchiveListing>[] = [
      {
        key: 'waybill',
        title: t('parcel.waybill'),
        width: 236,
        render: ({ parcel }) => (
          <>
            <span className="mono">{parcel.waybillNumber}</span>
            <span className="cell-sub">{courierName(parcel.courier)}</span>
          </>
        ),
      },
      {
        key: 'order',
        title: t('order.order'),
        width: 186,
        render: ({ parcel }) => <span className="mono">{parcel.finish?.orderNumbers.join(' ')}</span>,
      },
      {
        key: 'items',
        title: t('parcel.items'),
        render: ({ parcel }) =>
          parcel.finish?.lines.map((line) => `${line.labelText} × ${line.quantity}`).join('; '),
      },
      {
        key: 'recipient',
        title: t('order.recipient'),
        width: 170,
        render: ({ recipient, parcel }) => (
          <>
            {recipient ? `${maskName(recipient.name)} ${maskPhone(recipient.phone).slice(-5)}` : '—'}
            <span className="cell-sub">{parcel.finish?.destination}</span>
          </>
        ),
      },
      {
        key: 'weight',
        title: t('goods.weight'),
        width: 100,
        align: 'end',
        render: ({ parcel }) => figures.grams(parcel.finish?.weightGrams ?? null),
      },
      {
        key: 'packer',
        title: t('parcel.packer'),
        width: 170,
        render: ({ parcel }) => (
          <>
            {parcel.finish?.packerName}
            <span className="cell-sub">{figures.time(parcel.finishedAt)}</span>
          </>
        ),
      },
      {
        key: 'state',
        title: t('order.state'),
        width: 136,
        render: ({ parcel }) => (
          <span data-state={parcel.state}>
            <Tag tone={PARCEL_TONES[parcel.state]}>{t(`parcelState.${parcel.state}`)}</Tag>
          </span>
        ),
      },
    ]
    return narrow ? columns.filter(({ key }) => !BESIDE_DETAILS_HIDDEN.includes(key)) : columns
  }, [t, figures, narrow])
}
