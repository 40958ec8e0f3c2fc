import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { groupBy } from '../../../shared/base/group-by.ts'
import type { PickStop, PickTask } from '../../../shared/domain/picking/pick-task.ts'
import { slotName } from '../../../shared/domain/picking/slots.ts'
import { Panel } from '../../ui/small-parts.tsx'

/** The put-wall of a batch: whose pieces go into which slot, and how many are there (PIK-1). */
export function SlotWall({ task }: { task: PickTask }): ReactElement | null {
  const { t } = useTranslation('picking')
  const { batch, putting } = task
  if (!batch) return null
  if (batch.slots.length === 0)
    return (
      <Panel title={t('batch', { number: batch.batchNo })}>
        <b>{t('heap')}</b>
      </Panel>
    )
  const put = (stop: PickStop): number => (batch.sorting === 'afterwards' ? (stop.sorted ?? 0) : stop.picked)
  return (
    <Panel title={`${t('wall')} · ${batch.batchNo}`}>
      <ul className="slot-wall" data-slots={batch.slots.length}>
        {[...groupBy(batch.slots, (slot) => slot.code)].map(([code, orders]) => {
          const ids = new Set(orders.map((slot) => slot.orderId))
          const own = task.stops.filter((stop) => ids.has(stop.orderId))
          const there = own.reduce((sum, stop) => sum + put(stop), 0)
          const wanted = own.reduce((sum, stop) => sum + stop.quantity, 0)
          const state = putting?.code === code ? ' slot-turn' : there === wanted ? ' slot-full' : ''
          const numbers = orders.map((slot) => slot.orderNumber)
          return (
            <li key={code} className={`slot-tile${state}`} data-slot={code} title={numbers.join(' ')}>
              <b>{slotName(code)}</b>
              <span>{`${there}/${wanted}${there === wanted ? ' ✓' : ''}`}</span>
              <span>{numbers.map((number) => number.slice(-6)).join(' + ')}</span>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
