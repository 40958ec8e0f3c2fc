import type { OrderSource, Recipient } from '../orders/order.ts'
import type { CourierWish } from './choose-courier-wish.ts'
import { type CourierConditions, type CourierTable, WISHED, type WishPrice } from './choose-courier-table.ts'

/** Where a parcel goes, as far as couriers care. */
export type Whereto = Pick<Recipient, 'province' | 'city' | 'district' | 'country'>

/** What the rules look at: one parcel, of one order or several merged ones. */
export interface ParcelFacts {
  /** Null: nothing is known of it. No region fits it then, and every courier reaches it. */
  readonly whereto: Whereto | null
  readonly source: OrderSource
  /** '' while nobody has noted one. */
  readonly deliveryMode: string
  /** Of the goods by the catalogue; null: a weight is missing. */
  readonly weightGrams: number | null
  /** What was paid; null: unknown. */
  readonly valueFen: number | null
  readonly fragile: boolean
  readonly wish: CourierWish
  /** Whether the shop works with this courier: it has numbers of it or an account. A wish for another is in vain. */
  readonly isOurs: (courier: string) => boolean
}

/** Why a courier that came up was not taken. */
export type PassedOver = {
  /** Rule id, or `usual`. */
  readonly ruleId: string
  readonly courier: string
  readonly why: 'unreachable' | 'unwanted' | 'notOffered' | 'notOurs'
}

/** A fact that made the rule fit; figures in the units of {@link CourierConditions}. */
export interface Matched {
  readonly what: keyof CourierConditions
  readonly value: string | number
}

export interface CourierChoice {
  readonly courier: string
  /** The rule that decided; `usual` and `fallback` are the table's two last lines. */
  readonly because: { readonly ruleId: string; readonly matched: readonly Matched[] }
  readonly passedOver: readonly PassedOver[]
  /** What a wish costs the buyer; null where nothing was wished. */
  readonly price: WishPrice | null
  /** False: not even the last resort goes there. */
  readonly reached: boolean
}

/**
 * Chooses the one courier of a parcel and says why (ORD-7). Rules are asked in their order; one whose courier does not
 * reach the place, or that the buyer refused, is passed over. Total: the fallback takes what is left.
 */
export function chooseCourier(table: CourierTable, facts: ParcelFacts): CourierChoice {
  const { unwanted } = facts.wish
  const choice = askRules(table, facts, unwanted)
  // A refusal that leaves nobody the shop works with is in vain, and says so.
  if (unwanted.length === 0 || facts.isOurs(choice.courier)) return choice
  const vain: PassedOver = { ruleId: choice.because.ruleId, courier: choice.courier, why: 'notOurs' }
  return { ...askRules(table, facts, []), passedOver: [...choice.passedOver, vain] }
}

/** False when the courier's list of regions that it does not go to holds the place (ORD-5, ORD-7). */
export function reaches(table: CourierTable, courier: string, whereto: Whereto | null): boolean {
  if (whereto === null) return true
  return !table.unreachable.some(
    (entry) => entry.courier === courier && entry.regions.some((region) => isIn(region, whereto)),
  )
}

/** Whether a place lies in a region: each word of it begins a level's name, from the large to the small. */
export function isIn(region: string, { country, province, city, district }: Whereto): boolean {
  const levels = [country, province, city, district]
  const words = region.trim().split(/\s+/)
  let from = 0
  for (const word of words) {
    const level = levels.findIndex((name, index) => index >= from && word !== '' && name.startsWith(word))
    if (level < 0) return false
    from = level + 1
  }
  return true
}

function askRules(table: CourierTable, facts: ParcelFacts, unwanted: readonly string[]): CourierChoice {
  const passedOver: PassedOver[] = []
  const isRefused = (ruleId: string, courier: string): boolean => {
    const why = !reaches(table, courier, facts.whereto)
      ? 'unreachable'
      : unwanted.includes(courier)
        ? 'unwanted'
        : null
    if (why) passedOver.push({ ruleId, courier, why })
    return why !== null
  }
  const taken = (courier: string, ruleId: string, matched: readonly Matched[]): CourierChoice => ({
    courier,
    because: { ruleId, matched },
    passedOver,
    price: priceOf(table, facts, courier),
    reached: reaches(table, courier, facts.whereto),
  })
  for (const { ruleId, when, courier, active } of table.rules) {
    if (!active) continue
    const matched = match(when, facts, courier)
    if (matched === null) continue
    for (const candidate of courier === WISHED ? facts.wish.wanted : [courier]) {
      const why = courier === WISHED ? refuseWish(table, facts, candidate) : null
      if (why) passedOver.push({ ruleId, courier: candidate, why })
      else if (!isRefused(ruleId, candidate)) return taken(candidate, ruleId, matched)
    }
  }
  if (!isRefused('usual', table.usual)) return taken(table.usual, 'usual', [])
  return taken(table.fallback, 'fallback', [])
}

function refuseWish(table: CourierTable, facts: ParcelFacts, courier: string): PassedOver['why'] | null {
  if (!table.wishes.some((wish) => wish.courier === courier)) return 'notOffered'
  return facts.isOurs(courier) ? null : 'notOurs'
}

function priceOf(table: CourierTable, { wish }: ParcelFacts, courier: string): WishPrice | null {
  if (!wish.wanted.includes(courier)) return null
  return table.wishes.find((price) => price.courier === courier) ?? null
}

/** What of the conditions was met, all of them; null when one was not. */
function match(when: CourierConditions, facts: ParcelFacts, courier: string): Matched[] | null {
  const { whereto, weightGrams, valueFen } = facts
  const found: (Matched | null)[] = []
  if (when.regions) {
    const region = when.regions.find((name) => whereto !== null && isIn(name, whereto))
    found.push(region === undefined ? null : { what: 'regions', value: region })
  }
  if (when.sources) found.push(oneOf('sources', when.sources, facts.source))
  if (when.deliveryModes) found.push(oneOf('deliveryModes', when.deliveryModes, facts.deliveryMode))
  if (when.weightOverGrams !== undefined)
    found.push(figure('weightOverGrams', weightGrams, (grams) => grams > (when.weightOverGrams ?? 0)))
  if (when.weightUnderGrams !== undefined)
    found.push(figure('weightUnderGrams', weightGrams, (grams) => grams < (when.weightUnderGrams ?? 0)))
  if (when.valueOverFen !== undefined)
    found.push(figure('valueOverFen', valueFen, (fen) => fen > (when.valueOverFen ?? 0)))
  if (when.fragile !== undefined)
    found.push(facts.fragile === when.fragile ? { what: 'fragile', value: String(when.fragile) } : null)
  if (when.wish || courier === WISHED) {
    const wanted = facts.wish.wanted
    found.push(wanted.length === 0 ? null : { what: 'wish', value: wanted.join(' ') })
  }
  const met = found.filter((one) => one !== null)
  return met.length === found.length ? met : null
}

function oneOf(what: Matched['what'], names: readonly string[], name: string): Matched | null {
  return names.includes(name) ? { what, value: name } : null
}

function figure(
  what: Matched['what'],
  value: number | null,
  fits: (value: number) => boolean,
): Matched | null {
  return value !== null && fits(value) ? { what, value } : null
}
