import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { courierName, DEFAULT_COURIER } from '../../../shared/domain/shipping/couriers.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Board, BoardHead, Split } from '../floor/floor-parts.tsx'
import { useFigures } from '../office/use-figures.ts'
import { useNow } from '../office/use-now.ts'
import type { WaitingParcels } from './use-waiting-parcels.ts'

const SHOWN = 200

/** Which courier is at the door, and what waits for him. */
export function CourierBoard({ waiting, onChoose }: CourierBoardProps): ReactElement {
  const { t } = useTranslation('floor')
  if (waiting.couriers.length === 0)
    return (
      <EmptyState
        icon="handover"
        title={t('handover.nothing')}
        action={<CourierButton courier={DEFAULT_COURIER} count="" onChoose={onChoose} />}
      >
        {t('handover.nothingHelp')}
      </EmptyState>
    )
  return (
    <Split
      top={
        <>
          <BoardHead title={t('handover.choose')} />
          <div className="couriers">
            {waiting.couriers.map(({ courier, count }) => (
              <CourierButton
                key={courier}
                courier={courier}
                count={t(waiting.more ? 'handover.atLeast' : 'handover.waitingOf', { count })}
                onChoose={onChoose}
              />
            ))}
          </div>
        </>
      }
    >
      <WaitingTable waiting={waiting} />
    </Split>
  )
}

interface CourierBoardProps {
  readonly waiting: WaitingParcels
  readonly onChoose: (code: string) => void
}

function CourierButton({ courier, count, onChoose }: CourierButtonProps): ReactElement {
  return (
    <button
      type="button"
      className="courier-button"
      data-action="courier"
      data-key={courier}
      onClick={() => onChoose(courier)}
    >
      <b>{courierName(courier)}</b>
      <span>{count === '' ? courier : `${courier} · ${count}`}</span>
    </button>
  )
}

interface CourierButtonProps {
  readonly courier: string
  readonly count: string
  readonly onChoose: (code: string) => void
}

/** Fewer slips than shipments: look now (SHP-1). */
function WaitingTable({ waiting }: { waiting: WaitingParcels }): ReactElement {
  const { t } = useTranslation('floor')
  const figures = useFigures()
  const now = useNow()
  const shown = waiting.parcels.slice(0, SHOWN)
  const note =
    waiting.count > shown.length
      ? t('handover.moreWaiting', { count: waiting.count, shown: `${shown.length}` })
      : `${waiting.count} ${t('unit.parcels')}`
  return (
    <Board title={t('handover.waiting')} extra={<span className="quiet">{note}</span>}>
      <DataTable
        name="waiting"
        rows={shown}
        rowKey={(parcel) => parcel.waybillNumber}
        rowHeightPx={54}
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
            key: 'courier',
            title: t('column.courier'),
            width: 130,
            render: ({ courier }) => courierName(courier),
          },
          {
            key: 'weight',
            title: t('column.weight'),
            width: 110,
            align: 'end',
            render: ({ finish }) => figures.grams(finish?.weightGrams ?? null),
          },
          {
            key: 'time',
            title: t('column.time'),
            width: 120,
            render: ({ finishedAt }) => figures.shortTime(finishedAt, now),
          },
        ]}
      />
    </Board>
  )
}
