import { memo, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { supplyLeft } from '../../../shared/domain/supplies/supply.ts'
import { hashOfRoute } from '../../app/use-route.ts'
import { Icon } from '../../ui/icon.tsx'
import { useSupplyWords } from './supply-words.ts'
import { useLowSupplies } from './use-supplies.ts'
import './supplies.css'

/** LBL-6: said before it runs out, where somebody packs and on the first screen; nothing while all is there. */
export const SupplyWarning = memo(function SupplyWarning(): ReactElement | null {
  const { t } = useTranslation('labels')
  const words = useSupplyWords()
  const low = useLowSupplies()
  if (low.length === 0) return null
  const list = low.map((supply) =>
    t('supplies.warnItem', {
      name: supply.name,
      figure: words.amount(Math.max(0, supplyLeft(supply)), supply.unit),
    }),
  )
  return (
    <a className="supply-warning" href={hashOfRoute('settings', ['supplies'])} data-supplies-low={low.length}>
      <Icon name="ask" size={20} />
      <span>{t('supplies.warn', { list: list.join(' · ') })}</span>
      <b>{t('supplies.toSettings')}</b>
    </a>
  )
})
