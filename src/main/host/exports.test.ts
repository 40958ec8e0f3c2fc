import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeFileName, writeExport } from './exports.ts'

describe('export names', () => {
  it('SEC-3 keep what people wrote as far as every system takes it', () => {
    const names = [
      ['库存 2026-11-22.csv', '库存 2026-11-22.csv'],
      ['../../etc/passwd', '_.._etc_passwd'],
      ['C:\\Windows\\x.csv', 'C__Windows_x.csv'],
      ['CON.csv', '_CON.csv'],
      ['nul', '_nul'],
      ['COM1.tar.gz', '_COM1.tar.gz'],
      ['lpt¹.txt', '_lpt¹.txt'],
      ['...', 'export'],
      ['a.csv. . ', 'a.csv'],
      ['a\u202egpj.exe', 'a_gpj.exe'],
    ] as const
    for (const [wanted, safe] of names) expect(safeFileName(wanted)).toBe(safe)
  })

  it('SEC-3 never leave their directory nor grow too long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 120 }), (wanted) => {
        const safe = safeFileName(wanted)
        expect(safe).not.toMatch(/[/\\:\0]/)
        expect(safe).not.toMatch(/^\.|[. ]$/)
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(210)
        expect(safeFileName(safe)).toBe(safe)
      }),
    )
  })

  it('never overwrites, also when two are written at once', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'packbench-export-'))
    const contents = ['YQ==', 'Yg==', 'Yw==']
    const answers = await Promise.all(contents.map((base64) => writeExport(directory, 'a.csv', base64)))
    expect(new Set(answers.map((answer) => answer.name)).size).toBe(3)
    const texts = await Promise.all(answers.map((answer) => readFile(answer.path, 'utf8')))
    expect(texts).toEqual(['a', 'b', 'c'])
    expect(await readdir(directory)).toHaveLength(3)
    await rm(directory, { recursive: true })
  })
})
