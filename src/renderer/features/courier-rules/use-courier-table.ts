import { useLiveQuery } from '../../data/use-live-query.ts'
import {
  COURIER_RULES,
  type CourierTable,
  readCourierTable,
} from '../../../shared/domain/shipping/choose-courier-table.ts'
import { COURIER_CODES } from '../../../shared/domain/shipping/couriers.ts'
import { useStation } from '../../app/station-app.ts'

/** The shop's table of courier rules; undefined while it is read. */
export function useCourierTable(): CourierTable | undefined {
  const { database } = useStation()
  return useLiveQuery(
    async () => readCourierTable((await database.settings.get(COURIER_RULES))?.value),
    [database],
  )
}

/** Couriers to choose from: those known by name, and those that the table names. */
export function courierCodes(table: CourierTable): readonly string[] {
  const named = [
    table.usual,
    table.fallback,
    ...table.rules.map((rule) => rule.courier),
    ...table.unreachable.map((entry) => entry.courier),
    ...table.wishes.flatMap((wish) => [wish.courier, wish.priceAs]),
    ...(table.divisors ?? []).map((entry) => entry.courier),
  ]
  return [...new Set([...COURIER_CODES, ...named])]
}
