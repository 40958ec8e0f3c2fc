import { type Generator, scans, type Scene } from './generator.ts'

/** Walks a pick to its end, or puts it aside half way. */
export const picking: Generator = {
  name: 'picking',
  weight: 7,
  makes: ['OrderPicked'],
  plan: async (scene) => {
    const { dice, tx } = scene
    const desk = await tx.get('desk', 'pick')
    if (desk?.area !== 'pick') return scans('pick', 'CMD-NEXT')
    if (dice.chance(0.1)) return scans('pick', 'CMD-HOLD')
    return scans('pick', ...walk(scene, desk.stops), 'CMD-FINISH')
  },
}

function walk(
  { dice }: Scene,
  stops: readonly { binCode: string; skuCode: string; measureMm: number | null; quantity: number }[],
): string[] {
  return stops.flatMap(({ binCode, skuCode, measureMm, quantity }) => {
    const piece = measureMm === null ? [skuCode] : [skuCode, `MM-${measureMm}`]
    const back = dice.chance(0.1) ? ['CMD-BACK'] : []
    return [binCode, ...Array.from({ length: quantity }, () => piece).flat(), ...back]
  })
}
