import { command, type Generator, type Planned } from './generator.ts'

const SUPPLIES = [
  { supplyId: 'waybill', name: '面单', unit: 'sheet', perParcel: 1, perReprint: 1 },
  { supplyId: 'tape', name: '胶带', unit: 'cm', perParcel: 60, perReprint: 0 },
] as const

/** Packing supplies that are set up, delivered and counted on several stations; parcels and reprints use them. */
export const supplies: Generator = {
  name: 'supplies',
  weight: 4,
  makes: ['SupplySaved', 'SupplyCounted', 'SupplyUsed'],
  plan: async ({ dice, tx }): Promise<Planned[]> => {
    const supply = dice.pick(SUPPLIES)
    const { supplyId } = supply
    if (!(await tx.get('supplies', supplyId))?.active || dice.chance(0.15)) {
      const saved = { ...supply, warnBelow: dice.below(300), active: dice.chance(0.9) }
      return [command({ type: 'SaveSupply', supply: saved })]
    }
    const why = dice.chance(0.6) ? 'delivery' : 'count'
    return [command({ type: 'CountSupply', supplyId, why, quantity: dice.below(2000) })]
  },
}
