import { liveQuery } from 'dexie'
import { DEFAULT_SHOP_CLOCK, SHIP_WITHIN_HOURS } from '../../shared/domain/orders/deadline.ts'
import { ORDER_SETTINGS } from '../../shared/domain/orders/order-settings.ts'
import type { StationEnvironment } from '../../shared/station/environment.ts'
import type { StationIdentity } from '../../shared/station/log-writer.ts'
import { stationSetting } from '../../shared/station/station-settings.ts'
import type { SettingRow } from '../../shared/station/tables.ts'
import type { StationDatabase } from '../data/station-database.ts'

/** One warehouse for now; the key is in every event from the first day (STK-2). */
export const WAREHOUSE_ID = 'main'

/** The environment that the settings describe. */
export function environmentOf(
  rows: readonly SettingRow[],
  identity: StationIdentity,
  options: { readonly sample: boolean; readonly mark: string },
): StationEnvironment {
  const settings = new Map(rows.map((row) => [row.name, row.value]))
  const text = (name: string): string =>
    typeof settings.get(name) === 'string' ? String(settings.get(name)) : ''
  const cutOffHour = Number(settings.get('cutOffHour') ?? DEFAULT_SHOP_CLOCK.cutOffHour)
  return {
    identity,
    newId: () => crypto.randomUUID(),
    stationCode: (text(stationSetting(identity.stationId, 'code')) || 'S1') + options.mark,
    shopClock: { ...DEFAULT_SHOP_CLOCK, cutOffHour, shipWithinHours: hoursToShip(settings) },
    shop: { name: text('shopName'), phone: text('shopPhone'), address: text('shopAddress') },
    sample: options.sample,
  }
}

/** ORD-3: what was saved, or as delivered where it makes no sense. */
function hoursToShip(settings: ReadonlyMap<string, unknown>): number {
  const hours = Number(settings.get(ORDER_SETTINGS.shipWithinHours))
  return hours > 0 ? hours : SHIP_WITHIN_HOURS
}

/** Follows the settings; answers the first environment and keeps `onChange` told. */
export async function followEnvironment(
  database: StationDatabase,
  identity: StationIdentity,
  options: {
    readonly sample: boolean
    readonly mark: string
    readonly onChange: (env: StationEnvironment) => void
  },
): Promise<StationEnvironment> {
  const first = environmentOf(await database.settings.toArray(), identity, options)
  liveQuery(() => database.settings.toArray()).subscribe({
    next: (rows) => options.onChange(environmentOf(rows, identity, options)),
  })
  return first
}

/**
 * A station's code for document numbers and house codes: what is ASCII of its name, and a part of its id, so that two
 * stations of one name that meet on a hub later have never given out the same number (CAT-1, decision 7).
 */
export function stationCodeOf(stationName: string, stationId: string): string {
  const ascii = stationName
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, 4)
  const own = stationId
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 3)
    .toUpperCase()
  return `${ascii || 'S'}${own}`
}
