import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import type { PrinterLanguage } from '../../../shared/protocol/print-contract.ts'
import type { SendOutcome } from './printer-driver.ts'
import { createWindowsPrinter, listWindowsQueues, type SilentPrint } from './windows-printer.ts'
import {
  JOB_STATUS_OFFSET,
  loadWinspool,
  PRINTER_INFO_4_BYTES,
  readJobState,
  readPrinterNames,
  readPrinterState,
  type Winspool,
} from './winspool.ts'

const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi')

const dwordAt = (offset: number, value: number): Buffer => {
  const bytes = Buffer.alloc(128)
  bytes.writeUInt32LE(value, offset)
  return bytes
}

/** A spooler that remembers what it was told; each question about the job gets the next answer. */
function spooler(options: { printer?: number; jobs?: readonly (number | null)[]; takes?: number } = {}) {
  const told: string[] = []
  const written: Buffer[] = []
  const jobs = [...(options.jobs ?? [])]
  const port: Winspool = {
    openPrinter: async (queue) => (queue === 'gone' ? null : 7n),
    closePrinter: async () => void told.push('close'),
    startDocument: async (_handle, title, type) => {
      told.push(`start ${title} ${type}`)
      return 42
    },
    write: async (_handle, bytes) => {
      const taken = Math.min(bytes.length, options.takes ?? bytes.length)
      written.push(Buffer.from(bytes.subarray(0, taken)))
      return taken === 0 ? -1 : taken
    },
    endDocument: async () => {
      told.push('end')
      return true
    },
    job: async () => {
      const next = jobs.shift()
      return next === null || next === undefined ? null : dwordAt(JOB_STATUS_OFFSET, next)
    },
    printer: async () => dwordAt(0, options.printer ?? 0),
    printers: async () => ({ bytes: Buffer.alloc(0), address: 0n, count: 0 }),
    defaultPrinter: async () => '',
  }
  return { port, told, written }
}

async function send(
  port: Winspool | null,
  options: { queue?: string; language?: PrinterLanguage; silentPrint?: SilentPrint } = {},
): Promise<{ outcome: SendOutcome; said: string[] }> {
  const { queue = 'Zebra', language = 'zpl', silentPrint = null } = options
  const said: string[] = []
  const driver = createWindowsPrinter({ queue, language, silentPrint, load: async () => port })
  const size = { widthUm: 100_000, heightUm: 180_000 }
  const pages = [{ ...size, items: [], missingGlyphs: [] }] as never
  const outcome = await driver.send(
    { jobId: 'j', title: 'j#1', bytes: Buffer.alloc(150_000, 65), language, size, pages },
    {
      signal: new AbortController().signal,
      commit: async () => void said.push('commit'),
      handedOver: async (trace) => void said.push(`handed over ${trace}`),
      delayed: (trouble) => said.push(trouble),
    },
  )
  return { outcome, said }
}

describe('a queue of Windows', () => {
  it('LBL-3 reads structures by the layout that 64-bit Windows gives them', () => {
    const pointer = 'void *'
    const job = koffi.struct({
      JobId: 'uint32_t',
      pPrinterName: pointer,
      pMachineName: pointer,
      pUserName: pointer,
      pDocument: pointer,
      pDatatype: pointer,
      pStatus: pointer,
      Status: 'uint32_t',
    })
    expect(koffi.offsetof(job, 'Status')).toBe(JOB_STATUS_OFFSET)
    const printer = koffi.struct({ pPrinterName: pointer, pServerName: pointer, Attributes: 'uint32_t' })
    expect(koffi.sizeof(printer)).toBe(PRINTER_INFO_4_BYTES)
  })

  it('LBL-3 finds the names of queues by their addresses, and none outside the bytes', () => {
    const address = 0x7fff_0000_1000n
    const bytes = Buffer.alloc(200)
    bytes.writeBigUInt64LE(address + 100n, 0)
    bytes.writeBigUInt64LE(address + 5_000n, PRINTER_INFO_4_BYTES)
    bytes.writeBigUInt64LE(address - 8n, 2 * PRINTER_INFO_4_BYTES)
    bytes.write('面单机 1', 100, 'utf16le')
    expect(readPrinterNames(bytes, address, 3)).toEqual(['面单机 1'])
    expect(readPrinterNames(Buffer.alloc(0), address, 3)).toEqual([])
  })

  it('LBL-3 reads the flags of jobs and printers', () => {
    const job = (status: number) => readJobState(dwordAt(JOB_STATUS_OFFSET, status))
    expect(job(0x10)).toMatchObject({ tag: 'underWay', condition: null })
    expect(job(0x80 | 0x2000)).toEqual({ tag: 'printed' })
    expect(job(0x100)).toEqual({ tag: 'deleted' })
    expect(job(0x40)).toMatchObject({ condition: 'outOfPaper' })
    expect(job(0x20)).toMatchObject({ condition: 'away' })
    expect(job(0x1)).toMatchObject({ condition: 'stopped' })
    const printer = (status: number) => readPrinterState(dwordAt(0, status)).condition
    expect([0, 0x10, 0x40_0000, 0x80, 0x1, 0x400].map(printer)).toEqual([
      'ready',
      'outOfPaper',
      'coverOpen',
      'away',
      'stopped',
      'busy',
    ])
  })

  it('LBL-3 sends ZPL unchanged as RAW, in parts, and follows the job to its end', async () => {
    const { port, told, written } = spooler({ jobs: [0x8, 0x40, 0x10, null], takes: 40_000 })
    const { outcome, said } = await send(port)
    expect(outcome.tag).toBe('printed')
    expect(Buffer.concat(written).equals(Buffer.alloc(150_000, 65))).toBe(true)
    expect(told).toEqual(['start j#1 RAW', 'end', 'close'])
    expect(said).toEqual(['commit', 'handed over 42', 'outOfPaper'])
  })

  it('LBL-4 sends nothing to a paused queue or to one that is not there', async () => {
    const paused = spooler({ printer: 0x1 })
    expect(await send(paused.port)).toMatchObject({ outcome: { tag: 'notSent' }, said: [] })
    expect(paused.told).toEqual(['close'])
    const gone = await send(spooler().port, { queue: 'gone' })
    expect(gone).toMatchObject({ outcome: { tag: 'notSent', trouble: 'hostUnknown' }, said: [] })
  })

  it('LBL-4 leaves to a person what the spooler did not take whole, or somebody took out', async () => {
    const broken = await send(spooler({ takes: 0 }).port)
    expect(broken.outcome).toMatchObject({ tag: 'unknown', trouble: 'brokenOff' })
    const deleted = await send(spooler({ jobs: [0x10, 0x4] }).port)
    expect(deleted.outcome).toMatchObject({ tag: 'unknown' })
  })

  it('LBL-3 prints a PDF through the driver where the app can, and says so where it cannot', async () => {
    const { port } = spooler()
    const sizes: unknown[] = []
    const silentPrint: SilentPrint = async ({ size }) => {
      sizes.push(size)
      return null
    }
    expect((await send(port, { language: 'pdf', silentPrint })).outcome.tag).toBe('printed')
    expect(sizes).toEqual([{ widthUm: 100_000, heightUm: 180_000 }])
    const none = await send(port, { language: 'pdf' })
    expect(none).toMatchObject({ outcome: { tag: 'failed', trouble: 'notSupportedHere' }, said: [] })
  })

  it.skipIf(process.platform === 'win32')('LBL-3 is not supported on other systems', async () => {
    expect(await loadWinspool()).toBeNull()
    expect(await listWindowsQueues()).toEqual([])
    expect(await send(null)).toMatchObject({ outcome: { trouble: 'notSupportedHere' }, said: [] })
  })
})
