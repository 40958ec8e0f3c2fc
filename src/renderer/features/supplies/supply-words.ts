import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { SupplyUnit } from '../../../shared/domain/supplies/supply.ts'

/** Quantities in words: what comes on a roll is kept in centimetres and read in metres. */
export interface SupplyWords {
  /** `480 sheets`, `96.4 m`. */
  amount(quantity: number, unit: SupplyUnit): string
}

export function useSupplyWords(): SupplyWords {
  const { t, i18n } = useTranslation('labels')
  return useMemo(() => {
    const whole = new Intl.NumberFormat(i18n.language)
    const metres = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 })
    return {
      amount: (quantity, unit) => {
        const figure = unit === 'cm' ? metres.format(quantity / 100) : whole.format(quantity)
        return `${figure} ${t(`supplies.unit.${unit}`)}`
      },
    }
  }, [t, i18n.language])
}

/** Centimetres of one of what a person writes: metres for a roll. */
export const perWritten = (unit: SupplyUnit): number => (unit === 'cm' ? 100 : 1)
