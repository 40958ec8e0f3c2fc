import { describe, expect, it } from 'vitest'
import { assert } from '../base/assert.ts'
import { pairTaobao } from './pair-taobao.ts'
import { readTable } from './read-table.ts'
import { collectOutcomes } from './row-outcome.ts'
import { splitTaobaoAddress } from './taobao-address.ts'
import { interpretTaobaoItems, splitAttributes } from './taobao-items.ts'
import { interpretTaobaoOrders } from './taobao-orders.ts'
import { taobaoStatus } from './taobao-status.ts'

function tableOf(text: string) {
  const reading = readTable(text)
  assert(reading.tag === 'table', reading.tag)
  return reading.table
}
const ORDER_HEADER =
  '订单编号,买家会员名,总金额,买家实际支付金额,订单状态,买家留言,收货人姓名,收货地址 ,联系电话 ,联系手机,订单创建时间,订单付款时间 ,订单备注,宝贝总数量'
const orderRow = (
  more: Partial<Record<'number' | 'status' | 'phone' | 'total' | 'pieces' | 'paidAt', string>> = {},
) =>
  `"${(more.number ?? '="1930000000000744"').replaceAll('"', '""')}",tb1,51.39,${more.total ?? '51.39元'},` +
  `"${more.status ?? '买家已付款，等待卖家发货'}","=1+1",卢军,江苏省 苏州市 昆山市 和平路3号(715023),',` +
  `${more.phone ?? "'17191853373"},2026-10-01 01:00:25,${more.paidAt ?? '2026-10-01 01:07:38'},"2017/碎花/M",${more.pieces ?? '1'}`
const orders = (...rows: string[]) =>
  collectOutcomes(
    interpretTaobaoOrders(tableOf([ORDER_HEADER, ...rows].join('\r\n')), { encoding: 'gb18030' }),
  )
const items = (header: string, rows: string[], fileId = 'a') =>
  collectOutcomes(interpretTaobaoItems(tableOf([header, ...rows].join('\r\n')), { fileId }))
const OLD_ITEMS = '订单编号,标题,价格,购买数量,外部系统编号,商品属性,订单状态,商家编码'
const itemRow = (number: string, quantity = 1, status = '') =>
  `${number},T恤,51.39,${quantity},OUT-1,颜色分类：蓝;尺码：31,${status},2001-白-m`

describe('interpretTaobaoOrders', () => {
  it('ORD-1 reads an order whole', () => {
    const { records, refusals } = orders(orderRow())
    expect(refusals).toEqual([])
    expect(records).toEqual([
      {
        source: 'taobao',
        number: '1930000000000744',
        numberKey: '1930000000000744',
        status: 'paid',
        statusText: '买家已付款，等待卖家发货',
        createdAt: Date.UTC(2026, 8, 30, 17, 0, 25),
        paidAt: Date.UTC(2026, 8, 30, 17, 7, 38),
        buyer: 'tb1',
        message: '=1+1',
        memo: '2017/碎花/M',
        recipient: {
          name: '卢军',
          company: '',
          phone: '17191853373',
          province: '江苏省',
          city: '苏州市',
          district: '昆山市',
          street: '和平路3号',
          postcode: '715023',
          country: 'CN',
        },
        lines: [],
        expectedPieces: 1,
        totalFen: 5139,
        currency: 'CNY',
        encoding: 'gb18030',
      },
    ])
  })

  it('ORD-1 refuses a row for what is wrong with it and takes the others', () => {
    const { records, refusals } = orders(
      orderRow({ status: '不明' }),
      orderRow({ number: '1.93E+15' }),
      orderRow({ paidAt: 'gestern' }),
      orderRow({ total: 'viel' }),
      orderRow({ number: '' }),
      orderRow(),
      orderRow(),
    )
    expect(refusals.map(({ line, field, reason }) => [line, field, reason])).toEqual([
      [2, 'status', 'unknownStatus'],
      [3, 'number', 'scientificNumber'],
      [4, 'paidAt', 'badTime'],
      [5, 'total', 'badAmount'],
      [6, 'number', 'missingField'],
      [8, 'number', 'duplicateNumber'],
    ])
    expect(records).toHaveLength(1)
  })

  it('ORD-1 says which columns a file lacks', () => {
    const { refusals } = collectOutcomes(
      interpretTaobaoOrders(tableOf('订单编号,x\n1,2'), { encoding: 'utf-8' }),
    )
    expect(refusals.map((refusal) => `${refusal.reason} ${refusal.field}`)).toEqual([
      'missingColumn status',
      'missingColumn name',
      'missingColumn address',
      'missingColumn createdAt',
    ])
  })

  it('ORD-1 cuts a refused value to 80 characters', () => {
    const { refusals } = orders(orderRow({ status: '𠮷'.repeat(300) }))
    expect([...(refusals[0]?.value ?? '')]).toHaveLength(80)
    expect(orders(orderRow({ status: 'x'.repeat(300) })).refusals[0]?.value).toHaveLength(80)
  })
})

describe('taobaoStatus', () => {
  it('ORD-2 knows the words, refund words included, and no others', () => {
    expect(taobaoStatus('买家已付款,等待卖家发货')).toBe('paid')
    expect(taobaoStatus('买家已付款，等待卖家发货')).toBe('paid')
    expect(taobaoStatus('等待买家付款')).toBe('unpaid')
    expect(taobaoStatus('卖家已发货，等待买家确认')).toBe('shipped')
    expect(taobaoStatus('交易成功')).toBe('done')
    expect(taobaoStatus('交易关闭')).toBe('closed')
    expect(taobaoStatus('退款中')).toBe('refunding')
    expect(taobaoStatus('退款成功')).toBe('refunded')
    expect(taobaoStatus('卖家已发货')).toBeNull()
  })
})

describe('splitTaobaoAddress', () => {
  it.each([
    [
      '上海 上海市 闵行区 金堂路468号，快递柜（A区）(435692)',
      ['上海', '上海市', '闵行区', '金堂路468号，快递柜（A区）', '435692'],
    ],
    [
      '四川省 成都市 金堂县 和平路290号 "阳光花园" 3期(777841)',
      ['四川省', '成都市', '金堂县', '和平路290号 "阳光花园" 3期', '777841'],
    ],
    ['广东省 东莞市 长安路1号 2室（523000）', ['广东省', '东莞市', '', '长安路1号 2室', '523000']],
    ['浙江省 台州市 温岭市 路1号(000000)', ['浙江省', '台州市', '温岭市', '路1号', '']],
    ['浙江省 台州市', ['浙江省', '台州市', '', '', '']],
    ['某处', ['', '', '', '某处', '']],
    ['', ['', '', '', '', '']],
  ])('ORD-5 splits %s', (address, parts) => {
    const { province, city, district, street, postcode } = splitTaobaoAddress(address)
    expect([province, city, district, street, postcode]).toEqual(parts)
  })
})

describe('interpretTaobaoItems', () => {
  it('ORD-1 reads both generations of the report', () => {
    const old = items(OLD_ITEMS, [itemRow('="1930"', 2, '交易成功')])
    expect(old.records[0]).toMatchObject({
      orderKey: '1930',
      skuCode: '2001-白-m',
      skuKey: '2001-白-M',
      quantity: 2,
      status: 'done',
    })
    const header = '子订单编号,主订单编号,标题,价格,购买数量,外部系统编号,商品属性'
    const newer = items(header, ['77,1930,T恤,1.00,1,OUT-1,x', '77,1930,T恤,1.00,1,OUT-1,x'])
    expect(newer.records).toMatchObject([
      { orderNumber: '1930', itemNumber: '77', skuCode: 'OUT-1', status: null },
    ])
    expect(newer.refusals).toMatchObject([{ line: 3, field: 'itemNumber', reason: 'duplicateNumber' }])
  })

  it('ORD-1 refuses a line without code or pieces', () => {
    const { refusals } = items('订单编号,标题,购买数量,商家编码', [
      '1,T,1,',
      '1,T,0,A',
      '1,T,,A',
      '1,T,两件,A',
    ])
    expect(refusals.map((refusal) => refusal.reason)).toEqual([
      'missingField',
      'outOfRange',
      'missingField',
      'badNumber',
    ])
  })

  it('LBL-2 splits attributes', () => {
    expect(splitAttributes('颜色分类：蓝;尺码：31')).toEqual([
      { name: '颜色分类', value: '蓝' },
      { name: '尺码', value: '31' },
    ])
    expect(splitAttributes('均码;')).toEqual([{ name: '', value: '均码' }])
  })
})

describe('pairTaobao', () => {
  const order = orders(orderRow({ number: '1', pieces: '2' })).records

  it('ORD-1 keeps an order without items, and items without an order, waiting', () => {
    const { records } = items(OLD_ITEMS, [itemRow('2')])
    const pairing = pairTaobao(order, records)
    expect(pairing.complete).toEqual([])
    expect(pairing.waitingForItems.map((waiting) => waiting.number)).toEqual(['1'])
    expect([...pairing.waitingForOrder.keys()]).toEqual(['2'])
  })

  it('ORD-1 does not take an order whose items are fewer than it announces', () => {
    const { records } = items(OLD_ITEMS, [itemRow('1')])
    const pairing = pairTaobao(order, records)
    expect([pairing.complete.length, pairing.waitingForItems.length]).toEqual([0, 1])
    expect(pairing.waitingForOrder.get('1')).toHaveLength(1)
  })

  it('ORD-1 the same items from two files count once', () => {
    const first = items(OLD_ITEMS, [itemRow('1', 2)], 'a').records
    const second = items(OLD_ITEMS, [itemRow('1', 1), itemRow('1', 1)], 'b').records
    const { complete } = pairTaobao(order, [...first, ...second])
    expect(complete[0]?.lines.map((line) => [line.lineNo, line.quantity])).toEqual([
      [1, 1],
      [2, 1],
    ])
  })

  it('ORD-2 one line under refund stops the order', () => {
    const pair = (a: string, b: string) =>
      pairTaobao(order, items(OLD_ITEMS, [itemRow('1', 1, a), itemRow('1', 1, b)]).records).complete[0]
        ?.status
    expect(pair('', '退款中')).toBe('refunding')
    expect(pair('退款成功', '退款成功')).toBe('refunded')
    expect(pair('', '买家已付款，等待卖家发货')).toBe('paid')
  })
})
