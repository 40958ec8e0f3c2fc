import { z } from 'zod'

/**
 * One line of a packing rule: the shop's own words, or `@` and a tag of {@link DELIVERED_LINES} that the screen has words
 * for in its language.
 */
const LineSchema = z.string().trim().min(1).max(32)
/** More lines than these nobody reads between two parcels. */
export const MOST_RULE_LINES = 5
const LinesSchema = z.array(LineSchema).min(1).max(MOST_RULE_LINES)

/** How goods are packed (PAK-6), as a manager keeps it. */
export const PackingRulesSchema = z.object({
  version: z.literal(1),
  /** For goods of a category without a rule of its own. */
  usual: LinesSchema,
  /** For goods that break; where their category has a rule too, both count. */
  fragile: LinesSchema,
  categories: z.array(z.object({ category: z.string().trim().min(1).max(60), lines: LinesSchema })).max(200),
})
export type PackingRules = z.infer<typeof PackingRulesSchema>

/** Key of the rules among the shop's settings. */
export const PACKING_RULES = 'packingRules'

/** Lines that every station can say in both languages, by tag. */
export const DELIVERED_LINES = ['flat', 'sealed', 'taped', 'labelFront', 'cushioned', 'noRattle'] as const
type DeliveredLine = (typeof DELIVERED_LINES)[number]

/** The tag of a line that the station has words for; null for the shop's own. */
export function deliveredLine(line: string): DeliveredLine | null {
  return DELIVERED_LINES.find((tag) => line === `@${tag}`) ?? null
}

const FRAGILE_LINES = ['@cushioned', '@noRattle', '@sealed', '@taped', '@labelFront']

/** Until a manager changes them (PAK-6): glass and china break also where the catalogue does not say so. */
export const DEFAULT_PACKING_RULES: PackingRules = {
  version: 1,
  usual: ['@flat', '@sealed', '@taped', '@labelFront'],
  fragile: FRAGILE_LINES,
  categories: ['玻璃杯', '玻璃', '陶瓷'].map((category) => ({ category, lines: FRAGILE_LINES })),
}

/** The shop's rules out of their stored setting; what cannot be read counts as none. */
export function readPackingRules(value: unknown): PackingRules {
  const parsed = PackingRulesSchema.safeParse(value)
  return parsed.success ? parsed.data : DEFAULT_PACKING_RULES
}

/** What a parcel's packer is shown, and confirms with the badge (PAK-6). */
export interface ParcelRule {
  /** The category that it is for; {@link FRAGILE_GOODS}; '' for all other goods. */
  readonly of: string
  readonly lines: readonly string[]
}

/** Stands in {@link ParcelRule} for goods that break. */
export const FRAGILE_GOODS = '@fragile'

/** A parcel of more categories shows the first of their rules. */
const MOST_PARCEL_RULES = 8

type Goods = readonly { readonly category?: string; readonly fragile: boolean }[]

/**
 * The rules of what is in a parcel, what breaks first (PAK-6). A line that several of them have stands once, where it comes
 * first; a rule of which nothing is left is left out.
 */
export function rulesOfParcel(rules: PackingRules, goods: Goods): ParcelRule[] {
  const own = goods.map(({ category = '' }) => ownRule(rules, category))
  const found: ParcelRule[] = []
  if (goods.some(({ fragile }) => fragile)) found.push({ of: FRAGILE_GOODS, lines: rules.fragile })
  for (const rule of new Set(own)) if (rule) found.push({ of: rule.category, lines: rule.lines })
  if (goods.some(({ fragile }, index) => !fragile && !own[index])) found.push({ of: '', lines: rules.usual })
  return withoutRepeats(found).slice(0, MOST_PARCEL_RULES)
}

const ownRule = ({ categories }: PackingRules, category: string) =>
  categories.find((rule) => keyOf(rule.category) === keyOf(category))

/** Categories are compared as a person reads them. */
const keyOf = (category: string): string => category.normalize('NFKC').trim().toUpperCase()

function withoutRepeats(found: readonly ParcelRule[]): ParcelRule[] {
  const said = new Set<string>()
  return found.flatMap(({ of, lines }) => {
    const fresh = lines.filter((line) => !said.has(line))
    for (const line of fresh) said.add(line)
    return fresh.length === 0 ? [] : [{ of, lines: fresh }]
  })
}
