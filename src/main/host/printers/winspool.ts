import type { PrinterCondition } from '../../../shared/protocol/print-contract.ts'
import type { PrinterHealth } from './printer-driver.ts'

/*
 * The Windows spooler (winspool.drv) by its documented functions: OpenPrinterW, StartDocPrinterW, WritePrinter,
 * EndDocPrinter, GetJobW, GetPrinterW, EnumPrintersW. Structures come back as bytes and are read here by their 64-bit
 * layout, so that only the calls themselves need Windows.
 */

/** What is called; the one implementation is {@link loadWinspool}. Handles and pointers are numbers of 64 bits. */
export interface Winspool {
  openPrinter(queue: string): Promise<bigint | null>
  closePrinter(handle: bigint): Promise<void>
  /** The job's number, 0 on failure. */
  startDocument(handle: bigint, title: string, dataType: string): Promise<number>
  /** Bytes taken, -1 on failure. */
  write(handle: bigint, bytes: Uint8Array): Promise<number>
  endDocument(handle: bigint): Promise<boolean>
  /** JOB_INFO_1W; null when there is no such job. */
  job(handle: bigint, jobNumber: number): Promise<Uint8Array | null>
  /** PRINTER_INFO_6; null on failure. */
  printer(handle: bigint): Promise<Uint8Array | null>
  /** PRINTER_INFO_4W array and the address it lay at, by which its strings are found. */
  printers(): Promise<{ readonly bytes: Uint8Array; readonly address: bigint; readonly count: number }>
  defaultPrinter(): Promise<string>
}

/** `JOB_INFO_1W.Status` on 64-bit Windows: after JobId (4, padded to 8) and six pointers. */
export const JOB_STATUS_OFFSET = 56
/** `PRINTER_INFO_4W`: two pointers and a DWORD, padded. */
export const PRINTER_INFO_4_BYTES = 24

const JOB = {
  paused: 0x1,
  error: 0x2,
  deleting: 0x4,
  offline: 0x20,
  paperOut: 0x40,
  printed: 0x80,
  deleted: 0x100,
  blocked: 0x200,
  intervention: 0x400,
  complete: 0x1000,
} as const

/** What a job's flags say: it has ended well, it was taken away, or why it does not go on (null: it does). */
type WindowsJobState =
  | { readonly tag: 'printed' }
  | { readonly tag: 'deleted' }
  | { readonly tag: 'underWay'; readonly condition: PrinterCondition | null; readonly detail: string }

/** Reads a JOB_INFO_1W. */
export function readJobState(info: Uint8Array): WindowsJobState {
  const status = dword(info, JOB_STATUS_OFFSET)
  const has = (flag: number): boolean => (status & flag) !== 0
  if (has(JOB.printed) || has(JOB.complete)) return { tag: 'printed' }
  if (has(JOB.deleting) || has(JOB.deleted)) return { tag: 'deleted' }
  const detail = `0x${status.toString(16)}`
  if (has(JOB.paperOut)) return { tag: 'underWay', condition: 'outOfPaper', detail }
  if (has(JOB.offline)) return { tag: 'underWay', condition: 'away', detail }
  const stopped = has(JOB.paused) || has(JOB.error) || has(JOB.blocked) || has(JOB.intervention)
  return { tag: 'underWay', condition: stopped ? 'stopped' : null, detail }
}

const PRINTER = {
  paused: 0x1,
  error: 0x2,
  jam: 0x8,
  paperOut: 0x10,
  paperProblem: 0x40,
  offline: 0x80,
  busy: 0x200,
  printing: 0x400,
  notAvailable: 0x1000,
  processing: 0x4000,
  intervention: 0x10_0000,
  doorOpen: 0x40_0000,
} as const

/** Reads a PRINTER_INFO_6, which is one DWORD. */
export function readPrinterState(info: Uint8Array): PrinterHealth {
  const status = dword(info, 0)
  const has = (flag: number): boolean => (status & flag) !== 0
  const detail = status === 0 ? '' : `0x${status.toString(16)}`
  if (has(PRINTER.paperOut)) return { condition: 'outOfPaper', detail }
  if (has(PRINTER.doorOpen)) return { condition: 'coverOpen', detail }
  if (has(PRINTER.offline) || has(PRINTER.notAvailable)) return { condition: 'away', detail }
  if (has(PRINTER.paused | PRINTER.error | PRINTER.jam | PRINTER.paperProblem | PRINTER.intervention)) {
    return { condition: 'stopped', detail }
  }
  const busy = has(PRINTER.busy | PRINTER.printing | PRINTER.processing)
  return { condition: busy ? 'busy' : 'ready', detail }
}

/** The names in an array of PRINTER_INFO_4W; what points outside the bytes is left out. */
export function readPrinterNames(bytes: Uint8Array, address: bigint, count: number): readonly string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const names: string[] = []
  for (let index = 0; index < count; index++) {
    const at = index * PRINTER_INFO_4_BYTES
    if (at + 8 > bytes.length) break
    const offset = view.getBigUint64(at, true) - address
    if (offset < 0n || offset >= BigInt(bytes.length)) continue
    names.push(wideString(view, Number(offset)))
  }
  return names
}

function wideString(view: DataView, from: number): string {
  let text = ''
  for (let at = from; at + 2 <= view.byteLength; at += 2) {
    const unit = view.getUint16(at, true)
    if (unit === 0) break
    text += String.fromCharCode(unit)
  }
  return text
}

function dword(bytes: Uint8Array, offset: number): number {
  if (bytes.length < offset + 4) return 0
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(offset, true)
}

const PRINTER_ENUM_LOCAL = 0x2
const PRINTER_ENUM_CONNECTIONS = 0x4

type Call = (...values: unknown[]) => Promise<unknown>

/** Loads the spooler's library; null on every other system. Not yet tried on Windows. */
export async function loadWinspool(): Promise<Winspool | null> {
  if (process.platform !== 'win32') return null
  const { default: koffi } = await import('koffi')
  const library = koffi.load('winspool.drv')
  const bind = (name: string, result: string, types: Parameters<typeof koffi.sizeof>[0][]): Call => {
    const call = library.func('__stdcall', name, result, types)
    // A printer on a network may take seconds to be found: never on the thread that answers the page.
    return (...values) =>
      new Promise((resolve, reject) => {
        call.async(...values, (error: unknown, value: unknown) => (error ? reject(error) : resolve(value)))
      })
  }
  const handleOut = koffi.out(koffi.pointer('void *'))
  const numberOut = koffi.out(koffi.pointer('uint32_t'))
  const documentInfo = koffi.struct({ pDocName: 'str16', pOutputFile: 'str16', pDatatype: 'str16' })
  const OpenPrinterW = bind('OpenPrinterW', 'int', ['str16', handleOut, 'void *'])
  const ClosePrinter = bind('ClosePrinter', 'int', ['void *'])
  const StartDocPrinterW = bind('StartDocPrinterW', 'uint32_t', [
    'void *',
    'uint32_t',
    koffi.pointer(documentInfo),
  ])
  const WritePrinter = bind('WritePrinter', 'int', ['void *', 'void *', 'uint32_t', numberOut])
  const EndDocPrinter = bind('EndDocPrinter', 'int', ['void *'])
  const GetJobW = bind('GetJobW', 'int', ['void *', 'uint32_t', 'uint32_t', 'void *', 'uint32_t', numberOut])
  const GetPrinterW = bind('GetPrinterW', 'int', ['void *', 'uint32_t', 'void *', 'uint32_t', numberOut])
  const EnumPrintersW = bind('EnumPrintersW', 'int', [
    'uint32_t',
    'str16',
    'uint32_t',
    'void *',
    'uint32_t',
    numberOut,
    numberOut,
  ])
  const GetDefaultPrinterW = bind('GetDefaultPrinterW', 'int', [
    'void *',
    koffi.inout(koffi.pointer('uint32_t')),
  ])
  return {
    openPrinter: async (queue) => {
      const handle: (bigint | null)[] = [null]
      const ok = await OpenPrinterW(queue, handle, null)
      return ok ? (handle[0] ?? null) : null
    },
    closePrinter: async (handle) => void (await ClosePrinter(handle)),
    startDocument: async (handle, title, dataType) =>
      Number(await StartDocPrinterW(handle, 1, { pDocName: title, pOutputFile: null, pDatatype: dataType })),
    write: async (handle, bytes) => {
      const written = [0]
      const ok = await WritePrinter(handle, Buffer.from(bytes), bytes.length, written)
      return ok ? (written[0] ?? 0) : -1
    },
    endDocument: async (handle) => Boolean(await EndDocPrinter(handle)),
    job: async (handle, jobNumber) => {
      const info = Buffer.alloc(64 * 1024)
      return (await GetJobW(handle, jobNumber, 1, info, info.length, [0])) ? info : null
    },
    printer: async (handle) => {
      const info = Buffer.alloc(64)
      return (await GetPrinterW(handle, 6, info, info.length, [0])) ? info : null
    },
    printers: async () => {
      const bytes = Buffer.alloc(256 * 1024)
      const count = [0]
      const flags = PRINTER_ENUM_LOCAL | PRINTER_ENUM_CONNECTIONS
      const ok = await EnumPrintersW(flags, null, 4, bytes, bytes.length, [0], count)
      return { bytes, address: BigInt(koffi.address(bytes)), count: ok ? (count[0] ?? 0) : 0 }
    },
    defaultPrinter: async () => {
      const name = Buffer.alloc(1024)
      const ok = await GetDefaultPrinterW(name, [name.length / 2])
      return ok ? wideString(new DataView(name.buffer, name.byteOffset, name.byteLength), 0) : ''
    },
  }
}
