import { describe, expect, it } from 'vitest'
import { SkuSchema } from '../../domain/catalogue/sku.ts'
import { DEFAULT_SHOP_CLOCK, shippingDeadline } from '../../domain/orders/deadline.ts'
import { type PlatformOrder, PlatformOrderSchema } from '../../domain/orders/order.ts'
import { BinSchema } from '../../domain/stock/bin.ts'
import type { OrderLine, OrderRecord, OrderStatus, SkuRecord } from '../../formats/records.ts'
import { toBin } from './to-bin.ts'
import { toNotices } from './to-notices.ts'
import { toOrder, toOrderUpdate } from './to-order.ts'
import { toPoolNumber } from './to-pool-number.ts'
import { toSku } from './to-sku.ts'

const paidAt = Date.UTC(2026, 9, 1, 1, 0)
const importedAt = Date.UTC(2026, 9, 2)
const around = { clock: DEFAULT_SHOP_CLOCK, importedAt, known: null }

const line = (lineNo: number, status: OrderStatus | null = null): OrderLine => ({
  lineNo,
  skuCode: '2031-深蓝-31',
  skuKey: '2031-深蓝-31',
  title: '牛仔裤',
  attributes: '',
  quantity: 1,
  priceFen: 100,
  status,
})

const record = (more: Partial<OrderRecord> = {}): OrderRecord => ({
  source: 'taobao',
  number: '1930000000000744',
  numberKey: '1930000000000744',
  status: 'paid',
  statusText: '买家已付款，等待卖家发货',
  createdAt: paidAt - 60_000,
  paidAt,
  buyer: 'tb1',
  message: '',
  memo: '',
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
  lines: [line(1)],
  expectedPieces: 1,
  totalFen: 5139,
  currency: 'CNY',
  encoding: 'gb18030',
  ...more,
})

function ordered(more: Partial<OrderRecord> = {}, known: PlatformOrder | null = null) {
  const result = toOrder(record(more), { ...around, known })
  if (!result.ok) throw new Error('misfit')
  return result.value
}

describe('orders', () => {
  it('ORD-1 a file order becomes a platform order under its natural key, people apart', () => {
    const { platform, recipient } = ordered()
    expect(PlatformOrderSchema.parse(platform)).toEqual(platform)
    expect(platform).toMatchObject({
      orderId: 'taobao/1930000000000744',
      destination: '江苏省 苏州市 昆山市',
      deadlineAt: shippingDeadline(paidAt, DEFAULT_SHOP_CLOCK),
      flag: 'none',
    })
    expect(recipient.personRef).toBe(platform.personRef)
    expect(platform.personRef).toMatch(/^p-[0-9a-f]{24}$/)
    expect(JSON.stringify(platform)).not.toContain('卢军')
  })

  it('ORD-2 a message or a memo raises the red flag', () => {
    expect(ordered({ message: '腰围77' }).platform.flag).toBe('red')
    expect(ordered({ memo: '2031' }).platform.flag).toBe('red')
  })

  it('ORD-2 a line refunded on its own drops out, one under refund stops the order', () => {
    const part = ordered({ lines: [line(1, 'refunded'), line(2, 'paid')] }).platform
    expect([part.status, part.lines.map((l) => l.lineNo)]).toEqual(['paid', [2]])
    const stopped = ordered({ lines: [line(1, 'refunding'), line(2)] }).platform
    expect([stopped.status, stopped.lines.length]).toEqual(['refunding', 2])
    const gone = ordered({ lines: [line(1, 'refunded'), line(2, 'closed')] }).platform
    expect([gone.status, gone.lines.length]).toEqual(['refunded', 2])
  })

  it('ORD-3 an order without any time keeps the deadline of its first import', () => {
    const first = ordered({ paidAt: null, createdAt: null }).platform
    expect(first.deadlineAt).toBe(shippingDeadline(importedAt, DEFAULT_SHOP_CLOCK))
    const later = toOrder(record({ paidAt: null, createdAt: null }), {
      ...around,
      importedAt: importedAt + 9e7,
      known: first,
    })
    expect(later).toMatchObject({ ok: true, value: { platform: first } })
  })

  it('ORD-2 a newer order file alone moves the status and keeps the lines', () => {
    const known = ordered().platform
    const closed = toOrderUpdate(
      record({ lines: [], status: 'closed', statusText: '交易关闭' }),
      known,
      around,
    )
    expect(closed.platform).toEqual({ ...known, status: 'closed', statusText: '交易关闭' })
    const refunding = { ...known, status: 'refunding' as const }
    expect(toOrderUpdate(record({ lines: [] }), refunding, around).platform.status).toBe('refunding')
    expect(toOrderUpdate(record({ lines: [], status: 'closed' }), refunding, around).platform.status).toBe(
      'closed',
    )
  })

  it('ORD-1 what is too long is cut in words and refused in codes', () => {
    const long = ordered({ message: `${'长'.repeat(999)}😀`, buyer: 'b'.repeat(500) }).platform
    expect(PlatformOrderSchema.safeParse(long).success).toBe(true)
    expect(long.message).toBe('长'.repeat(999))
    expect(toOrder(record({ number: '1'.repeat(81) }), around)).toMatchObject({
      ok: false,
      error: { field: 'number', reason: 'cellTooLong' },
    })
  })
})

describe('master data', () => {
  const sku: SkuRecord = {
    code: '2031-深蓝-31a',
    codeKey: '2031-深蓝-31A',
    item: '2031',
    name: '名'.repeat(300),
    category: '牛仔裤',
    colour: '深蓝',
    size: '31',
    barcodes: ['6901000000004'],
    material: '棉',
    weightGrams: 0,
    measureMm: 772,
    costFen: 1,
    dailyPriceFen: null,
    promoPriceFen: null,
    floorPriceFen: null,
    fragile: false,
  }

  it('CAT-1 an SKU is kept under its comparing form and shown as written', () => {
    const result = toSku(sku)
    expect(result).toMatchObject({
      ok: true,
      value: { code: '2031-深蓝-31A', display: '2031-深蓝-31a', weightGrams: null, measureMm: 772 },
    })
    expect(SkuSchema.safeParse(result.ok ? result.value : null).success).toBe(true)
    expect(toSku({ ...sku, codeKey: 'X'.repeat(121) })).toMatchObject({ ok: false, error: { field: 'code' } })
  })

  it('PUT-1 a bin is kept under its comparing form', () => {
    const bin = toBin({ code: 'a-1', codeKey: 'A-1', kind: 'pick', capacity: null, category: '' })
    expect(bin).toEqual({ ok: true, value: { code: 'A-1', kind: 'pick', capacity: null, category: '' } })
    expect(BinSchema.safeParse(bin.ok ? bin.value : null).success).toBe(true)
  })

  it('RCV-1 rows of one notice number are one notice', () => {
    const row = (noticeNo: string, skuKey: string, supplier = '') => ({
      noticeNo,
      supplier,
      skuCode: skuKey,
      skuKey,
      quantity: 2,
      priceFen: null,
    })
    const notices = toNotices([row('po-1', 'A'), row('PO-2', 'B'), row('PO-1', 'C', '久久')])
    expect(notices.map((n) => [n.noticeNo, n.supplier, n.lines.map((l) => l.skuCode)])).toEqual([
      ['PO-1', '久久', ['A', 'C']],
      ['PO-2', '', ['B']],
    ])
  })

  it('LBL-5 a pool keeps file order behind earlier pools, the courier by code', () => {
    const number = (index: number) =>
      toPoolNumber({ courier: '申通', number: '77', numberKey: '77', sortCode: '' }, { importedAt, index })
    expect(number(3)).toEqual({
      ok: true,
      value: { courier: 'STO', number: '77', sortCode: '', position: importedAt + 3 },
    })
  })
})
