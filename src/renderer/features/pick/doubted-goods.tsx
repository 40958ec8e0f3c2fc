import { Button } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { skuTitle } from '../../../shared/domain/catalogue/sku.ts'
import { useStation } from '../../app/station-app.ts'
import { Panel } from '../../ui/small-parts.tsx'

/** As many as are shown; more want a count of the whole house. */
const SHOWN = 6

/** Goods that pickers did not find: given to no order until somebody has looked (PIK-3). */
export function DoubtedGoods(): ReactElement | null {
  const { t } = useTranslation('picking')
  const { database, run } = useStation()
  const rows = useLiveQuery(async () => {
    const shorts = await database.shorts.where('state').equals('doubted').limit(SHOWN).toArray()
    const skus = await database.skus.bulkGet(shorts.map((row) => row.skuCode))
    return shorts.map((row, index) => {
      const sku = skus[index]
      return { ...row, title: sku ? skuTitle(sku) : row.skuCode }
    })
  }, [database])
  if (!rows || rows.length === 0) return null
  return (
    <Panel title={t('doubted.title')}>
      <small className="under">{t('doubted.hint')}</small>
      {rows.map(({ key, binCode, skuCode, measureMm, title, said }) => (
        <div key={key} className="waiting-batch" data-short={key}>
          <span>
            <b>{t('doubted.missing', { bin: binCode, count: said?.missing ?? 0 })}</b>
            <small className="under">
              {title}
              {measureMm === null ? '' : ` · ${measureMm} mm`}
            </small>
          </span>
          <span className="push" />
          <Button
            data-action="short-found"
            onClick={() => void run({ type: 'LiftShort', binCode, skuCode, measureMm })}
          >
            {t('doubted.found')}
          </Button>
        </div>
      ))}
    </Panel>
  )
}
