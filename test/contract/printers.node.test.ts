import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openPrintBench, PRINTER, type PrintBench } from '../../src/main/host/print-jobs.test-support.ts'
import { discoverPrinters } from '../../src/main/host/printers/discovery.ts'
import {
  type LabelPrinter,
  startLabelPrinter,
} from '../../src/main/host/printers/label-printer.test-support.ts'
import type { Printer } from '../../src/shared/protocol/print-contract.ts'
import {
  CUPS_SOCKET,
  type IppPrinter,
  missingPrograms,
  type PrivateCups,
  startCups,
  startIppPrinter,
} from '../support/print-servers.ts'

const CUPS = missingPrograms(['cupsd', 'lpadmin', 'cupsdisable', CUPS_SOCKET])
const IPP = missingPrograms(['ippeveprinter', 'avahi-daemon', 'dbus-daemon'])
for (const name of [...CUPS, ...IPP]) {
  console.warn(`SKIPPED: ${name} is missing (apt install cups cups-client cups-ipp-utils avahi-daemon dbus)`)
}

const benches: PrintBench[] = []
async function bench(printer: Printer): Promise<PrintBench> {
  const made = await openPrintBench()
  benches.push(made)
  await made.book.save(printer)
  return made
}
afterEach(async () => {
  for (const one of benches.splice(0)) await one.remove()
})

describe.skipIf(CUPS.length > 0)('a queue of CUPS', () => {
  const usual = process.env.CUPS_SERVER
  let cups: PrivateCups
  let printer: LabelPrinter
  beforeAll(async () => {
    cups = await startCups()
    process.env.CUPS_SERVER = cups.server
    printer = await startLabelPrinter()
    cups.command('lpadmin', ['-p', 'zebra', '-E', '-v', `socket://127.0.0.1:${printer.port}`, '-m', 'raw'])
    cups.command('lpadmin', ['-d', 'zebra'])
  })
  afterAll(async () => {
    if (usual === undefined) delete process.env.CUPS_SERVER
    else process.env.CUPS_SERVER = usual
    await cups?.remove()
    await printer?.off()
  })
  const zebra: Printer = { ...PRINTER, path: { via: 'cups', queue: 'zebra' } }

  it('LBL-3 is found with its language, the default one marked', async () => {
    expect(await discoverPrinters()).toEqual([
      expect.objectContaining({
        name: 'zebra',
        path: { via: 'cups', queue: 'zebra' },
        language: 'zpl',
        isDefault: true,
      }),
    ])
  })

  it('LBL-3 prints ZPL as it is, and has printed when the printer has it', async () => {
    const one = await bench(zebra)
    await one.submit('A', { printerId: 'bench' })
    expect(await one.settled('A')).toMatchObject({ state: 'printed', attempts: 1, file: 'A.zpl' })
    expect(printer.printed.get('A')).toBe(1)
  })

  it('LBL-4 is not printed while the queue holds it for a printer that is off, nor after a restart meanwhile', async () => {
    const one = await bench(zebra)
    await printer.off()
    await one.submit('B', { printerId: 'bench' })
    expect(await one.until('B', (job) => job.trouble === 'printerOff')).toMatchObject({ state: 'sending' })
    await one.reopen()
    expect(await one.state('B')).toMatchObject({ state: 'sending', attempts: 1 })
    await printer.on()
    expect(await one.settled('B')).toMatchObject({ state: 'printed', attempts: 1 })
    expect(printer.printed.get('B')).toBe(1)
  })

  it('LBL-3 waits at a queue that stands still, and at one whose scheduler is away', async () => {
    const one = await bench(zebra)
    cups.command('cupsdisable', ['zebra'])
    await one.submit('C', { printerId: 'bench' })
    expect(await one.until('C', (job) => job.trouble !== null)).toMatchObject({
      state: 'waiting',
      trouble: 'printerStopped',
      attempts: 0,
    })
    await cups.stop()
    await one.until('C', (job) => job.trouble === 'printerOff')
    await cups.start()
    cups.command('cupsenable', ['zebra'])
    expect((await one.settled('C')).state).toBe('printed')
    expect(printer.printed.get('C')).toBe(1)
  })

  it('LBL-4 asks a person about a job that somebody took out of the queue in the middle', async () => {
    const one = await bench(zebra)
    await printer.off()
    await one.submit('D', { printerId: 'bench' })
    await one.until('D', (job) => job.trouble === 'printerOff')
    cups.command('cancel', ['-a', 'zebra'])
    expect(await one.settled('D')).toMatchObject({ state: 'unknown', trouble: 'brokenOff' })
    await printer.on()
  })

  it('LBL-3 names a queue that does not exist, whatever its name', async () => {
    for (const queue of ['none', '-o raw', '../../admin']) {
      const one = await bench({ ...zebra, path: { via: 'cups', queue } })
      await one.submit('E', { printerId: 'bench' })
      const job = await one.until('E', ({ trouble }) => trouble !== null)
      expect(job).toMatchObject({ attempts: 0, trouble: queue.startsWith('..') ? 'refused' : 'hostUnknown' })
    }
  })
})

describe.skipIf(IPP.length > 0)('a printer that speaks IPP', () => {
  let printer: IppPrinter
  beforeAll(async () => {
    printer = await startIppPrinter()
  })
  afterAll(() => printer?.remove())
  const spoken = (): Printer => ({ ...PRINTER, path: { via: 'ipp', url: printer.url }, language: 'pdf' })
  const print = async (one: PrintBench, jobId: string) => {
    await one.submit(jobId, { printerId: 'bench' })
    return one.settled(jobId)
  }

  it('LBL-3 prints, and has printed when the printer says so', async () => {
    const one = await bench(spoken())
    expect(await one.jobs.probe('bench')).toMatchObject({ condition: 'ready' })
    expect(await print(one, 'A')).toMatchObject({ state: 'printed', attempts: 1 })
    expect((await printer.printed()).some((text) => text.startsWith('^XA^FXA '))).toBe(true)
  })

  it('LBL-3 says that paper is out while it waits for more, and goes on with it', async () => {
    const one = await bench(spoken())
    await printer.paper(false)
    await one.submit('EMPTY', { printerId: 'bench' })
    expect(await one.until('EMPTY', (job) => job.trouble === 'outOfPaper')).toMatchObject({
      state: 'sending',
    })
    await printer.paper(true)
    expect((await one.settled('EMPTY')).state).toBe('printed')
  })

  it('LBL-4 leaves a job that the printer broke off to a person', async () => {
    expect(await print(await bench(spoken()), 'ABORT')).toMatchObject({
      state: 'unknown',
      trouble: 'brokenOff',
    })
  })

  it('LBL-3 refuses a language that the printer does not take', async () => {
    const one = await bench({ ...spoken(), language: 'zpl' })
    expect(await print(one, 'B')).toMatchObject({ state: 'failed', trouble: 'wrongLanguage' })
  })

  it('LBL-4 asks after the job when the host ended in the middle', async () => {
    const one = await bench(spoken())
    await printer.paper(false)
    await one.submit('EMPTY-2', { printerId: 'bench' })
    await one.until('EMPTY-2', (job) => job.trouble === 'outOfPaper')
    await one.reopen()
    await printer.paper(true)
    expect(await one.settled('EMPTY-2')).toMatchObject({ state: 'printed', attempts: 1 })
    expect((await printer.printed()).filter((text) => text.includes('EMPTY-2'))).toHaveLength(1)
  })
})
