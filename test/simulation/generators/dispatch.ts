import type { OrderRow } from '../../../src/shared/station/tables.ts'
import { command, type Generator, type Planned, type Scene } from './generator.ts'

const openOrders = (scene: Scene): Promise<OrderRow[]> =>
  scene.tx.range('orders', '[queue+deadlineAt]', {
    from: ['open', 0],
    to: ['open', Number.MAX_SAFE_INTEGER],
    limit: 12,
  })

/** Orders are merged and parted again; all buyers of the run are one, so that any two may go together. */
export const merging: Generator = {
  name: 'merging',
  weight: 5,
  makes: ['OrdersMerged', 'OrdersParted'],
  plan: async (scene): Promise<Planned[]> => {
    const { dice } = scene
    const open = await openOrders(scene)
    if (open.length < 2) return []
    const grouped = open.find((order) => order.mergeGroup !== undefined)
    if (grouped?.mergeGroup && dice.chance(0.3))
      return [command({ type: 'PartOrders', groupId: grouped.mergeGroup })]
    const two = [dice.pick(open), dice.pick(open)].map((order) => order.orderId)
    return [command({ type: 'MergeOrders', orderIds: two })]
  },
}

/** Extras come and go; a courier is chosen by hand and given back to the rules. */
export const dispatch: Generator = {
  name: 'dispatch',
  weight: 4,
  makes: ['ExtrasSet', 'CourierChosen'],
  plan: async (scene): Promise<Planned[]> => {
    const { dice } = scene
    const open = await openOrders(scene)
    if (open.length === 0) return []
    const { orderId } = dice.pick(open)
    if (dice.chance(0.5)) {
      const lines = dice.chance(0.3) ? [] : [{ skuCode: '2004-奶油-M', quantity: 1 }]
      return [command({ type: 'SetExtras', orderId, lines })]
    }
    const courier = dice.pick(['STO', 'EMS'])
    const back = command({ type: 'ChooseCourier', orderId, courier: '', reason: '' })
    return [
      command({ type: 'ChooseCourier', orderId, courier, reason: '客户改了' }),
      ...(dice.chance(0.8) ? [back] : []),
    ]
  },
}
