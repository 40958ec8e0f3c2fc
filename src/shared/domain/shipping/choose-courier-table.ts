import { z } from 'zod'
import { OrderSourceSchema } from '../orders/order.ts'
import { DEFAULT_COURIER } from './couriers.ts'

const CourierCodeSchema = z.string().min(1).max(20)

/**
 * A region: names or their beginnings from the large to the small, blanks between (`西藏`, `浙江省 台州市`, `乌鲁木齐`).
 */
const RegionSchema = z.string().trim().min(1).max(60)

/** What an order must be for a rule; members that are absent do not matter. */
export const CourierConditionsSchema = z.object({
  /** Any of these. */
  regions: z.array(RegionSchema).max(200).optional(),
  /** Any of these. */
  sources: z.array(OrderSourceSchema).max(10).optional(),
  /** Any of these: how the buyer gets it (ORD-3). */
  deliveryModes: z.array(z.string().min(1).max(20)).max(10).optional(),
  weightOverGrams: z.number().int().nonnegative().optional(),
  weightUnderGrams: z.number().int().positive().optional(),
  valueOverFen: z.number().int().nonnegative().optional(),
  fragile: z.boolean().optional(),
  /** The buyer named a courier that the shop sends with. */
  wish: z.boolean().optional(),
})
export type CourierConditions = z.infer<typeof CourierConditionsSchema>

/** Stands in a rule for the courier that the buyer wished. */
export const WISHED = 'wished'

const CourierRuleSchema = z.object({
  ruleId: z.string().min(1).max(60),
  when: CourierConditionsSchema,
  /** A courier's code, or {@link WISHED}. */
  courier: CourierCodeSchema,
  active: z.boolean(),
})
export type CourierRule = z.infer<typeof CourierRuleSchema>

/** A courier that a buyer may wish, and what it costs him: the freight of another one (圆通 as 申通, 顺丰 as EMS). */
const WishPriceSchema = z.object({
  courier: CourierCodeSchema,
  /** Charged as this courier. */
  priceAs: CourierCodeSchema,
  /** What the buyer pays on top of the usual freight. */
  surchargeFen: z.number().int().nonnegative(),
})
export type WishPrice = z.infer<typeof WishPriceSchema>

/** Most couriers' divisor of a parcel's volume, cm³ per kilogram (formats.md, tariffs). */
export const USUAL_DIVISOR = 6000

const VolumeDivisorSchema = z.object({
  courier: CourierCodeSchema,
  /** cm³ per kilogram, as the contract with the courier has it (PAK-5). */
  divisor: z.number().int().min(1000).max(20_000),
})
export type VolumeDivisor = z.infer<typeof VolumeDivisorSchema>

/** How parcels find their courier (ORD-7), as a manager keeps it: the first rule that fits decides. */
export const CourierTableSchema = z.object({
  version: z.literal(1),
  rules: z.array(CourierRuleSchema).max(200),
  /** Takes what no rule decides. */
  usual: CourierCodeSchema,
  /** Takes what the usual one does not reach. */
  fallback: CourierCodeSchema,
  unreachable: z
    .array(z.object({ courier: CourierCodeSchema, regions: z.array(RegionSchema).max(500) }))
    .max(50),
  wishes: z.array(WishPriceSchema).max(50),
  /** Couriers whose contract has another divisor than {@link USUAL_DIVISOR}. */
  divisors: z.array(VolumeDivisorSchema).max(50).optional(),
})
export type CourierTable = z.infer<typeof CourierTableSchema>

/** Key of the table among the shop's settings. */
export const COURIER_RULES = 'courierRules'

/** Until a manager changes it: a wish is honoured, 申通 takes the rest, EMS where 申通 does not go. */
export const DEFAULT_COURIER_TABLE: CourierTable = {
  version: 1,
  rules: [{ ruleId: 'wish', when: { wish: true }, courier: WISHED, active: true }],
  usual: DEFAULT_COURIER,
  fallback: 'EMS',
  unreachable: [{ courier: DEFAULT_COURIER, regions: ['香港', '澳门', '台湾'] }],
  wishes: [
    { courier: 'YTO', priceAs: 'STO', surchargeFen: 0 },
    { courier: 'SF', priceAs: 'EMS', surchargeFen: 1000 },
    { courier: 'EMS', priceAs: 'EMS', surchargeFen: 1000 },
    { courier: 'STO', priceAs: 'STO', surchargeFen: 0 },
  ],
}

/** The shop's table out of its stored setting; one that cannot be read counts as none. */
export function readCourierTable(value: unknown): CourierTable {
  const parsed = CourierTableSchema.safeParse(value)
  return parsed.success ? parsed.data : DEFAULT_COURIER_TABLE
}

/** The divisor of the contract with a courier, cm³ per kilogram (PAK-5). */
export function divisorOf({ divisors = [] }: CourierTable, courier: string): number {
  return divisors.find((entry) => entry.courier === courier)?.divisor ?? USUAL_DIVISOR
}
