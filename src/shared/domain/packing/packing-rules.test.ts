import { describe, expect, it } from 'vitest'
import {
  DEFAULT_PACKING_RULES,
  FRAGILE_GOODS,
  type PackingRules,
  readPackingRules,
  rulesOfParcel,
} from './packing-rules.ts'

const shirt = { category: 'T恤', fragile: false }
const cup = { category: '玻璃杯', fragile: true }

describe('packing rules', () => {
  it('PAK-6 goods of any category have the usual rule until a manager writes another', () => {
    expect(rulesOfParcel(readPackingRules(undefined), [shirt, { fragile: false }])).toEqual([
      { of: '', lines: ['@flat', '@sealed', '@taped', '@labelFront'] },
    ])
  })

  it('PAK-6 what breaks comes first, and a line is said once', () => {
    expect(rulesOfParcel(DEFAULT_PACKING_RULES, [shirt, cup])).toEqual([
      { of: FRAGILE_GOODS, lines: ['@cushioned', '@noRattle', '@sealed', '@taped', '@labelFront'] },
      { of: '', lines: ['@flat'] },
    ])
    expect(rulesOfParcel(DEFAULT_PACKING_RULES, [cup])).toHaveLength(1)
    // Glass that nobody has marked as fragile is not pressed flat either.
    const [glass] = rulesOfParcel(DEFAULT_PACKING_RULES, [{ ...cup, fragile: false }])
    expect(glass?.lines).not.toContain('@flat')
  })

  it('PAK-6 a category’s own rule is found as people write it, and takes the place of the usual one', () => {
    const categories = [{ category: ' jeans ', lines: ['对折', '@sealed'] }]
    const rules: PackingRules = { ...DEFAULT_PACKING_RULES, categories }
    const jeans = { category: 'ＪＥＡＮＳ', fragile: false }
    expect(rulesOfParcel(rules, [jeans, jeans])).toEqual([{ of: ' jeans ', lines: ['对折', '@sealed'] }])
    expect(rulesOfParcel(rules, [jeans, shirt]).map(({ of }) => of)).toEqual([' jeans ', ''])
  })

  it('PAK-6 rules that cannot be read count as none', () => {
    expect(readPackingRules({ version: 1, usual: [] })).toBe(DEFAULT_PACKING_RULES)
  })
})
