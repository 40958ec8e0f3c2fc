import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { assert } from '../base/assert.ts'
import { writeCsv } from './export-csv.ts'
import { readTable, tableFromSheet } from './read-table.ts'

function rowsOf(text: string) {
  const reading = readTable(text)
  assert(reading.tag === 'table', reading.tag)
  return [...reading.table.rows()]
}
const brief = (text: string) => rowsOf(text).map((row) => [row.line, row.fault, row.cells.join('|')])

describe('readTable', () => {
  it('ORD-1 finds comma, semicolon and tab, and obeys sep=', () => {
    for (const [text, delimiter] of [
      ['a,b;c,d\n1,2,3', ','],
      ['a;b\n1;2', ';'],
      ['a\tb,c\td\n1\t2\t3', '\t'],
      ['"a,a";b;c\n1;2;3', ';'],
      ['sep=;\na,b\n1,2', ';'],
    ] as const) {
      expect(readTable(text)).toMatchObject({ tag: 'table', delimiter })
    }
    expect(brief('sep=;\r\na;b\r\n1;2')).toEqual([[3, null, '1|2']])
  })

  it('CAT-6 trims header names and drops the mark', () => {
    const reading = readTable('\ufeff"收货地址 ", 联系电话\u00a0,x\n1,2,3')
    expect(reading).toMatchObject({ tag: 'table', table: { headers: ['收货地址', '联系电话', 'x'] } })
  })

  it('ORD-1 names an empty file and one that has only a header', () => {
    for (const text of ['', '\ufeff', '\r\n \r\n']) expect(readTable(text)).toEqual({ tag: 'empty' })
    expect(readTable('a,b\r\n\r\n,\r\n')).toEqual({ tag: 'headerOnly', headers: ['a', 'b'] })
  })

  it('ORD-1 counts the lines inside quoted cells', () => {
    const text = 'a,b\r\n1,"x\r\ny\r\nz"\r\n\r\n2,u\r\n'
    expect(brief(text)).toEqual([
      [2, null, '1|x\r\ny\r\nz'],
      [6, null, '2|u'],
    ])
    expect(brief('a,b\r1,"x\ry"\r2,u')).toEqual([
      [2, null, '1|x\ry'],
      [4, null, '2|u'],
    ])
  })

  it('ORD-1 refuses rows of the wrong width and a cut last row, not empty cells behind the last column', () => {
    expect(brief('a,b,c\n1,2\n1,2,3,4\n1,2,3,,\n1,2,3\n1,2')).toEqual([
      [2, 'tooFewCells', '1|2'],
      [3, 'tooManyCells', '1|2|3|4'],
      [4, null, '1|2|3||'],
      [5, null, '1|2|3'],
      [6, 'truncatedRow', '1|2'],
    ])
    expect(brief('a,b\n1,2\n3,"4')).toEqual([
      [2, null, '1|2'],
      [3, 'truncatedRow', '3|4'],
    ])
  })

  it('ORD-1 a quote that never closes costs its own row, not the good ones behind it', () => {
    expect(brief('a,b\n1,"x\n2,y\n3,z\n')).toEqual([
      [2, 'truncatedRow', '1|x\n2,y\n3,z\n'],
      [3, null, '2|y'],
      [4, null, '3|z'],
    ])
    expect(brief('"a","b"\n"1","x\n"2","y"\n"3","z"\n').map(([line, fault]) => [line, fault])).toEqual([
      [2, 'tooManyCells'],
      [3, null],
      [4, null],
    ])
  })

  it('ORD-1 lines that belong to a broken row are reported once', () => {
    const text = 'a,b\n1,"one\ntwo\nthree'
    expect(brief(text)).toEqual([[2, 'truncatedRow', '1|one\ntwo\nthree']])
  })

  it('ORD-1 keeps a lone quote inside a quoted cell', () => {
    expect(brief('a,b\n"要"新"的",2')).toEqual([[2, null, '要"新"的|2']])
  })

  // Work that grows with the square of the text would not end within the limit of a test.
  it('ORD-1 a line of five megabytes is refused quickly', () => {
    const huge = 'x'.repeat(5_000_000)
    const commas = ','.repeat(5_000_000)
    expect(
      rowsOf(`a,b\n1,${huge}\n${commas}y\n1,"${huge}"\n3,4\n`).map((row) => [row.line, row.fault]),
    ).toEqual([
      [2, 'cellTooLong'],
      [3, 'tooManyCells'],
      [4, 'cellTooLong'],
      [5, null],
    ])
    expect(readTable(huge)).toEqual({ tag: 'badHeader' })
    expect(readTable(`"${huge}`)).toEqual({ tag: 'badHeader' })
  })

  it('ORD-1 broken quoting over and over stays fast', () => {
    const text = `a,b\n${'"x\n"x,\n'.repeat(100_000)}`
    expect(rowsOf(text).length).toBeGreaterThan(0)
  })

  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', ' ', '蓝', '\t', "'") })

  it('ORD-1 never throws and always comes to an end, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(cell, fc.string({ unit: 'binary' })), (text) => {
        const reading = readTable(text)
        if (reading.tag === 'table')
          for (const row of reading.table.rows()) expect(row.line).toBeGreaterThan(1)
      }),
      { numRuns: 1000 },
    )
  })

  it('CAT-6 reads well-formed CSV as papaparse does', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1 }), (rows) => {
        const filled = rows.map((row) => ['x', ...row])
        const text = `h,i,j,k\r\n${Papa.unparse(filled, { quotes: true, newline: '\r\n' })}\r\n`
        const theirs = Papa.parse<string[]>(text, { delimiter: ',', newline: '\r\n' }).data.slice(1, -1)
        expect(rowsOf(text).map((row) => [...row.cells])).toEqual(theirs)
        expect(rowsOf(text).every((row) => row.fault === null)).toBe(true)
      }),
    )
  })

  it('CAT-6 reads back what writeCsv wrote, with the right line numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        const filled = rows.map((row) => ['x', ...row])
        const text = writeCsv([['h', 'i', 'j'], ...filled], { encoding: 'utf-8-bom' })
        const back = rowsOf(text)
        expect(back.map((row) => row.cells.map((value) => value.replace(/^'/, '')))).toEqual(
          filled.map((row) => row.map((value) => value.replace(/^'/, ''))),
        )
        for (const row of back) expect(text.split('\n')[row.line - 1]).toMatch(/^x,/)
      }),
    )
  })
})

describe('tableFromSheet', () => {
  it('CAT-6 takes workbook rows, short ones filled up, with their own line numbers', () => {
    const reading = tableFromSheet([[], ['a ', 'b', ''], ['1'], [], ['1', '2', '', '4']])
    assert(reading.tag === 'table', reading.tag)
    expect(reading.table.headers).toEqual(['a', 'b'])
    expect([...reading.table.rows()]).toEqual([
      { line: 3, cells: ['1', ''], fault: null },
      { line: 5, cells: ['1', '2', '', '4'], fault: 'tooManyCells' },
    ])
    expect(tableFromSheet([[''], []])).toEqual({ tag: 'empty' })
  })
})
