import type { PoolNumber } from '../../../shared/station/commands/command.ts'
import type { StationApp } from '../../app/station-app.ts'
import { demoBins } from './demo-bins.ts'
import { demoSkus } from './demo-goods.ts'
import { demoDemand, demoOrders } from './demo-orders.ts'

const FILE = 'demo'
const NOTICE_NO = 'PO-DEMO-0001'
const POOL_SIZE = 200
/** So short that a newcomer can receive it by hand. */
const NOTICE_LINES = 14

/**
 * Fills an empty station with a small believable shop, through the same commands as real files: goods, bins, orders of
 * the day, waybill numbers and an advance notice that covers most of the orders. Loading it twice changes nothing but
 * the orders' times.
 */
export async function loadDemoData(station: Pick<StationApp, 'run' | 'env'>): Promise<void> {
  await station.run({ type: 'ImportSkus', file: FILE, skus: demoSkus() })
  await station.run({ type: 'ImportBins', file: FILE, bins: demoBins() })
  await station.run({ type: 'LoadWaybills', file: FILE, waybills: demoPool() })
  await station.run({ type: 'ImportNotice', file: FILE, notice: demoNotice() })
  const orders = demoOrders(Date.now(), station.env.shopClock)
  await station.run({ type: 'ImportOrders', file: FILE, orders })
}

function demoPool(): PoolNumber[] {
  return Array.from({ length: POOL_SIZE }, (_, position) => ({
    courier: 'STO',
    number: String(773_090_000_000_100 + position),
    sortCode: `576-${String.fromCharCode(65 + (position % 6))}${1 + (position % 9)}`,
    position,
  }))
}

/** The goods that most orders wait for, with a few pieces over. */
function demoNotice() {
  const skus = new Map(demoSkus().map((sku) => [sku.code, sku]))
  const lines = [...demoDemand()].slice(0, NOTICE_LINES).map(([skuCode, wanted]) => ({
    skuCode,
    quantity: wanted + 2,
    priceFen: skus.get(skuCode)?.costFen ?? null,
  }))
  return { noticeNo: NOTICE_NO, supplier: '台州久久制衣', lines }
}
