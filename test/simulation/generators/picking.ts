import type { PickStop, PickTask } from '../../../src/shared/domain/picking/pick-task.ts'
import { command, type Generator, type Planned, scans, type Scene } from './generator.ts'

/** Walks a pick to its end, puts it aside half way, or does not find what should be there. */
export const picking: Generator = {
  name: 'picking',
  weight: 9,
  makes: ['OrderPicked', 'PickShort', 'CountWanted'],
  plan: async (scene) => {
    const { dice, tx } = scene
    const desk = await tx.get('desk', 'pick')
    if (desk?.area !== 'pick') return begin(scene)
    if (dice.chance(0.1)) return scans('pick', 'CMD-HOLD')
    if (dice.chance(0.35)) return short(scene, desk)
    const sorting = desk.batch?.sorting === 'afterwards' ? pieces(desk.stops) : []
    return scans('pick', ...walk(scene, desk.stops), ...sorting, 'CMD-FINISH', 'CMD-FINISH')
  },
}

/** One order, as many as the station takes at once, or several by their numbers. */
async function begin({ dice, tx, stationId }: Scene): Promise<Planned[]> {
  const next = scans('pick', 'CMD-NEXT')
  if (dice.chance(0.5)) return next
  if (dice.chance(0.5)) {
    const ready = (await tx.where('readiness', 'state', 'ready')).slice(0, 3)
    const orders = await tx.getMany(
      'orders',
      ready.map((row) => row.orderId),
    )
    return scans('pick', ...orders.flatMap((order) => order?.platform?.number ?? []))
  }
  const value = {
    batchSize: dice.between(1, 4),
    sorting: dice.chance(0.5) ? 'whilePicking' : 'afterwards',
    wall: `WALL${stationId.replace(/[^A-Z0-9]/g, '')}`.slice(0, 10),
    slots: 3,
  }
  return [command({ type: 'SaveSettings', settings: { [`picking:${stationId}`]: value } }), ...next]
}

function walk({ dice }: Scene, stops: readonly PickStop[]): string[] {
  return stops.flatMap((stop) => {
    const back = dice.chance(0.1) ? ['CMD-BACK'] : []
    return [stop.binCode, ...pieces([stop]), ...back]
  })
}

const pieces = (stops: readonly PickStop[]): string[] =>
  stops.flatMap(({ skuCode, measureMm, quantity }) => {
    const piece = measureMm === null ? [skuCode] : [skuCode, `MM-${measureMm}`]
    return Array.from({ length: quantity }, () => piece).flat()
  })

/** Perhaps one piece, then no more: another bin, back to the queue, or found after all. */
function short({ dice }: Scene, { stops }: PickTask): Planned[] {
  const stop = stops.find((candidate) => candidate.picked < candidate.quantity)
  if (!stop) return scans('pick', 'CMD-FINISH')
  const some = dice.chance(0.5) ? pieces([{ ...stop, quantity: 1 }]) : []
  return scans('pick', stop.binCode, ...some, 'CMD-SHORT', `ANS-${dice.between(1, 3)}`)
}

/** A wave of what is ready, in batches of two; one of them may be given up again. */
export const waves: Generator = {
  name: 'waves',
  weight: 1,
  makes: [],
  plan: async ({ dice, tx }) => {
    const waiting = (await tx.where('held', 'area', 'pick')).filter((task) => 'waiting' in task)
    const [first] = waiting
    if (first) return [command({ type: 'DissolveBatch', taskId: first.taskId })]
    const ready = (await tx.where('readiness', 'state', 'ready')).slice(0, 4).map((row) => row.orderId)
    if (ready.length === 0) return []
    const heap = dice.chance(0.3)
    const batches = [ready.slice(0, 2), ready.slice(2)].filter((ids) => ids.length > 0)
    return [command({ type: 'PlanWave', batches: batches.map((orderIds) => ({ orderIds, heap })) })]
  },
}

/** Somebody looks into a bin that a picker doubted. */
export const found: Generator = {
  name: 'found',
  weight: 2,
  makes: ['ShortLifted'],
  plan: async ({ dice, tx }) => {
    const doubted = await tx.where('shorts', 'state', 'doubted')
    if (doubted.length === 0) return []
    const { binCode, skuCode, measureMm } = dice.pick(doubted)
    return [command({ type: 'LiftShort', binCode, skuCode, measureMm })]
  },
}

/** Pieces of an order that does not go on leave its cart for their bins. */
export const takingBack: Generator = {
  name: 'takingBack',
  weight: 2,
  makes: ['PiecesReturned'],
  plan: async ({ dice, tx }) => {
    if (await tx.get('desk', 'pick')) return []
    const slots = await tx.range('slots', null, {})
    const balances = await tx.range('balances', null, {})
    const inCarts = balances.filter((row) => row.place.startsWith('cart:') && row.quantity > 0)
    if (inCarts.length === 0) return []
    const orderId = dice.pick(inCarts).place.slice('cart:'.length)
    const slot = slots.find((row) => row.orderId === orderId)?.code
    const number = (await tx.get('orders', orderId))?.platform?.number
    const code = dice.chance(0.5) ? (slot ?? number) : number
    return code === undefined ? [] : scans('pick', code, 'ANS-1', 'CMD-HOLD')
  },
}
