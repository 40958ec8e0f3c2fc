import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { HostError } from '../../../shared/protocol/host-contract.ts'
import {
  PAPER_KINDS,
  type PaperKind,
  type Printer,
  PrinterSchema,
} from '../../../shared/protocol/print-contract.ts'
import { readTextIfThere, writeFileDurably } from '../durable-file.ts'
import { createQueue } from '../queue.ts'
import { ippEndpoint } from './ipp-client.ts'

/** In the data directory: the printers beside this PC. */
const PRINTERS_FILE = 'printers.json'

/** Built in, first, and not to be removed; its words are the page's. */
export const FILE_PRINTER: Printer = {
  printerId: 'file',
  name: 'file',
  path: { via: 'file' },
  language: 'pdf',
  dpi: 203,
  paper: null,
  gapUm: 2_000,
  darkness: null,
  sparePrinterId: null,
}

const BookSchema = z.object({
  version: z.literal(1),
  printers: z.array(PrinterSchema),
  assigned: z.partialRecord(z.enum(PAPER_KINDS), z.string()),
})

type Assigned = Readonly<Record<PaperKind, string>>

/** Which printers there are and which paper goes where. */
export interface PrinterBook {
  list(): readonly Printer[]
  find(printerId: string): Printer | null
  assigned(): Assigned
  /** @throws HostError `badRequest` when the built-in printer would become another, or its spare is itself or unknown */
  save(printer: Printer): Promise<void>
  /** @throws HostError `badRequest` for the built-in printer */
  remove(printerId: string): Promise<void>
  /** @throws HostError `badRequest` for a printer that is not there */
  assign(kind: PaperKind, printerId: string): Promise<void>
}

interface State {
  readonly printers: readonly Printer[]
  readonly assigned: Assigned
}

const allTo = (printerId: string): Assigned => ({
  waybill: printerId,
  sku: printerId,
  bin: printerId,
  carton: printerId,
  'put-wall': printerId,
  list: printerId,
})

/** Demo labels never reach a real printer. */
export function fileOnlyBook(): PrinterBook {
  const refuse = async (): Promise<never> => {
    throw new HostError({ tag: 'badRequest', detail: 'demo labels go to files' })
  }
  return {
    list: () => [FILE_PRINTER],
    find: () => FILE_PRINTER,
    assigned: () => allTo(FILE_PRINTER.printerId),
    save: refuse,
    remove: refuse,
    assign: refuse,
  }
}

/** Opens `printers.json`. One that cannot be read is put aside: the station must open, and its labels go to files. */
export async function openPrinterBook(directory: string): Promise<PrinterBook> {
  const path = join(directory, PRINTERS_FILE)
  let state = await readBook(path)
  const queue = createQueue()
  const change = (next: (now: State) => State): Promise<void> =>
    queue(async () => {
      const changed = next(state)
      await writeFileDurably(path, `${JSON.stringify({ version: 1, ...changed }, null, 1)}\n`, 0o600)
      state = changed
    })
  const find = (printerId: string): Printer | null =>
    state.printers.find((printer) => printer.printerId === printerId) ?? null
  return {
    list: () => state.printers,
    find,
    assigned: () => state.assigned,
    save: (printer) =>
      change((now) => {
        requireSensible(now, printer)
        const others = now.printers.filter(({ printerId }) => printerId !== printer.printerId)
        const known = others.length < now.printers.length
        const printers = known
          ? now.printers.map((one) => (one.printerId === printer.printerId ? printer : one))
          : [...now.printers, printer]
        return { ...now, printers }
      }),
    remove: (printerId) => change((now) => without(now, printerId)),
    assign: (kind, printerId) =>
      change((now) => {
        if (!now.printers.some((printer) => printer.printerId === printerId)) refuse('no such printer')
        return { ...now, assigned: { ...now.assigned, [kind]: printerId } }
      }),
  }
}

async function readBook(path: string): Promise<State> {
  const text = await readTextIfThere(path)
  if (text === null) return { printers: [FILE_PRINTER], assigned: allTo(FILE_PRINTER.printerId) }
  const book = BookSchema.safeParse(parseJson(text))
  if (!book.success) {
    await rename(path, `${path}.unreadable`)
    return { printers: [FILE_PRINTER], assigned: allTo(FILE_PRINTER.printerId) }
  }
  const { printers, assigned } = book.data
  const file = printers.find(({ printerId }) => printerId === FILE_PRINTER.printerId) ?? FILE_PRINTER
  const others = printers.filter(({ printerId }) => printerId !== FILE_PRINTER.printerId)
  return {
    printers: [{ ...file, path: { via: 'file' } }, ...others],
    assigned: { ...allTo(FILE_PRINTER.printerId), ...assigned },
  }
}

function without({ printers, assigned }: State, printerId: string): State {
  if (printerId === FILE_PRINTER.printerId) refuse('the file printer is built in')
  const left = printers.filter((printer) => printer.printerId !== printerId)
  const kinds = { ...assigned }
  for (const kind of PAPER_KINDS) if (kinds[kind] === printerId) kinds[kind] = FILE_PRINTER.printerId
  return {
    printers: left.map((one) => (one.sparePrinterId === printerId ? { ...one, sparePrinterId: null } : one)),
    assigned: kinds,
  }
}

function requireSensible({ printers }: State, { printerId, path, sparePrinterId }: Printer): void {
  if (printerId === FILE_PRINTER.printerId && path.via !== 'file') refuse('the file printer is built in')
  if (path.via === 'ipp' && !isIppAddress(path.url)) refuse('path.url: no IPP address')
  if (sparePrinterId === null) return
  if (sparePrinterId === printerId) refuse('a printer cannot stand in for itself')
  if (!printers.some((one) => one.printerId === sparePrinterId)) refuse('no such spare printer')
}

function isIppAddress(address: string): boolean {
  try {
    ippEndpoint(address)
    return true
  } catch {
    return false
  }
}

function refuse(detail: string): never {
  throw new HostError({ tag: 'badRequest', detail })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
