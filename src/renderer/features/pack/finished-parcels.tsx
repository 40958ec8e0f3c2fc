import { Button } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { REPRINT_CHOICES, VOID_CHOICES } from '../../../shared/station/areas/parcel-corrections.ts'
import type { ParcelRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Tag } from '../../ui/small-parts.tsx'
import { Board } from '../floor/floor-parts.tsx'
import { useFigures } from '../office/use-figures.ts'
import { useNow } from '../office/use-now.ts'
import { type Correction, CorrectionDialog } from './correction-dialog.tsx'
import { JobPreview } from './job-preview.tsx'

const SHOWN = 20

/** The parcels finished last, newest first. */
export function useFinishedParcels(): readonly ParcelRow[] {
  const { database } = useStation()
  return useLiveQuery(
    () => database.parcels.where('finishedAt').above(0).reverse().limit(SHOWN).toArray(),
    [database],
    [],
  )
}

const stateTones = { packed: 'ok', voided: 'stop', handedOver: 'plain', partial: 'warn' } as const

/** What was just packed; before hand-over a parcel can be voided here, and its label printed again. */
export function FinishedBoard({ parcels }: { parcels: readonly ParcelRow[] }): ReactElement {
  const { t } = useTranslation('floor')
  const figures = useFigures()
  const now = useNow()
  const [correction, setCorrection] = useState<Correction | null>(null)
  const ask = (kind: Correction['kind'], parcel: ParcelRow) => (): void =>
    setCorrection({
      kind,
      parcelId: parcel.parcelId,
      waybill: parcel.waybillNumber,
      choices: kind === 'void' ? VOID_CHOICES : REPRINT_CHOICES,
    })
  return (
    <Board title={t('pack.finished')}>
      <DataTable
        name="finished"
        rows={parcels}
        rowKey={(parcel) => parcel.waybillNumber}
        rowHeightPx={52}
        empty={t('pack.noFinished')}
        columns={[
          {
            key: 'waybill',
            title: t('column.waybill'),
            render: ({ waybillNumber, finish }) => (
              <>
                <b className="queue-number">{waybillNumber}</b>
                <small className="under">{finish?.orderNumbers.join(' ') ?? ''}</small>
              </>
            ),
          },
          {
            key: 'time',
            title: t('column.time'),
            width: 92,
            render: ({ finishedAt }) => figures.shortTime(finishedAt, now),
          },
          {
            key: 'state',
            title: t('column.state'),
            width: 132,
            render: ({ state }) => <Tag tone={stateTones[state]}>{t(`pack.parcelState.${state}`)}</Tag>,
          },
          {
            key: 'actions',
            title: t('column.actions'),
            width: 236,
            align: 'end',
            render: (parcel) =>
              parcel.state === 'voided' ? null : (
                <span className="tags">
                  <Button data-action="reprint" onClick={ask('reprint', parcel)}>
                    {t('pack.reprint')}
                  </Button>
                  {parcel.state === 'packed' && (
                    <Button danger data-action="void" onClick={ask('void', parcel)}>
                      {t('pack.void')}
                    </Button>
                  )}
                </span>
              ),
          },
        ]}
      />
      <CorrectionDialog correction={correction} onClose={() => setCorrection(null)} />
    </Board>
  )
}

/** The label of the parcel finished last, to compare with the one in the hand. */
export function LastLabelPanel({ parcel }: { parcel: ParcelRow | null }): ReactElement | null {
  const { t } = useTranslation('floor')
  if (!parcel?.finish) return null
  return (
    <section className="panel panel-label">
      <header className="panel-head">
        <h2>{t('pack.lastLabel')}</h2>
        <span>{parcel.waybillNumber}</span>
      </header>
      <div className="label-frame">
        <JobPreview jobId={parcel.finish.labelJobId} alt={parcel.waybillNumber} />
      </div>
    </section>
  )
}
