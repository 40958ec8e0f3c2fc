import type { PackTask } from '../../../src/shared/domain/packing/pack-task.ts'
import { CLERK, type Generator, type Planned, type Scene, scans } from './generator.ts'

/** Opens an order from the queue, or goes on with the parcel on the desk. */
export const packing: Generator = {
  name: 'packing',
  weight: 26,
  makes: ['ParcelFinished', 'CountWanted'],
  plan: async (scene) => {
    const { dice, tx } = scene
    const desk = await tx.get('desk', 'pack')
    if (desk?.area === 'pack') return goOn(scene, desk)
    const ready = await tx.where('readiness', 'state', 'ready')
    if (ready.length === 0) return []
    // The top of the queue, which is the top of every station's queue.
    const order = await tx.get('orders', dice.pick(ready.slice(0, 4)).orderId)
    return order?.platform ? scans('pack', order.platform.number) : []
  },
}

function goOn({ dice }: Scene, task: PackTask): Planned[] {
  if (task.state === 'confirming') return scans('pack', dice.chance(0.8) ? 'MM-770' : 'CMD-HOLD')
  if (dice.chance(0.06)) return scans('pack', 'CMD-HOLD')
  const pieces = task.lines.flatMap((line) => {
    const missing = Math.max(0, line.quantity - line.pieces.length)
    const piece = line.measured ? [line.skuCode, 'MM-770'] : [line.skuCode]
    return Array.from({ length: missing }, () => piece).flat()
  })
  const back = dice.chance(0.1) ? ['CMD-BACK', 'CMD-BACK'] : []
  // ANS-1 closes a parcel whose order the platform took back; to any other it is no answer.
  return scans('pack', ...pieces, ...back, `G-${dice.between(150, 700)}`, CLERK, 'CMD-FINISH', 'ANS-1')
}

/** A finished parcel is taken back before hand-over, or its label printed again. */
export const corrections: Generator = {
  name: 'corrections',
  weight: 3,
  makes: ['ParcelVoided'],
  plan: async ({ dice, tx }) => {
    const packed = (await tx.range('parcels', null, {})).filter((row) => row.state === 'packed')
    if (packed.length === 0 || (await tx.get('desk', 'pack'))) return []
    const code = dice.pick(packed).waybillNumber
    return dice.chance(0.3) ? scans('pack', code, 'ANS-1', 'ANS-2') : scans('pack', code, 'ANS-2', 'ANS-4')
  },
}
