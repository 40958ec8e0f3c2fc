import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { shopTime } from '../../../shared/domain/orders/deadline.ts'
import { useStation } from '../../app/station-app.ts'

/** Figures as they are read: grouped thousands, units with a space, times on the shop's clock. */
export interface Figures {
  number(value: number): string
  grams(value: number | null): string
  millimetres(value: number | null): string
  yuan(fen: number | null): string
  /** `2026-11-22 14:36`. */
  time(at: number | null): string
  /** `14:36` today, else `11-22 14:36`. */
  shortTime(at: number, now: number): string
}

/** The formats of the station's language and clock. */
export function useFigures(): Figures {
  const { i18n } = useTranslation()
  const { shopClock } = useStation().env
  return useMemo(() => {
    const plain = new Intl.NumberFormat(i18n.language)
    const money = new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
    const time = (at: number): string => shopTime(at, shopClock)
    return {
      number: (value) => plain.format(value),
      grams: (value) => (value === null ? '—' : `${plain.format(value)} g`),
      millimetres: (value) => (value === null ? '—' : `${value} mm`),
      yuan: (fen) => (fen === null ? '—' : `¥ ${money.format(fen / 100)}`),
      time: (at) => (at === null ? '—' : time(at)),
      shortTime: (at, now) => {
        const [day, today] = [time(at), time(now)]
        return day.slice(0, 10) === today.slice(0, 10) ? day.slice(11) : day.slice(5)
      },
    }
  }, [i18n.language, shopClock])
}
