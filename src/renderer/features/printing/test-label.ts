import { shopTime, type ShopClock } from '../../../shared/domain/orders/deadline.ts'
import type { LabelDocument } from '../../../shared/labels/label-document.ts'
import type { PaperKind, Printer } from '../../../shared/protocol/print-contract.ts'

/** Test prints in the queue, told apart from the house's papers. */
export const TEST_SUBJECT = 'TEST'

interface TestContext {
  readonly at: number
  readonly shopClock: ShopClock
  readonly shopName: string
}

/**
 * A label of the kind that the printer is there for, filled with words that show whether everything comes out:
 * Chinese, bars, small type. Marked as a sample, with a number that no courier gives.
 */
export function testLabel(
  printer: Printer,
  kinds: readonly PaperKind[],
  context: TestContext,
): LabelDocument {
  const kind = kinds[0] ?? kindForPaper(printer)
  const printedAt = shopTime(context.at, context.shopClock)
  switch (kind) {
    case 'sku':
      return {
        kind: 'sku',
        code: 'TEST-0001',
        name: '试打 圆领短袖 T 恤',
        colour: '奶油',
        size: 'L',
        skuCode: 'TEST-0001',
      }
    case 'bin':
      return { kind: 'bin', code: 'A-01-1-01', kindName: '试打', category: printer.name }
    case 'put-wall':
      return { kind: 'put-wall', code: 'SLOT-A-03', slot: 'A-03', wall: 'A' }
    case 'list':
      return testList(printer, printedAt, context)
    case 'carton':
    case 'waybill':
      return testWaybill(printer, printedAt, context)
  }
}

/** What fits on the paper when no kind was given to the printer yet. */
function kindForPaper({ paper, language }: Printer): PaperKind {
  if (!paper) return language === 'pdf' ? 'list' : 'waybill'
  if (paper.heightUm >= 290_000) return 'list'
  if (paper.heightUm >= 130_000) return 'waybill'
  return paper.heightUm < 50_000 ? 'sku' : 'bin'
}

function testWaybill(printer: Printer, printedAt: string, { shopName }: TestContext): LabelDocument {
  return {
    kind: 'waybill',
    courierCode: 'STO',
    courierName: '试打',
    waybillNumber: '000000000000',
    sortCode: '000-00',
    destination: '试打 不寄出',
    recipient: { name: '试*', phone: '138****0000', address: '浙江省 台州市 ****' },
    sender: { name: shopName, phone: '', address: printer.name },
    orderNumbers: ['TEST-0001'],
    items: [{ text: 'TEST/奶油/L', quantity: 1 }],
    pieceCount: 1,
    weightGrams: null,
    packerName: '试打',
    printedAt,
    copy: 0,
    sample: true,
  }
}

function testList(printer: Printer, printedAt: string, { shopName }: TestContext): LabelDocument {
  return {
    kind: 'list',
    list: 'pick-slip',
    title: '试打',
    number: 'TEST-0001',
    facts: [
      { name: '店铺', value: shopName },
      { name: '打印机', value: printer.name },
      { name: '时间', value: printedAt },
    ],
    columns: [
      { title: '商品', weight: 4, align: 'left' },
      { title: '数量', weight: 1, align: 'right' },
    ],
    rows: [['圆领短袖 T 恤 奶油 L', '1']],
    totals: ['共 1 款', '1 件'],
    signatures: [],
    sample: true,
  }
}
