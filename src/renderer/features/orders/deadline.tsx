import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { hoursAndMinutes } from '../home/cut-off.ts'
import { useFigures } from '../office/use-figures.ts'

/** Less than this and the hand goes to the next order. */
const SOON_MINUTES = 120
const DAY_MINUTES = 24 * 60

/** When an order must have left the house and how long that is from now (ORD-3). */
export function Deadline({ at, now, open }: { at: number; now: number; open: boolean }): ReactElement {
  const { t } = useTranslation('office')
  const figures = useFigures()
  if (!open) return <span>{figures.shortTime(at, now)}</span>
  const minutes = Math.ceil((at - now) / 60_000)
  const late = minutes <= 0
  const days = Math.floor(Math.abs(minutes) / DAY_MINUTES)
  // From the second day on the minutes say nothing, and the column has no room for hundreds of hours.
  const time = days >= 2 ? t('orders.days', { days: String(days) }) : hoursAndMinutes(minutes)
  return (
    <span className={late ? 'late' : minutes <= SOON_MINUTES ? 'soon' : undefined} data-late={late}>
      {t(late ? 'orders.late' : 'orders.left', { time })}
      <span className="cell-sub">{figures.shortTime(at, now)}</span>
    </span>
  )
}
