import { command, type Generator, type Planned, type Scene, SKUS } from './generator.ts'

/** People and the shop's settings, changed on several stations. */
export const people: Generator = {
  name: 'people',
  weight: 3,
  makes: ['PersonSaved', 'SettingsChanged'],
  plan: async ({ dice }): Promise<Planned[]> => {
    if (dice.chance(0.6)) {
      const name = dice.pick(['shopName', 'shopPhone', 'shopAddress', 'exportCursor'])
      return [command({ type: 'SaveSettings', settings: { [name]: `value ${dice.below(1000)}` } })]
    }
    const personId = `p-${dice.between(1, 4)}`
    const person = {
      personId,
      name: dice.pick(['赵', '钱', '孙', '李']) + String(dice.below(100)),
      roles: ['picker', 'packer'] as const,
      badgeHash: `b-${personId}`,
      pinHash: 'x',
      active: dice.chance(0.8),
    }
    return [command({ type: 'SavePerson', person: { ...person, roles: [...person.roles] } })]
  },
}

/** Names and notes on goods, bins and orders, often on the same few. */
export const details: Generator = {
  name: 'details',
  weight: 5,
  makes: ['DetailChanged'],
  plan: async ({ dice }): Promise<Planned[]> => {
    const [thing, key] = dice.pick([
      ['sku', SKUS[0]?.code ?? ''],
      ['sku', SKUS[2]?.code ?? ''],
      ['bin', 'A-01-1-01'],
      ['order', 'taobao/9001'],
    ] as const)
    const field = dice.pick(['name', 'note'] as const)
    return [command({ type: 'DescribeThing', thing, key, field, value: `text ${dice.below(1000)}` })]
  },
}

/** A manager decides about a contradiction; a double pack is often repaired by voiding one parcel. */
export const resolutions: Generator = {
  name: 'resolutions',
  weight: 3,
  makes: ['DiscrepancyResolved', 'ParcelVoided'],
  plan: async (scene): Promise<Planned[]> => {
    const { dice, tx } = scene
    const rows = await tx.range('discrepancies', null, {})
    if (rows.length === 0) return []
    const row = dice.pick(rows)
    const decision = dice.pick(['repaired', 'accepted'] as const)
    const resolved = command({ type: 'ResolveDiscrepancy', discrepancyId: row.id, decision, note: '' })
    return row.kind === 'doublePack' ? [...repair(scene, row.eventIds), resolved] : [resolved]
  },
}

function repair({ dice }: Scene, parcelIds: readonly string[]): Planned[] {
  const parcelId = dice.pick(parcelIds)
  return dice.chance(0.5) ? [command({ type: 'VoidParcel', parcelId, reason: 'packAgain' })] : []
}
