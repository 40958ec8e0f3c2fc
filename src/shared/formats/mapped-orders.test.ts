import { describe, expect, it } from 'vitest'
import { assert } from '../base/assert.ts'
import { detectFormat, headerFingerprint } from './detect-format.ts'
import { interpretMappedOrders } from './generic-orders.ts'
import { suggestMapping } from './order-mapping.ts'
import { readTable } from './read-table.ts'
import { collectOutcomes } from './row-outcome.ts'
import { interpretShopify } from './shopify.ts'

function tableOf(text: string) {
  const reading = readTable(text)
  assert(reading.tag === 'table', reading.tag)
  return reading.table
}
const shopify = (...rows: string[]) =>
  collectOutcomes(
    interpretShopify(
      tableOf(
        [
          'Name,Financial Status,Fulfillment Status,Cancelled at,Created at,Total,Lineitem quantity,Lineitem name,Lineitem sku,Lineitem requires shipping,Shipping Name,Shipping Zip',
          ...rows,
        ].join('\n'),
      ),
      { encoding: 'utf-8' },
    ),
  )
const T = '2026-10-01 01:00:00 +0800'
const head = (number: string, status = 'paid', goods = '', cancelled = '', sku = 'A', ship = 'true') =>
  `${number},${status},${goods},${cancelled},${T},5.00,1,Shirt,${sku},${ship},Ada,'00501`
const more = (number: string, sku = 'B', quantity = '2') => `${number},,,,${T},,${quantity},Hat,${sku},true,,`

describe('interpretShopify', () => {
  it('ORD-1 joins the rows of an order wherever they stand', () => {
    const { records, refusals } = shopify(head('#1001'), head('#1002'), more('#1001'))
    expect(refusals).toEqual([])
    expect(
      records.map((order) => [
        order.number,
        order.lines.map((line) => `${line.lineNo} ${line.quantity} ${line.skuCode}`),
      ]),
    ).toEqual([
      ['#1001', ['1 1 A', '2 2 B']],
      ['#1002', ['1 1 A']],
    ])
    expect(records[0]).toMatchObject({
      status: 'paid',
      totalFen: 500,
      recipient: { name: 'Ada', postcode: '00501' },
    })
    expect(records[0]?.createdAt).toBe(Date.UTC(2026, 8, 30, 17))
  })

  it('ORD-2 tells where the order stands', () => {
    const status = (...args: [string, string?, string?]) => shopify(head('#1', ...args)).records[0]?.status
    expect(status('paid', 'unfulfilled')).toBe('paid')
    expect(status('paid', 'fulfilled')).toBe('shipped')
    expect(status('paid', '', T)).toBe('closed')
    expect(status('pending')).toBe('unpaid')
    expect(status('refunded')).toBe('refunded')
    expect(status('partially_refunded')).toBe('refunding')
    expect(status('voided')).toBe('closed')
    expect(shopify(head('#1', 'haha')).refusals[0]).toMatchObject({ reason: 'unknownStatus', value: 'haha' })
    expect(shopify(head('#1', 'paid', 'partial')).refusals[0]?.reason).toBe('partlyShipped')
  })

  it('ORD-1 holds an order back whole when one of its rows is bad, and accounts for each row', () => {
    const { records, refusals } = shopify(head('#1'), more('#1', ''), more('#1'), head('#2'))
    expect(records.map((order) => order.number)).toEqual(['#2'])
    expect(refusals.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'missingField'],
      [2, 'siblingRefused'],
      [4, 'siblingRefused'],
    ])
  })

  it('ORD-1 does not take the last order of a cut file as whole', () => {
    const { records, refusals } = shopify(head('#1001'), head('#1002'), '#100')
    expect(records.map((order) => order.number)).toEqual(['#1001'])
    expect(refusals.map(({ line, reason }) => [line, reason])).toEqual([
      [4, 'truncatedRow'],
      [3, 'siblingRefused'],
    ])
  })

  it('ORD-1 leaves out what is never packed', () => {
    const { records, refusals } = shopify(
      head('#1', 'paid', '', '', 'GIFT', 'false'),
      more('#1'),
      head('#2', 'paid', '', '', 'GIFT', 'false'),
    )
    expect(records[0]?.lines.map((line) => line.skuCode)).toEqual(['B'])
    expect(refusals).toMatchObject([{ line: 4, reason: 'nothingToShip', value: '#2' }])
  })
})

describe('interpretMappedOrders', () => {
  const read = (text: string) => {
    const table = tableOf(text)
    return collectOutcomes(
      interpretMappedOrders(table, {
        encoding: 'utf-8',
        source: 'generic',
        mapping: suggestMapping(table.headers),
      }),
    )
  }

  it('ORD-1 reads a hand-made Chinese table', () => {
    const { records, refusals } = read(
      '订单号,收货人,手机,收货地址,商家编码,数量,付款时间,状态\nA１,王五,13800000000,浙江省 台州市 温岭市 路1号,2001-白-M,2,2026-10-01 09:00,待发货\n',
    )
    expect(refusals).toEqual([])
    expect(records[0]).toMatchObject({
      number: 'A１',
      numberKey: 'A1',
      status: 'paid',
      paidAt: Date.UTC(2026, 9, 1, 1),
      recipient: { name: '王五', province: '浙江省', city: '台州市', district: '温岭市', street: '路1号' },
      lines: [{ lineNo: 1, skuKey: '2001-白-M', quantity: 2 }],
      currency: 'CNY',
    })
  })

  it('ORD-2 of rows that disagree the more careful status counts, and it is said', () => {
    const { records, notices } = read(
      'order_number,status,sku,quantity,order_date\n1,processing,A,1,2026-10-01\n1,cancelled,B,1,2026-10-01\n',
    )
    expect(records[0]).toMatchObject({ status: 'closed', paidAt: null })
    expect(records[0]?.lines).toHaveLength(2)
    expect(notices).toEqual([{ line: 3, field: 'status', reason: 'rowsDisagree', value: 'cancelled' }])
  })

  it('ORD-3 without a paid column the order’s own time stands for it, only when it was paid', () => {
    const at = (status: string) =>
      read(`order_number,status,sku,quantity,order_date\n1,${status},A,1,2026-10-01 08:00:00\n`).records[0]
    expect(at('processing')?.paidAt).toBe(Date.UTC(2026, 9, 1))
    expect(at('on-hold')?.paidAt).toBeNull()
    expect(at('wc-completed')?.status).toBe('done')
    expect(at('constructor')).toBeUndefined()
  })

  it('ORD-1 asks for the columns it cannot do without', () => {
    expect(read('foo,bar\n1,2\n').refusals.map((refusal) => refusal.field)).toEqual([
      'number',
      'skuCode',
      'quantity',
    ])
  })
})

describe('suggestMapping', () => {
  it('CAT-6 uses no column twice and keeps the header as written', () => {
    expect(suggestMapping(['Order ID', 'Order_Number', 'SKU', 'Qty', '备注'])).toEqual({
      number: 'Order_Number',
      skuCode: 'SKU',
      quantity: 'Qty',
      memo: '备注',
    })
  })
})

describe('headerFingerprint', () => {
  it('CAT-6 is the same whatever the order, case and blanks of the headers', () => {
    const print = headerFingerprint(['货号', 'Name ', 'Weight (g)'])
    expect(print).toMatch(/^[0-9a-f]{64}$/)
    expect(headerFingerprint(['name', 'weight  （g）', '货号'])).toBe(print)
    expect(headerFingerprint(['name', '货号'])).not.toBe(print)
  })

  it('CAT-6 a table that is none of ours stays unknown', () => {
    expect(detectFormat(['a', 'b'])).toBe('unknown')
    expect(detectFormat(['sku', 'name'])).toBe('unknown')
    expect(detectFormat(['快递公司', '运单号', '三段码'])).toBe('waybill-pool')
    expect(detectFormat(['子订单编号', '主订单编号', '标题', '购买数量', '商品属性'])).toBe('taobao-items')
  })
})
