import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useStation } from '../../app/station-app.ts'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { slotsOfOrders } from './wall-slots.ts'

/** Where the parcel's goods stand, large: a batch has sorted them into slots of the put-wall (PIK-1). */
export function WallBand({ orderIds }: { orderIds: readonly string[] }): ReactElement | null {
  const { t } = useTranslation('dispatch')
  const { database } = useStation()
  const key = orderIds.join(' ')
  const slots = useLiveQuery(() => slotsOfOrders(database, orderIds), [database, key])
  const codes = orderIds.flatMap((orderId) => slots?.get(orderId) ?? [])
  if (codes.length === 0) return null
  return (
    <div className="wall-band" data-slots={codes.join(' ')}>
      <span className="wall-words">{t('packing.wall')}</span>
      {codes.map((code) => (
        <b key={code}>{code}</b>
      ))}
    </div>
  )
}
