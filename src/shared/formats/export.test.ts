import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { cleanCode } from './clean-cell.ts'
import { toSheetRows, writeCsv } from './export-csv.ts'
import { isFormulaRisk, safeCell } from './formula-safe.ts'
import { answerEncoding, keepDigits, shippedRows } from './shipped-file.ts'

describe('safeCell', () => {
  it('SEC-3 guards every text that a spreadsheet could run', () => {
    for (const text of [
      '=1+1',
      '+86 1',
      '-2',
      '@SUM(A1)',
      '\tx',
      '\rx',
      '＝1',
      '＋1',
      '－1',
      '＠x',
      ' =1',
      '"=1',
      '\u200b=1',
      "'=1",
      '\u0000=1',
      '\n=1',
    ])
      expect([text, safeCell(text)]).toEqual([text, `'${text}`])
  })

  it('SEC-3 leaves numbers numbers and harmless texts alone', () => {
    for (const cell of [-5, 0, 3.5, 'A-01', '2001-白-M', '请发=顺丰', '', "'s"])
      expect(safeCell(cell)).toBe(cell)
    expect([safeCell(null), safeCell(Number.NaN)]).toEqual(['', ''])
  })

  const nasty = fc.string({
    unit: fc.constantFrom(
      '=',
      '+',
      '-',
      '@',
      '＝',
      '＠',
      ' ',
      '\t',
      '\r',
      '\n',
      '"',
      "'",
      ',',
      'a',
      '1',
      '\ufeff',
      '\u0007',
    ),
  })

  it('SEC-3 no exported cell starts with a formula sign, however it was dressed', () => {
    fc.assert(
      fc.property(fc.array(nasty, { minLength: 1 }), (cells) => {
        const text = writeCsv([cells], { encoding: 'gb18030' })
        for (const cell of Papa.parse<string[]>(text, { delimiter: ',', newline: '\r\n' }).data[0] ?? []) {
          // What a spreadsheet sees after dropping blanks, controls and double quotes.
          const seen = cell.replace(/^[\s\p{Cc}\p{Cf}"]+/u, '')
          expect(seen).not.toMatch(/^[=+\-@＝＋－＠]/)
          expect(cell).not.toMatch(/^[\t\r]/)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('writeCsv', () => {
  it('CAT-6 quotes, ends rows with CRLF and marks UTF-8', () => {
    const rows = [
      ['a', 1, null],
      ['x"y', 'p,q', 'l\nm'],
    ]
    expect(writeCsv(rows, { encoding: 'utf-8-bom' })).toBe('\ufeffa,1,\r\n"x""y","p,q","l\nm"\r\n')
    expect(writeCsv([['a']], { encoding: 'gb18030' })).toBe('a\r\n')
  })

  it('CAT-6 gives workbook writers numbers as numbers', () => {
    expect(toSheetRows([['=1', -2, null, 'x']])).toEqual([["'=1", -2, '', 'x']])
  })
})

describe('shippedRows', () => {
  it('ORD-9 keeps the digits of long numbers without a formula', () => {
    const rows = shippedRows([
      { orderNumber: '1930000000000744', courier: '申通', waybillNumber: '773020000000001' },
    ])
    expect(rows).toEqual([
      ['订单编号', '物流公司', '运单号'],
      ['1930000000000744\t', '申通', '773020000000001\t'],
    ])
    expect(rows.flat().every((cell) => !isFormulaRisk(String(cell)))).toBe(true)
    expect(cleanCode(keepDigits('1930000000000744'))).toBe('1930000000000744')
    expect(keepDigits('#1001')).toBe('#1001')
    expect(
      shippedRows([{ orderNumber: '1930000000000744', courier: 'x', waybillNumber: '1' }], 'plain')[1]?.[0],
    ).toBe('1930000000000744')
  })

  it('ORD-9 answers in the encoding that came in', () => {
    expect(answerEncoding('gb18030')).toBe('gb18030')
    expect(answerEncoding('utf-8')).toBe('utf-8-bom')
  })
})
