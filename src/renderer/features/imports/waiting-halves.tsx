import { useLiveQuery } from '../../data/use-live-query.ts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useStation } from '../../app/station-app.ts'
import { Note } from '../../ui/small-parts.tsx'

/** How many Taobao orders wait for their item report, and the other way round (formats.md). */
export function WaitingHalves(): ReactElement | null {
  const { t } = useTranslation('data')
  const { database } = useStation()
  const counts = useLiveQuery(async () => {
    const count = (kind: string) => database.staged.where('kind').equals(kind).count()
    const [orders, items] = await Promise.all([count('orders'), count('items')])
    return { orders, items }
  }, [database])
  if (!counts) return null
  return (
    <>
      {counts.orders > 0 && (
        <div data-waiting-orders={counts.orders}>
          <Note>{t('import.waitingHere.orders', { count: counts.orders })}</Note>
        </div>
      )}
      {counts.items > 0 && (
        <div data-waiting-items={counts.items}>
          <Note>{t('import.waitingHere.items', { count: counts.items })}</Note>
        </div>
      )}
    </>
  )
}
