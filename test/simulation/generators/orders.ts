import { testOrder } from '../../../src/shared/station/test-station.ts'
import {
  command,
  type Generator,
  isMeasured,
  type Planned,
  type Scene,
  skuOf,
  WANTED_MM,
} from './generator.ts'

/** Order numbers that all stations' files draw from, so that one order comes in on several of them. */
const NUMBERS = 40

export const numberOf = (scene: Scene): string => String(9000 + scene.dice.below(NUMBERS))

/** An order's lines follow from its number: whoever imports the file reads the same. */
function linesOf(number: string, scene: Scene): [string, number][] {
  const first =
    ['2004-奶油-L', '2004-奶油-M', '2031-深蓝-31', '2004-奶油-L'][Number(number) % 4] ??
    skuOf(scene.dice).code
  return Number(number) % 5 === 0
    ? [
        [first, 1],
        ['2004-奶油-M', 1],
      ]
    : [[first, 1 + (Number(number) % 2)]]
}

/** Order files: new orders, the same again, and what the platform took back; wanted measures confirmed. */
export const orders: Generator = {
  name: 'orders',
  weight: 10,
  makes: ['OrdersImported', 'WantedMeasureConfirmed'],
  plan: async (scene): Promise<Planned[]> => {
    const { dice } = scene
    const numbers = Array.from({ length: dice.between(1, 4) }, () => numberOf(scene))
    const refunded = dice.chance(0.12)
    const state = refunded ? ({ status: 'refunded', statusText: '退款成功' } as const) : {}
    const list = [...new Set(numbers)].map((number) =>
      testOrder(number, linesOf(number, scene), { deadlineAt: Number(number) * 1000, ...state }),
    )
    const planned = [command({ type: 'ImportOrders', file: 'orders.csv', orders: list })]
    for (const { platform } of list)
      for (const line of platform.lines)
        if (isMeasured({ category: line.skuCode.startsWith('2031') ? '牛仔裤' : '' }) && dice.chance(0.7))
          planned.push(
            command({
              type: 'ConfirmWanted',
              orderId: platform.orderId,
              lineNo: line.lineNo,
              measureMm: WANTED_MM,
            }),
          )
    return planned
  },
}
