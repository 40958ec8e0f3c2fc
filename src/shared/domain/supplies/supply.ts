/** Packing supplies 耗材 (LBL-6): waybill paper, bags, boxes, tape. */

/** Sheets, pieces, and centimetres for what comes on a roll. */
export const SUPPLY_UNITS = ['sheet', 'piece', 'cm'] as const
export type SupplyUnit = (typeof SUPPLY_UNITS)[number]

export interface SupplyUse {
  readonly supplyId: string
  /** In the supply's unit. */
  readonly quantity: number
}

/** What is set up for a supply; quantities in its unit. */
export interface SupplySettings {
  readonly supplyId: string
  readonly name: string
  readonly unit: SupplyUnit
  readonly perParcel: number
  readonly perReprint: number
  readonly warnBelow: number
  readonly active: boolean
  /** A bag or box: a parcel goes into one of them (PAK-4). */
  readonly packing?: boolean
}

/** A supply with what came in and what went. */
export interface SupplyFigures extends SupplySettings {
  /** Deliveries, and what counts found more or less. */
  readonly received: number
  readonly used: number
}

/** May be below zero: more was used than was ever written down. */
export const supplyLeft = ({ received, used }: Pick<SupplyFigures, 'received' | 'used'>): number =>
  received - used

/** True when the packer shall be warned: at the level, not only below it, so that a level of 0 warns when it is gone. */
export function isSupplyLow(supply: SupplyFigures): boolean {
  return supply.active && supplyLeft(supply) <= supply.warnBelow
}

/** What one finished parcel or one reprint takes of these supplies, by id; nothing for those that it does not need. */
export function suppliesFor(
  supplies: readonly SupplySettings[],
  what: 'perParcel' | 'perReprint',
): SupplyUse[] {
  return supplies
    .filter((supply) => supply.active && supply[what] > 0)
    .map((supply) => ({ supplyId: supply.supplyId, quantity: supply[what] }))
    .sort((a, b) => (a.supplyId < b.supplyId ? -1 : 1))
}

/**
 * Whole days that what is left lasts at the pace of the last days; null when nothing was packed, or it is not used by
 * parcels. Zero when it is gone.
 */
export function supplyDaysLeft(
  supply: SupplyFigures,
  pace: { readonly parcels: number; readonly days: number },
): number | null {
  const perDay = (supply.perParcel * pace.parcels) / Math.max(1, pace.days)
  return perDay > 0 ? Math.max(0, Math.floor(supplyLeft(supply) / perDay)) : null
}
