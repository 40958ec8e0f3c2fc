/**
 * Where stock can be (STK-1): a bin, one of the built-in places between two steps, or the outside. Written as a short
 * string so that it can stand in a key: `bin:A-01-1-01`, `cart:taobao/193…`, `dock`, `packed`, `supplier` …
 */
export type Place = string

/** Received, not yet put away. */
export const DOCK: Place = 'dock'
/** In a sealed parcel with a waybill, waiting for the courier. */
export const PACKED: Place = 'packed'
/** The outside: these may go below zero, because the sum over all places is zero (STK-1). */
export const SUPPLIER: Place = 'supplier'
export const CUSTOMER: Place = 'customer'
export const ADJUSTMENT: Place = 'adjustment'

const OUTSIDE: ReadonlySet<Place> = new Set([SUPPLIER, CUSTOMER, ADJUSTMENT, 'scrap', 'drop-ship'])

/** The place of a bin, by its normalised code. */
export const binPlace = (binCode: string): Place => `bin:${binCode}`

/** The place of an order's picked pieces: its cart or put-wall slot. */
export const cartPlace = (orderId: string): Place => `cart:${orderId}`

/** The bin code of a bin's place, else null. */
export const binOfPlace = (place: Place): string | null => (place.startsWith('bin:') ? place.slice(4) : null)

/** True where pieces stand that an order may be given: bins, and carts for their own order. */
export const isSupplyPlace = (place: Place): boolean => place.startsWith('bin:') || place.startsWith('cart:')

/** True for the outside of the house. */
export const isOutside = (place: Place): boolean => OUTSIDE.has(place)
