import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { DELIVERIES } from '../../../shared/domain/orders/notes.ts'
import type { OrderSource } from '../../../shared/domain/orders/order.ts'
import type { CourierChoice, Matched, PassedOver } from '../../../shared/domain/shipping/choose-courier.ts'
import {
  type CourierConditions,
  type CourierTable,
  WISHED,
} from '../../../shared/domain/shipping/choose-courier-table.ts'
import { courierName } from '../../../shared/domain/shipping/couriers.ts'
import { BY_BUYER, BY_HAND } from '../../../shared/station/areas/courier-for.ts'
import { useFigures } from '../office/use-figures.ts'

/** The table of courier rules and what comes of it, as people read it. */
export interface CourierWords {
  courier(code: string): string
  conditions(when: CourierConditions): string
  because(choice: CourierChoice, table: CourierTable): string
  passedOver(passed: PassedOver): string
  /** Null where no wish was met. */
  price(choice: CourierChoice): string | null
}

/** In the station's language. */
export function useCourierWords(): CourierWords {
  const { t } = useTranslation(['dispatch', 'office'])
  const figures = useFigures()
  return useMemo(() => {
    const courier = (code: string): string => (code === WISHED ? t('rules.wished') : courierName(code))
    const source = (name: OrderSource): string => t(`office:platform.${name}`)
    const mode = (name: string): string => {
      const known = DELIVERIES.find((delivery) => delivery === name)
      return known ? t(`mode.${known}`) : name
    }
    const conditions = (when: CourierConditions): string => {
      const words = [
        when.regions && t('condition.regions', { list: when.regions.join('、') }),
        when.sources && t('condition.sources', { list: when.sources.map(source).join('、') }),
        when.deliveryModes && t('condition.deliveryModes', { list: when.deliveryModes.map(mode).join('、') }),
        when.weightOverGrams !== undefined &&
          t('condition.weightOverGrams', { grams: figures.grams(when.weightOverGrams) }),
        when.weightUnderGrams !== undefined &&
          t('condition.weightUnderGrams', { grams: figures.grams(when.weightUnderGrams) }),
        when.valueOverFen !== undefined &&
          t('condition.valueOverFen', { yuan: figures.yuan(when.valueOverFen) }),
        when.fragile !== undefined && t(when.fragile ? 'condition.fragileYes' : 'condition.fragileNo'),
        when.wish && t('condition.wish'),
      ].filter((word) => typeof word === 'string')
      return words.length === 0 ? t('condition.always') : words.join(' · ')
    }
    const matched = ({ what, value }: Matched): string => {
      switch (what) {
        case 'fragile':
          return t(value === 'true' ? 'matched.fragileYes' : 'matched.fragileNo')
        case 'weightOverGrams':
        case 'weightUnderGrams':
          return t(`matched.${what}`, { value: figures.grams(Number(value)) })
        case 'valueOverFen':
          return t('matched.valueOverFen', { value: figures.yuan(Number(value)) })
        case 'sources':
          return t('matched.sources', { value: source(value as OrderSource) })
        case 'deliveryModes':
          return t('matched.deliveryModes', { value: mode(String(value)) })
        case 'wish':
          return t('matched.wish', { value: String(value).split(' ').map(courier).join('、') })
        case 'regions':
          return t('matched.regions', { value: String(value) })
      }
    }
    const because = ({ because: { ruleId, matched: facts } }: CourierChoice, table: CourierTable): string => {
      if (ruleId === 'usual' || ruleId === 'fallback') return t(`because.${ruleId}`)
      if (ruleId === BY_HAND) return t('because.byHand')
      if (ruleId === BY_BUYER) return t('because.collected')
      const index = table.rules.findIndex((rule) => rule.ruleId === ruleId)
      if (index < 0) return t('because.gone', { id: ruleId })
      const what = facts.map(matched).join(' · ') || t('condition.always')
      return t('because.rule', { number: String(index + 1), what })
    }
    return {
      courier,
      conditions,
      because,
      passedOver: ({ courier: code, why }) => t(`passed.${why}`, { courier: courier(code) }),
      price: ({ price }) => {
        if (price === null) return null
        const { priceAs, surchargeFen } = price
        return surchargeFen === 0
          ? t('wish.as', { courier: courier(priceAs) })
          : t('wish.asWith', { courier: courier(priceAs), yuan: figures.yuan(surchargeFen) })
      },
    }
  }, [t, figures])
}
