import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Condition } from '../../../shared/ledger/movement.ts'
import { binOfPlace, type Place } from '../../../shared/ledger/place.ts'

const NAMED = ['dock', 'packed', 'supplier', 'customer', 'adjustment', 'scrap', 'drop-ship'] as const

/** Words for where stock is and how it is. */
export interface PlaceWords {
  place(place: Place): string
  condition(condition: Condition): string
}

/** Bins by their code, the built-in places by their word, a cart by its order. */
export function usePlaceWords(): PlaceWords {
  const { t } = useTranslation('office')
  return useMemo(
    () => ({
      place: (place) => {
        const bin = binOfPlace(place)
        if (bin !== null) return bin
        if (place.startsWith('cart:')) return t('place.cart', { order: place.split('/').at(-1) ?? '' })
        const known = NAMED.find((name) => name === place)
        return known ? t(`place.${known}`) : place
      },
      condition: (condition) => t(`condition.${condition}`),
    }),
    [t],
  )
}
