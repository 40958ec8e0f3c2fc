import { describe, expect, it } from 'vitest'
import { decodeText, makeFixtureFiles } from '../../../test/fixtures/make-files.ts'
import { assert } from '../base/assert.ts'
import { interpretBins } from './bins.ts'
import { interpretCatalogue } from './catalogue.ts'
import { decodeFile } from './detect-encoding.ts'
import { detectFormat } from './detect-format.ts'
import { interpretMappedOrders } from './generic-orders.ts'
import { interpretNotice } from './notice.ts'
import { suggestMapping } from './order-mapping.ts'
import { pairTaobao } from './pair-taobao.ts'
import { readTable, type Table } from './read-table.ts'
import { collectOutcomes } from './row-outcome.ts'
import { interpretShopify } from './shopify.ts'
import { interpretTaobaoItems } from './taobao-items.ts'
import { interpretTaobaoOrders } from './taobao-orders.ts'
import { interpretWaybillPool } from './waybill-pool.ts'

function open(files: ReadonlyMap<string, Uint8Array>, name: string) {
  const bytes = files.get(name)
  assert(bytes, `fixture ${name}`)
  const decoded = decodeFile(bytes, decodeText)
  assert(decoded.tag === 'text', `${name} is text`)
  const reading = readTable(decoded.text)
  assert(reading.tag === 'table', `${name} is a table`)
  return { ...decoded, table: reading.table }
}

/** Counted without any of the parsers under test. */
const lineCount = (text: string) => text.trimEnd().split('\n').length
const distinct = (text: string, pattern: RegExp) => new Set(text.match(pattern)).size
const matches = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0

const seeds = [1, 2, 3, 4, 5]

describe.each(seeds)('fixture files of seed %i', (seed) => {
  const files = makeFixtureFiles(seed)

  it('CAT-4 refuses exactly the four planted rows of the catalogue, each for its own reason', () => {
    const { table, text, encoding, bom } = open(files, 'catalogue.csv')
    expect([encoding, bom]).toEqual(['utf-8', true])
    const { records, refusals } = collectOutcomes(interpretCatalogue(table))
    const total = lineCount(text) - 1
    expect(records).toHaveLength(total - 4)
    expect(refusals).toEqual([
      { line: total - 2, field: 'barcodes', reason: 'badCheckDigit', value: '6901234567899' },
      { line: total - 1, field: 'barcodes', reason: 'duplicateBarcode', value: '6901000000004' },
      { line: total, field: 'name', reason: 'absoluteClaim', value: '最', remedy: 'rewordTitle' },
      { line: total + 1, field: 'weight', reason: 'wrongUnit', value: '0.18kg', remedy: 'useGrams' },
    ])
    expect(records.filter((sku) => sku.fragile)).toHaveLength(matches(text, /,是\r\n/g))
    expect(records.every((sku) => sku.category !== '牛仔裤' || sku.measureMm !== null)).toBe(true)
  })

  it('PUT-1 takes every bin of the bin file', () => {
    const { table, text } = open(files, 'bins.csv')
    const { records, refusals, notices } = collectOutcomes(interpretBins(table))
    expect([refusals, notices]).toEqual([[], []])
    expect(records).toHaveLength(lineCount(text) - 1)
    expect(records.slice(-3).map((bin) => bin.kind)).toEqual(['quarantine', 'returns', 'packing'])
  })

  it('RCV-1 takes every line of the notice', () => {
    const { table, text } = open(files, 'supplier-notice.csv')
    const { records, refusals } = collectOutcomes(interpretNotice(table))
    expect(refusals).toEqual([])
    expect(records).toHaveLength(lineCount(text) - 1)
    const pieces = text
      .trim()
      .split('\r\n')
      .slice(1)
      .reduce((sum, line) => sum + Number(line.split(',')[3]), 0)
    expect(records.reduce((sum, line) => sum + line.quantity, 0)).toBe(pieces)
  })

  it('LBL-5 takes every number of the pool', () => {
    const { table, text } = open(files, 'waybill-pool-sto.csv')
    const { records, refusals, notices } = collectOutcomes(interpretWaybillPool(table))
    expect([refusals, notices]).toEqual([[], []])
    expect(records.map((record) => record.number)).toEqual(text.match(/(?<=STO,)\d+/g))
  })

  it('ORD-1 takes every Taobao order with its items', () => {
    const orders = open(files, 'taobao-orders.csv')
    const items = open(files, 'taobao-items.csv')
    expect([orders.encoding, items.encoding]).toEqual(['gb18030', 'gb18030'])
    const readOrders = collectOutcomes(interpretTaobaoOrders(orders.table, { encoding: orders.encoding }))
    const readItems = collectOutcomes(interpretTaobaoItems(items.table, { fileId: 'a' }))
    expect([readOrders.refusals, readItems.refusals]).toEqual([[], []])
    const numbers = orders.text.match(/(?<=^"="")\d+/gm) ?? []
    expect(readOrders.records.map((order) => order.number)).toEqual(numbers)
    const pairing = pairTaobao(readOrders.records, readItems.records)
    expect([pairing.complete.length, pairing.waitingForItems.length]).toEqual([numbers.length, 0])
    expect(pairing.waitingForOrder.size).toBe(0)
    expect(pairing.complete.flatMap((order) => order.lines)).toHaveLength(lineCount(items.text) - 1)
    for (const word of [
      '等待买家付款',
      '交易关闭',
      '交易成功',
      '卖家已发货，等待买家确认',
      '买家已付款，等待卖家发货',
    ]) {
      const wanted = matches(orders.text, new RegExp(`"${word}"`, 'g'))
      expect(readOrders.records.filter((order) => order.statusText === word)).toHaveLength(wanted)
    }
    for (const { recipient } of pairing.complete) {
      expect(recipient.postcode).toMatch(/^\d{6}$/)
      expect(recipient.phone).toMatch(/^1\d{2}(?:\d{4}|\*{4})\d{4}$/)
      expect(recipient.district).toMatch(/[市区县]$/)
      expect(recipient.street).toMatch(/^..路\d+号/)
    }
  })

  it('ORD-1 takes every Shopify order with its lines', () => {
    const { table, text, encoding } = open(files, 'shopify-orders.csv')
    const { records, refusals } = collectOutcomes(interpretShopify(table, { encoding }))
    expect(refusals).toEqual([])
    expect(records).toHaveLength(distinct(text, /^#\d+/gm))
    expect(records.flatMap((order) => order.lines)).toHaveLength(matches(text, /^#\d+,/gm))
    expect(records.every((order) => order.recipient.postcode === '00501')).toBe(true)
    expect(records.filter((order) => order.message === 'Leave at door,\nplease')).toHaveLength(
      matches(text, /^please"/gm),
    )
  })

  it('ORD-1 takes every WooCommerce order by its suggested mapping', () => {
    const { table, text, encoding } = open(files, 'woocommerce-orders.csv')
    const mapping = suggestMapping(table.headers)
    const { records, refusals } = collectOutcomes(
      interpretMappedOrders(table, { encoding, source: 'woocommerce', mapping }),
    )
    expect(refusals).toEqual([])
    expect(records).toHaveLength(distinct(text, /WC-\d+/g))
    expect(records.flatMap((order) => order.lines)).toHaveLength(lineCount(text) - 1)
    expect(records[0]).toMatchObject({
      number: 'WC-4000',
      currency: 'EUR',
      recipient: { name: 'Ada Example' },
    })
  })

  it('ORD-1 CAT-6 tells every file by its header names', () => {
    const formats = [...files.keys()]
      .filter((name) => name.endsWith('.csv'))
      .map((name) => `${name}: ${detectFormat(open(files, name).table.headers)}`)
    expect(formats).toEqual([
      'bins.csv: bins',
      'catalogue.csv: catalogue',
      'courier-bill-sto.csv: unknown',
      'shopify-orders.csv: shopify-orders',
      'supplier-notice.csv: supplier-notice',
      'taobao-items.csv: taobao-items',
      'taobao-orders.csv: taobao-orders',
      'waybill-pool-sto.csv: waybill-pool',
      'woocommerce-orders.csv: woocommerce-orders',
    ])
  })
})

describe('broken fixture files', () => {
  const files = makeFixtureFiles(1, ['--orders', '40', '--shopify', '20', '--skus', '120'])
  const whole = files.get('taobao-orders.csv') ?? new Uint8Array()

  const readOrders = (bytes: Uint8Array) => {
    const decoded = decodeFile(bytes, decodeText)
    assert(decoded.tag === 'text', 'text')
    const reading = readTable(decoded.text)
    assert(reading.tag === 'table', 'table')
    return collectOutcomes(interpretTaobaoOrders(reading.table, { encoding: decoded.encoding }))
  }

  it('ORD-1 cut at any byte: the whole rows come in, at most the cut one is refused, and it is the last', () => {
    const all = readOrders(whole).records
    for (let length = 3000; length < whole.length; length += 37) {
      const { records, refusals } = readOrders(whole.subarray(0, length))
      expect(records).toEqual(all.slice(0, records.length))
      expect(refusals.length).toBeLessThanOrEqual(1)
      for (const refusal of refusals) expect(refusal.reason).toBe('truncatedRow')
    }
  })

  it('ORD-1 a broken byte in the middle costs one row, and says why', () => {
    const bytes = whole.slice()
    // 0xff is no byte of GB18030; it replaces a character inside a quoted cell of an early row.
    bytes[bytes.indexOf(0x0a) + 200] = 0xff
    const { records, refusals } = readOrders(bytes)
    expect(refusals).toHaveLength(1)
    expect(refusals[0]).toMatchObject({ line: 2, reason: 'damagedText' })
    expect(records).toHaveLength(readOrders(whole).records.length - 1)
  })

  it('ORD-1 the same orders come out of UTF-16 and of semicolons', () => {
    const text = new TextDecoder('gb18030').decode(whole)
    const expected = readOrders(whole).records.map((order) => ({ ...order, encoding: '' }))
    const little = new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))
    const unmarked = new Uint8Array(Buffer.from(text, 'utf16le'))
    const big = little.slice()
    for (let i = 0; i + 1 < big.length; i += 2) big.set([little[i + 1] ?? 0, little[i] ?? 0], i)
    const semicolons = new Uint8Array(Buffer.from(text.replaceAll('","', '";"')))
    for (const bytes of [little, big, unmarked, semicolons]) {
      const { records, refusals } = readOrders(bytes)
      expect(refusals).toEqual([])
      expect(records.map((order) => ({ ...order, encoding: '' }))).toEqual(expected)
    }
  })

  // About 1.5 s alone on a slow core; quadratic work would not end within the limit of a test.
  it('ORD-1 takes 100,000 rows of Taobao orders within seconds', () => {
    const text = new TextDecoder('gb18030').decode(whole)
    const [header = '', row = ''] = text.split('\r\n')
    const body = Array.from({ length: 100_000 }, (_, i) =>
      row.replace(/\d{16}/, String(1930000000000000 + i)),
    )
    const reading = readTable([header, ...body].join('\r\n'))
    assert(reading.tag === 'table', 'table')
    const { records, refusals } = collectOutcomes(
      interpretTaobaoOrders(reading.table as Table, { encoding: 'gb18030' }),
    )
    expect([records.length, refusals.length]).toEqual([100_000, 0])
  })
})
