import { useLiveQuery } from '../../data/use-live-query.ts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { shortKey } from '../../../shared/domain/picking/shorts.ts'
import { binOfPlace } from '../../../shared/ledger/place.ts'
import type { BalanceRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { Tag } from '../../ui/small-parts.tsx'

/** Marks pieces that a picker did not find: the figure stands until somebody counts, and nobody is given any (PIK-3). */
export function DoubtTag({ row }: { row: BalanceRow }): ReactElement | null {
  const { t } = useTranslation('picking')
  const { database } = useStation()
  const binCode = binOfPlace(row.place)
  const { skuCode, measureMm } = row
  const short = useLiveQuery(
    async () =>
      binCode === null ? undefined : database.shorts.get(shortKey({ binCode, skuCode, measureMm })),
    [database, binCode, skuCode, measureMm],
  )
  if (short?.state !== 'doubted') return null
  return (
    <Tag tone="warn">
      <span data-doubted={short.key}>{t('doubted.tag', { count: short.said?.missing ?? 0 })}</span>
    </Tag>
  )
}
