import { describe, expect, it } from 'vitest'
import { type Printer, PrinterSchema } from '../../../shared/protocol/print-contract.ts'
import { HOST_PATTERN, IPP_PATTERN, NEW_PRINTER, printerOf, valuesOf } from './printer-values.ts'

const printer = (over: Partial<Printer>): Printer => ({
  printerId: 'p1',
  name: '打包台 1',
  path: { via: 'tcp', host: '192.168.1.60', port: 9100 },
  language: 'zpl',
  dpi: 203,
  paper: { widthUm: 100_000, heightUm: 180_000 },
  gapUm: 2000,
  darkness: null,
  sparePrinterId: null,
  ...over,
})

describe('a printer in the form', () => {
  it('LBL-3 comes back from the form as it went in, whatever way it is reached', () => {
    const printers = [
      printer({}),
      printer({ path: { via: 'file' }, language: 'pdf', paper: null }),
      printer({ path: { via: 'ipp', url: 'ipp://10.0.0.2/ipp/print' }, sparePrinterId: 'file' }),
      printer({ path: { via: 'cups', queue: 'TSC_TE200' }, language: 'tspl', darkness: 8, gapUm: 2500 }),
      printer({ path: { via: 'windows', queue: 'Zebra GK420d' }, dpi: 300 }),
      printer({ paper: { widthUm: 102_500, heightUm: 64_000 } }),
    ]
    for (const one of printers) expect(printerOf('p1', valuesOf(one))).toEqual(one)
  })

  it('LBL-3 shows a known size as its preset and any other as a size of its own', () => {
    expect(valuesOf(printer({})).paper).toBe('100x180')
    expect(valuesOf(printer({ paper: null })).paper).toBe('label')
    expect(valuesOf(printer({ paper: { widthUm: 80_000, heightUm: 50_000 } }))).toMatchObject({
      paper: 'custom',
      widthMm: 80,
      heightMm: 50,
    })
  })

  it('LBL-3 a new one is what the host takes as soon as it has a name and an address', () => {
    const filled = printerOf('p2', { ...NEW_PRINTER, name: ' A ', host: ' 10.0.0.9 ' })
    expect(PrinterSchema.parse(filled)).toEqual(filled)
    expect(filled).toMatchObject({ name: 'A', path: { host: '10.0.0.9', port: 9100 } })
  })

  it('LBL-3 takes names and addresses, and no web address for a host', () => {
    for (const host of ['192.168.1.60', 'zebra-1.local', 'fe80::1', 'z']) expect(host).toMatch(HOST_PATTERN)
    for (const host of ['http://10.0.0.1', '10.0.0.1/x', '', ' ']) expect(host).not.toMatch(HOST_PATTERN)
    expect('ipp://10.0.0.1/ipp/print').toMatch(IPP_PATTERN)
    expect('http://10.0.0.1').not.toMatch(IPP_PATTERN)
  })
})
