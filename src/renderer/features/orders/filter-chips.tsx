import { useLiveQuery } from '../../data/use-live-query.ts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useStation } from '../../app/station-app.ts'
import { Flag } from '../../ui/small-parts.tsx'
import { countFilters, MOST_COUNTED, ORDER_FILTERS, type OrderFilter } from './order-filters.ts'
import './orders.css'

/** These are work that waits for somebody at the desk. */
const DUE: ReadonlySet<OrderFilter> = new Set(['noteDue', 'toConfirm', 'byHand'])
const COLOURS = ['red', 'green', 'yellow', 'blue', 'purple'] as const
const colourOf = (filter: OrderFilter) => COLOURS.find((colour) => colour === filter)

interface FilterChipsProps {
  readonly chosen: OrderFilter | null
  /** Told anew every minute: a note becomes overdue by itself. */
  readonly minute: number
  readonly onChoose: (filter: OrderFilter | null) => void
}

/** What to look for among the open orders, each with its number; those that find nothing stay quiet. */
export function FilterChips({ chosen, minute, onChoose }: FilterChipsProps): ReactElement {
  const { t } = useTranslation('orders')
  const { database } = useStation()
  const counts = useLiveQuery(() => countFilters(database), [database, minute])
  return (
    <nav className="order-filters" aria-label={t('filter.label')}>
      {ORDER_FILTERS.map((filter) => {
        const count = counts?.[filter] ?? 0
        const colour = colourOf(filter)
        if (count === 0 && chosen !== filter && colour !== undefined) return null
        return (
          <button
            key={filter}
            type="button"
            className={DUE.has(filter) && count > 0 ? 'order-filter order-filter-due' : 'order-filter'}
            data-filter={filter}
            data-count={count}
            aria-pressed={chosen === filter}
            onClick={() => onChoose(chosen === filter ? null : filter)}
          >
            {colour !== undefined && <Flag colour={colour} label={t(`flag.${colour}`)} />}
            {t(`filter.${filter}`)}
            <b>{count >= MOST_COUNTED ? `${MOST_COUNTED}+` : count}</b>
          </button>
        )
      })}
    </nav>
  )
}
