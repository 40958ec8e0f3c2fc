import { officeGoods } from './office-goods.ts'
import { officeStart } from './office-start.ts'
import { officeTrade } from './office-trade.ts'

/** The office screens: first start, home, catalogue, stock, orders, archive. */
export const office = { ...officeStart, ...officeGoods, ...officeTrade } as const
