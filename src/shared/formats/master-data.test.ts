import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assert } from '../base/assert.ts'
import { expandBinPattern } from './bin-pattern.ts'
import { interpretBins } from './bins.ts'
import { type CatalogueOptions, interpretCatalogue } from './catalogue.ts'
import { interpretNotice } from './notice.ts'
import { readTable } from './read-table.ts'
import { collectOutcomes } from './row-outcome.ts'
import { interpretWaybillPool } from './waybill-pool.ts'

function tableOf(text: string) {
  const reading = readTable(text)
  assert(reading.tag === 'table', reading.tag)
  return reading.table
}

describe('interpretCatalogue', () => {
  const HEADER = '货号,商品名称,类目,颜色,尺码,商家编码,条形码,重量（克）,腰围(mm),成本价,易碎'
  const read = (rows: string[], options?: CatalogueOptions) =>
    collectOutcomes(interpretCatalogue(tableOf([HEADER, ...rows].join('\n')), options))
  const reasons = (row: string, options?: CatalogueOptions) =>
    read([row], options).refusals.map(({ line, field, reason }) => `${line} ${field} ${reason}`)

  it('CAT-4 names row, field and reason', () => {
    expect(reasons('1,T恤,T恤,白,M,A,,180,,20,')).toEqual([])
    expect(reasons(',T恤,T恤,白,M,A,,180,,20,')).toEqual(['2 item missingField'])
    expect(reasons('1,,T恤,白,M,A,,180,,20,')).toEqual(['2 name missingField'])
    expect(reasons('1,T恤,T恤,白,M,,,180,,20,')).toEqual(['2 code missingField'])
    expect(reasons('1,T恤,,白,M,A,,180,,20,')).toEqual(['2 category missingField'])
    expect(reasons('1,T恤,T恤,白,M,A,,0.18,,20,')).toEqual(['2 weight wrongUnit'])
    expect(reasons('1,T恤,T恤,白,M,A,,300000,,20,')).toEqual(['2 weight outOfRange'])
    expect(reasons('1,T恤,T恤,白,M,A,6.9E+12,180,,20,')).toEqual(['2 barcodes scientificNumber'])
    expect(reasons('1,T恤,T恤,白,M,A,,180,,-20,')).toEqual(['2 cost outOfRange'])
    expect(reasons('1,T恤,T恤,白,M,A,,180,,20,vielleicht')).toEqual(['2 fragile badChoice'])
  })

  it('CAT-4 the list of claims is the shop’s own', () => {
    expect(reasons('1,史上最好,T恤,白,M,A,,180,,20,')).toEqual(['2 name absoluteClaim'])
    expect(reasons('1,史上最好,T恤,白,M,A,,180,,20,', { absoluteClaims: [] })).toEqual([])
  })

  it('RCV-4 holds jeans to 600–1100 mm and tells centimetres from nonsense', () => {
    const jeans = (waist: string) => reasons(`1,裤,牛仔裤,蓝,31,A,,500,${waist},20,`)
    for (const waist of ['600', '1100', '']) expect(jeans(waist)).toEqual([])
    for (const waist of ['599', '1101']) expect(jeans(waist)).toEqual(['2 measure outOfRange'])
    for (const waist of ['77', '30']) expect(jeans(waist)).toEqual(['2 measure wrongUnit'])
    expect(reasons('1,带,腰带,蓝,31,A,,500,1150,20,')).toEqual([])
  })

  it('CAT-1 no code and no barcode belongs to two SKUs', () => {
    const row = (code: string, barcode: string) => `1,T恤,T恤,白,M,${code},${barcode},180,,20,`
    const { refusals, records } = read([
      row('a', '6901000000004'),
      row('Ａ', ''),
      row('b', 'x;6901000000004'),
      row('c', 'x;y x'),
    ])
    expect(refusals.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'duplicateCode'],
      [4, 'duplicateBarcode'],
    ])
    expect(records.map((sku) => sku.barcodes)).toEqual([['6901000000004'], ['X', 'Y']])
    const barcodeOwner = () => 'OTHER'
    expect(reasons(row('a', '6901000000004'), { barcodeOwner })).toEqual(['2 barcodes duplicateBarcode'])
    expect(reasons(row('other', '6901000000004'), { barcodeOwner })).toEqual([])
  })

  it('CAT-6 finds English columns by name', () => {
    const { records } = collectOutcomes(
      interpretCatalogue(tableOf('Name,SKU,Weight (g),Fragile,Price\nShirt,s-1,180g,yes,39.00\n')),
    )
    expect(records).toMatchObject([
      { code: 's-1', codeKey: 'S-1', item: 's-1', weightGrams: 180, fragile: true, dailyPriceFen: 3900 },
    ])
  })
})

describe('interpretBins', () => {
  it('PUT-1 reads kinds in both languages and refuses what it does not know', () => {
    const { records, refusals, notices } = collectOutcomes(
      interpretBins(
        tableOf(
          '货位,类型,容量\nA-1,拣货,10\na-1,拣货,10\nB,备货区,\nC,Packing,1\nD,什么,1\nE,退货,0\n架-1,待检,5\n',
        ),
      ),
    )
    expect(records.map((bin) => [bin.code, bin.kind, bin.capacity])).toEqual([
      ['A-1', 'pick', 10],
      ['B', 'reserve', null],
      ['C', 'packing', 1],
      ['架-1', 'quarantine', 5],
    ])
    expect(refusals.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'duplicateCode'],
      [6, 'unknownKind'],
      [7, 'outOfRange'],
    ])
    expect(notices).toMatchObject([{ line: 8, reason: 'notPrintable' }])
  })
})

describe('expandBinPattern', () => {
  it('PUT-1 writes out numbers with their zeros, and letters', () => {
    const result = expandBinPattern('A-{01..04}-{1..4}-{01..05}')
    assert(result.ok, 'expands')
    expect([result.value.length, result.value[0], result.value[5], result.value.at(-1)]).toEqual([
      80,
      'A-01-1-01',
      'A-01-2-01',
      'A-04-4-05',
    ])
    expect(expandBinPattern('{A..C}{9..10}')).toEqual({
      ok: true,
      value: ['A9', 'A10', 'B9', 'B10', 'C9', 'C10'],
    })
    expect(expandBinPattern('Q-01')).toEqual({ ok: true, value: ['Q-01'] })
  })

  it('PUT-1 says what is wrong with a pattern', () => {
    const tag = (pattern: string) => {
      const result = expandBinPattern(pattern)
      return result.ok ? 'ok' : result.error
    }
    expect(tag(' ')).toEqual({ tag: 'empty' })
    expect(tag('A-{1..')).toEqual({ tag: 'unclosedBrace', at: 2 })
    expect(tag('A-1}')).toEqual({ tag: 'unclosedBrace', at: 3 })
    expect(tag('A-{4..1}')).toEqual({ tag: 'badRange', at: 2, range: '4..1' })
    expect(tag('A-{x}')).toEqual({ tag: 'badRange', at: 2, range: 'x' })
    expect(tag('架-{1..2}')).toEqual({ tag: 'notPrintable' })
    expect(tag('{1..1000}{1..101}')).toEqual({ tag: 'tooMany', count: 101_000, most: 100_000 })
    expect(tag('{1..999999999}')).toEqual({ tag: 'tooMany', count: 999_999_999, most: 100_000 })
    expect(tag('{1..9999}'.repeat(100))).toMatchObject({ tag: 'tooMany' })
  })

  it('PUT-1 gives as many codes as the ranges multiply to, all different', () => {
    const range = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 12 }))
    fc.assert(
      fc.property(range, range, ([a, n], [b, m]) => {
        const result = expandBinPattern(`A-{${a}..${a + n}}-{${b}..${b + m}}`)
        assert(result.ok, 'expands')
        expect(new Set(result.value).size).toBe((n + 1) * (m + 1))
      }),
    )
  })
})

describe('interpretNotice', () => {
  it('RCV-1 refuses a line without code or with a bad quantity', () => {
    const { records, refusals } = collectOutcomes(
      interpretNotice(
        tableOf(
          '采购单号,供应商,商家编码,数量,单价\nPO,S,a,10,1.5\nPO,S,,1,\nPO,S,b,0,\nPO,S,b,两,\n,S,b,1,\n',
        ),
      ),
    )
    expect(records).toEqual([
      { noticeNo: 'PO', supplier: 'S', skuCode: 'a', skuKey: 'A', quantity: 10, priceFen: 150 },
    ])
    expect(refusals.map(({ field, reason }) => `${field} ${reason}`)).toEqual([
      'skuCode missingField',
      'quantity outOfRange',
      'quantity badNumber',
      'noticeNo missingField',
    ])
  })
})

describe('interpretWaybillPool', () => {
  it('LBL-5 takes a number once, refuses shortened ones, and only doubts odd ones', () => {
    const { records, refusals, notices } = collectOutcomes(
      interpretWaybillPool(
        tableOf(
          "快递公司,运单号,三段码\nSTO,'773020000000001,1-2\nSTO,773020000000001,1-2\nSTO,7.73E+14,1-2\nSTO,773020,1-2\nEMS,EE471108150FR,\nSTO,运单,\n,773020000000014,1\n",
        ),
      ),
    )
    expect(records.map((record) => record.number)).toEqual(['773020000000001', '773020', 'EE471108150FR'])
    expect(refusals.map(({ line, field, reason }) => `${line} ${field} ${reason}`)).toEqual([
      '3 number duplicateNumber',
      '4 number scientificNumber',
      '7 number badCode',
      '8 courier missingField',
    ])
    expect(notices.map(({ line, reason }) => [line, reason])).toEqual([
      [5, 'unusualWaybillNumber'],
      [6, 's10CheckDigit'],
    ])
  })
})
