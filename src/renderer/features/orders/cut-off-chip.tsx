import { Dexie } from 'dexie'
import { type ReactElement, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ShopClock, shopDayEnd } from '../../../shared/domain/orders/deadline.ts'
import { useStation } from '../../app/station-app.ts'
import { goTo } from '../../app/use-route.ts'
import type { StationDatabase } from '../../data/station-database.ts'
import { cutOffOf, hoursAndMinutes } from '../home/cut-off.ts'
import { useNow } from '../office/use-now.ts'

const SOON_MINUTES = 60
/** A day of more orders than this is said as "1000+": a scan must not wait until all are counted. */
const MOST_COUNTED = 1000
const EVERY_MS = 10_000

/** ORD-3 in the head bar: the next cut-off, and how many orders must still leave today. */
export function CutOffChip(): ReactElement {
  const { t } = useTranslation('orders')
  const { database, env } = useStation()
  const now = useNow(EVERY_MS)
  const due = useDueOrders(database, env.shopClock, now)
  const { minutesLeft } = cutOffOf(now, env.shopClock)
  const hour = String(env.shopClock.cutOffHour).padStart(2, '0')
  const open = minutesLeft > 0
  const tone = due.late > 0 ? ' chip-stop' : open && minutesLeft <= SOON_MINUTES ? ' chip-warn' : ''
  const number = inWords(due.today)
  return (
    <button
      type="button"
      className={`chip${tone}`}
      data-cut-off-minutes={minutesLeft}
      data-due-today={due.today}
      title={t('cutOff.hint', { number, late: inWords(due.late) })}
      onClick={() => goTo('orders', ['toShip'])}
    >
      {open ? t('cutOff.before', { hour, left: hoursAndMinutes(minutesLeft) }) : t('cutOff.after', { hour })}
      {' · '}
      {t('cutOff.orders', { number })}
    </button>
  )
}

const inWords = (count: number): string => (count >= MOST_COUNTED ? `${MOST_COUNTED}+` : String(count))

/** Looked up every few seconds and not with every write: it stands on every screen, packing among them. */
function useDueOrders(database: StationDatabase, clock: ShopClock, now: number) {
  const [due, setDue] = useState({ today: 0, late: 0 })
  useEffect(() => {
    let current = true
    const counts = Promise.all([dueBy(database, shopDayEnd(now, clock)), dueBy(database, now)])
    // A database that is being closed answers nothing; the page is on its way to a new one.
    counts.then(
      ([today, late]) => current && setDue({ today, late }),
      () => undefined,
    )
    return () => {
      current = false
    }
  }, [database, clock, now])
  return due
}

/** Open orders whose deadline is not after that moment; held ones included, for they are late as well. */
async function dueBy(database: StationDatabase, at: number): Promise<number> {
  const due = database.orders
    .where('[queue+deadlineAt]')
    .between(['open', Dexie.minKey], ['open', at], true, true)
  return (await due.limit(MOST_COUNTED).primaryKeys()).length
}
