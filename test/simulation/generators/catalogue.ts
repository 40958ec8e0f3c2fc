import { command, type Generator, type Planned, type Scene, SKUS } from './generator.ts'

/** Catalogue and bin files with edits of the same rows on several stations; house codes for unprintable ones. */
export const catalogue: Generator = {
  name: 'catalogue',
  weight: 4,
  makes: ['SkusImported', 'BinsImported', 'SkuCodeLinked'],
  plan: async (scene): Promise<Planned[]> => {
    const { dice } = scene
    if (dice.chance(0.3)) return [command({ type: 'ImportBins', file: 'bins.csv', bins: [binOf(scene)] })]
    const sku = dice.pick(SKUS)
    if (dice.chance(0.3)) return houseCode(scene)
    const edited = { ...sku, name: `${sku.name}${dice.below(50)}`, costFen: dice.between(1, 9) * 100 }
    return [command({ type: 'ImportSkus', file: 'skus.csv', skus: [edited] })]
  },
}

function binOf({ dice }: Scene) {
  const capacity = dice.between(80, 140)
  return dice.chance(0.5)
    ? ({ code: 'A-01-1-01', kind: 'pick', capacity, category: '牛仔裤' } as const)
    : ({ code: 'B-01-1-01', kind: 'pick', capacity, category: 'T恤' } as const)
}

function houseCode({ fresh }: Scene): Planned[] {
  const code = `无码-${fresh('N')}`
  const [like] = SKUS
  if (!like) return []
  const bare = { ...like, code, display: code, barcodes: [] }
  return [
    command({ type: 'ImportSkus', file: 'bare.csv', skus: [bare] }),
    command({ type: 'AssignHouseCode', skuCode: code }),
  ]
}
