import type { Printer } from '../../../shared/protocol/print-contract.ts'
import { cupsEndpoint, cupsQueuePath } from './cups.ts'
import { createFilePrinter } from './file-printer.ts'
import { ippEndpoint } from './ipp-client.ts'
import { createIppPrinter } from './ipp-printer.ts'
import type { PrinterDriver } from './printer-driver.ts'
import { createTcpPrinter } from './tcp-printer.ts'
import { createWindowsPrinter, type SilentPrint } from './windows-printer.ts'

interface DriverSurroundings {
  /** `labels/` of the space. */
  readonly labels: string
  readonly silentPrint: SilentPrint | null
}

/** The driver for a printer's path. */
export function makeDriver(
  { path, language }: Printer,
  { labels, silentPrint }: DriverSurroundings,
): PrinterDriver {
  switch (path.via) {
    case 'file':
      return createFilePrinter(labels)
    case 'tcp':
      return createTcpPrinter({ host: path.host, port: path.port, language })
    case 'ipp':
      return createIppPrinter({
        endpoint: () => ippEndpoint(path.url),
        rawFormat: 'application/octet-stream',
        spools: false,
      })
    case 'cups':
      return createIppPrinter({
        endpoint: () => cupsEndpoint(cupsQueuePath(path.queue)),
        rawFormat: 'application/vnd.cups-raw',
        spools: true,
      })
    case 'windows':
      return createWindowsPrinter({ queue: path.queue, language, silentPrint })
  }
}

/** False: the software for this path was never tried on such a system, and the screen says so. */
export function isTried({ path }: Printer): boolean {
  return path.via !== 'windows'
}
