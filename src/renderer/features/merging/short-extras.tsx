import { useLiveQuery } from '../../data/use-live-query.ts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { skuTitle } from '../../../shared/domain/catalogue/sku.ts'
import { isExtraLine } from '../../../shared/domain/orders/extras.ts'
import { useStation } from '../../app/station-app.ts'
import { Note } from '../../ui/small-parts.tsx'

/** Extras of the parcel's orders that are out of stock: it goes out without them, and the packer knows (ORD-8). */
export function ShortExtras({ orderIds }: { orderIds: readonly string[] }): ReactElement | null {
  const { t } = useTranslation('dispatch')
  const { database } = useStation()
  const key = orderIds.join(' ')
  const short = useLiveQuery(async () => {
    const rows = await database.demand.where('orderId').anyOf(key.split(' ')).toArray()
    const lacking = rows.filter((row) => isExtraLine(row.lineNo) && row.shortQuantity > 0)
    const skus = await database.skus.bulkGet(lacking.map((row) => row.skuCode))
    return lacking.map((row, index) => {
      const sku = skus[index]
      return { id: row.lineId, title: sku ? skuTitle(sku) : row.skuCode, count: row.shortQuantity }
    })
  }, [database, key])
  if (!short || short.length === 0) return null
  return (
    <Note>
      {short.map(({ id, title, count }) => (
        <div key={id} data-short-extra={id}>
          {t('extras.mark')} {title}: {t('extras.short', { count })}
        </div>
      ))}
    </Note>
  )
}
