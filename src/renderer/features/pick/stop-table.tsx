import { type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { groupBy } from '../../../shared/base/group-by.ts'
import { nextBin } from '../../../shared/domain/picking/pick-steps.ts'
import type { PickStop, PickTask } from '../../../shared/domain/picking/pick-task.ts'
import { slotName, slotOf } from '../../../shared/domain/picking/slots.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { BoardHead } from '../floor/floor-parts.tsx'

/** What is taken at one bin at once, for however many orders. */
interface Stop {
  readonly key: string
  readonly binCode: string
  readonly title: string
  readonly measureMm: number | null
  readonly picked: number
  readonly quantity: number
  /** Slots and how many go there, in words; '' without a wall. */
  readonly slots: string
}

function stopsTogether(task: PickTask): Stop[] {
  const groups = groupBy(task.stops, (stop) => `${stop.binCode} ${stop.skuCode} ${stop.measureMm ?? ''}`)
  return [...groups].flatMap(([key, same]) => {
    const [first] = same
    if (!first) return []
    const { binCode, title, measureMm } = first
    const sum = (of: (stop: PickStop) => number): number => same.reduce((total, stop) => total + of(stop), 0)
    const slots = same.flatMap((stop) => {
      const slot = slotOf(task, stop.orderId)
      return slot ? [{ slot: slotName(slot.code), pieces: stop.quantity }] : []
    })
    const picked = sum((stop) => stop.picked)
    const quantity = sum((stop) => stop.quantity)
    return [{ key, binCode, title, measureMm, picked, quantity, slots: slotsInWords(slots) }]
  })
}

/** `1–12` for a piece in each of twelve slots, `3×2` for two in one. */
function slotsInWords(slots: readonly { readonly slot: string; readonly pieces: number }[]): string {
  const runs: { first: string; last: string; pieces: number }[] = []
  for (const { slot, pieces } of slots) {
    const run = runs.at(-1)
    if (run && pieces === 1 && run.pieces === 1 && Number(slot) === Number(run.last) + 1) run.last = slot
    else runs.push({ first: slot, last: slot, pieces })
  }
  return runs
    .map(
      ({ first, last, pieces }) =>
        (first === last ? first : `${first}–${last}`) + (pieces > 1 ? `×${pieces}` : ''),
    )
    .join(' ')
}

/** The walk: every bin with what is taken there; what is done stands grey. */
export function StopTable({ task }: { task: PickTask }): ReactElement {
  const { t } = useTranslation(['floor', 'picking'])
  const bin = nextBin(task)
  const stops = useMemo(() => stopsTogether(task), [task])
  const isOpen = (stop: Stop): boolean => stop.picked < stop.quantity
  const current = stops.find((stop) => stop.binCode === bin && isOpen(stop))
  const withWall = (task.batch?.slots.length ?? 0) > 0
  return (
    <div className="board">
      <BoardHead title={t('pick.stops')} />
      <div className="board-body">
        <DataTable
          name="stops"
          rows={stops}
          rowKey={({ key }) => key}
          rowClass={(stop) => (stop === current ? 'row-warn' : isOpen(stop) ? undefined : 'row-done')}
          revealKey={current ? current.key : null}
          columns={[
            { key: 'bin', title: t('column.bin'), width: 150, render: ({ binCode }) => <b>{binCode}</b> },
            { key: 'goods', title: t('column.goods'), render: ({ title }) => title },
            ...(stops.some((stop) => stop.measureMm !== null)
              ? [
                  {
                    key: 'measure',
                    title: t('column.measure'),
                    width: 100,
                    render: ({ measureMm }: Stop) => (measureMm === null ? '' : `${measureMm} mm`),
                  },
                ]
              : []),
            ...(withWall
              ? [{ key: 'slots', title: t('picking:wall'), width: 130, render: ({ slots }: Stop) => slots }]
              : []),
            {
              key: 'pieces',
              title: t('column.pieces'),
              width: 124,
              align: 'end' as const,
              render: (stop: Stop) => <b>{`${stop.picked}/${stop.quantity}${isOpen(stop) ? '' : ' ✓'}`}</b>,
            },
          ]}
        />
      </div>
    </div>
  )
}
