import type { Printer, PrinterList } from '../../../shared/protocol/print-contract.ts'
import type { PrintJobs } from '../print-jobs.ts'
import { isTried } from './make-driver.ts'
import type { PrinterBook } from './printer-book.ts'
import type { PrinterHealth } from './printer-driver.ts'

/** The printers of a station, and the live jobs that go to them. */
interface PrinterDesk {
  readonly printers: PrinterBook
  readonly live: { readonly jobs: PrintJobs }
}

/** All printers with how they are, and what goes where. */
export function listPrinters({ printers, live }: PrinterDesk): PrinterList {
  return {
    printers: printers
      .list()
      .map((printer) => ({ printer, ...live.jobs.health(printer.printerId), tried: isTried(printer) })),
    assigned: printers.assigned(),
  }
}

/** Adds or changes a printer; what waits for it is tried at once. */
export async function savePrinter(desk: PrinterDesk, printer: Printer): Promise<PrinterList> {
  await desk.printers.save(printer)
  desk.live.jobs.printerChanged(printer.printerId)
  return listPrinters(desk)
}

/** Removes a printer; what waits for it has failed. */
export async function removePrinter(desk: PrinterDesk, printerId: string): Promise<PrinterList> {
  await desk.printers.remove(printerId)
  desk.live.jobs.printerChanged(printerId)
  return listPrinters(desk)
}

/** Asks a printer how it is, without printing. */
export function probePrinter({ printers, live }: PrinterDesk, printerId: string): Promise<PrinterHealth> {
  if (printers.find(printerId) === null) return Promise.resolve({ condition: 'away', detail: '' })
  return live.jobs.probe(printerId)
}
