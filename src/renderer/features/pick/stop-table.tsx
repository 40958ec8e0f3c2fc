import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { nextBin } from '../../../shared/domain/picking/decide-pick.ts'
import type { PickStop, PickTask } from '../../../shared/domain/picking/pick-task.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { BoardHead } from '../floor/floor-parts.tsx'

const keyOf = (stop: PickStop): string =>
  `${stop.binCode} ${stop.skuCode} ${stop.lineNo} ${stop.measureMm ?? ''}`

/** The walk: every bin with what is taken there; what is done stands grey. */
export function StopTable({ task }: { task: PickTask }): ReactElement {
  const { t } = useTranslation('floor')
  const bin = nextBin(task)
  const isOpen = (stop: PickStop): boolean => stop.picked < stop.quantity
  const current = task.stops.find((stop) => stop.binCode === bin && isOpen(stop))
  return (
    <div className="board">
      <BoardHead title={t('pick.stops')} />
      <div className="board-body">
        <DataTable
          name="stops"
          rows={task.stops}
          rowKey={keyOf}
          rowClass={(stop) => (stop === current ? 'row-warn' : isOpen(stop) ? undefined : 'row-done')}
          revealKey={current ? keyOf(current) : null}
          columns={[
            { key: 'bin', title: t('column.bin'), width: 170, render: ({ binCode }) => <b>{binCode}</b> },
            { key: 'goods', title: t('column.goods'), render: ({ title }) => title },
            {
              key: 'measure',
              title: t('column.measure'),
              width: 110,
              render: ({ measureMm }) => (measureMm === null ? '' : `${measureMm} mm`),
            },
            {
              key: 'pieces',
              title: t('column.pieces'),
              width: 110,
              align: 'end',
              render: (stop) => <b>{`${stop.picked}/${stop.quantity}${isOpen(stop) ? '' : ' ✓'}`}</b>,
            },
          ]}
        />
      </div>
    </div>
  )
}
