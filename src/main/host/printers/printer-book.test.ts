import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Printer } from '../../../shared/protocol/print-contract.ts'
import { cupsEndpoint, cupsQueuePath, guessLanguage } from './cups.ts'
import { ippEndpoint } from './ipp-client.ts'
import { mediaOf } from './ipp-printer.ts'
import { FILE_PRINTER, openPrinterBook } from './printer-book.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'packbench-book-'))
})
afterEach(() => rm(directory, { recursive: true }))

const zebra: Printer = {
  ...FILE_PRINTER,
  printerId: 'zebra',
  name: '面单机',
  path: { via: 'tcp', host: '192.0.2.7', port: 9100 },
  language: 'zpl',
}

describe('the printers of this PC', () => {
  it('LBL-3 are kept, with what goes where', async () => {
    const book = await openPrinterBook(directory)
    await book.save(zebra)
    await book.save({ ...zebra, printerId: 'spare', sparePrinterId: null })
    await book.save({ ...zebra, darkness: 9, sparePrinterId: 'spare' })
    await book.assign('waybill', 'zebra')
    const again = await openPrinterBook(directory)
    expect(again.list().map(({ printerId }) => printerId)).toEqual(['file', 'zebra', 'spare'])
    expect(again.find('zebra')).toMatchObject({ darkness: 9, sparePrinterId: 'spare' })
    expect(again.assigned()).toMatchObject({ waybill: 'zebra', bin: 'file' })
    await again.remove('spare')
    await again.remove('zebra')
    expect(again.list()).toEqual([FILE_PRINTER])
    expect(again.assigned().waybill).toBe('file')
  })

  it('LBL-3 refuses what makes no sense', async () => {
    const book = await openPrinterBook(directory)
    await expect(book.remove('file')).rejects.toThrow('built in')
    await expect(book.save({ ...zebra, printerId: 'file' })).rejects.toThrow('built in')
    await expect(book.save({ ...zebra, sparePrinterId: 'zebra' })).rejects.toThrow('itself')
    await expect(book.save({ ...zebra, sparePrinterId: 'none' })).rejects.toThrow('no such')
    await expect(book.save({ ...zebra, path: { via: 'ipp', url: 'file:///etc/passwd' } })).rejects.toThrow(
      'IPP',
    )
    await expect(book.assign('bin', 'none')).rejects.toThrow('no such')
    expect(await readdir(directory)).toEqual([])
  })

  it('LBL-3 opens without a book that cannot be read, and keeps it', async () => {
    await writeFile(join(directory, 'printers.json'), '{"version":9}')
    expect((await openPrinterBook(directory)).list()).toEqual([FILE_PRINTER])
    expect(await readdir(directory)).toEqual(['printers.json.unreadable'])
  })
})

describe('addresses', () => {
  it('LBL-3 of IPP printers', () => {
    expect(ippEndpoint('ipp://printer.local/ipp/print')).toMatchObject({
      port: 631,
      path: '/ipp/print',
      secure: false,
    })
    expect(ippEndpoint('https://printer/x')).toMatchObject({ port: 443, secure: true })
    expect(ippEndpoint('ipp://[::1]:8631/')).toMatchObject({ host: '::1', port: 8631 })
    expect(() => ippEndpoint('ftp://printer/')).toThrow()
    expect(() => ippEndpoint('printer')).toThrow()
  })

  it('LBL-3 of the CUPS that is meant', () => {
    const at = (CUPS_SERVER: string) => cupsEndpoint('/', { CUPS_SERVER })
    expect(at('print.example:8631/version=1.1')).toMatchObject({ host: 'print.example', port: 8631 })
    expect(at('print.example')).toMatchObject({ port: 631, socketPath: null })
    expect(at('/run/cups/cups.sock')).toMatchObject({ socketPath: '/run/cups/cups.sock' })
    expect(cupsQueuePath('a/../b c')).toBe('/printers/a%2F..%2Fb%20c')
  })

  it('LBL-3 of queues without a driver, which take their own language', () => {
    expect(guessLanguage('zebra', 'Local Raw Printer')).toBe('zpl')
    expect(guessLanguage('佳博', 'Local Raw Printer')).toBe('tspl')
    expect(guessLanguage('zebra', 'Zebra ZPL Label Printer')).toBe('pdf')
  })
})

describe('paper of IPP printers', () => {
  const label = { language: 'pdf', size: { widthUm: 100_000, heightUm: 180_000 } } as const
  const sizes = (...list: readonly (readonly [unknown, unknown])[]) => ({
    'media-col-supported': ['media-size'],
    'media-size-supported': list.map(([x, y]) => ({ 'x-dimension': x, 'y-dimension': y })),
  })

  it('LBL-3 is named when the printer has it, by size or by range', () => {
    expect(mediaOf(label, sizes([10_000, 18_000]))).toMatchObject({ tag: 'named' })
    expect(mediaOf(label, sizes([10_040, 17_960]))).toMatchObject({ tag: 'named' })
    expect(
      mediaOf(
        label,
        sizes([
          [2_500, 10_400],
          [2_500, 99_000],
        ]),
      ),
    ).toMatchObject({
      job: { 'media-col': { 'media-size': { 'x-dimension': 10_000, 'y-dimension': 18_000 } } },
    })
  })

  it('LBL-3 is left to the printer when it has only larger, and refused when it has only smaller', () => {
    expect(mediaOf(label, sizes([21_000, 29_700]))).toEqual({ tag: 'left' })
    expect(mediaOf(label, sizes([7_600, 13_000], [21_000, 10_000]))).toEqual({ tag: 'none' })
    expect(mediaOf({ ...label, language: 'zpl' }, sizes([7_600, 13_000]))).toEqual({ tag: 'left' })
    expect(mediaOf(label, {})).toEqual({ tag: 'left' })
  })
})
