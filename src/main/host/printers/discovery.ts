import type { FoundPrinter } from '../../../shared/protocol/print-contract.ts'
import { listCupsQueues } from './cups.ts'
import { listWindowsQueues } from './windows-printer.ts'

const LIMIT_MS = 8_000

/**
 * Queues of the operating system, the default one first. The network is not searched: printers there are found by CUPS or
 * typed in, and `printer.probe` tells whether they answer.
 */
export async function discoverPrinters(): Promise<readonly FoundPrinter[]> {
  const signal = AbortSignal.timeout(LIMIT_MS)
  const listed = await Promise.allSettled(
    process.platform === 'win32' ? [listWindowsQueues()] : [listCupsQueues(signal)],
  )
  return listed
    .flatMap((list) => (list.status === 'fulfilled' ? list.value : []))
    .sort((a, b) => Number(b.isDefault) - Number(a.isDefault) || a.name.localeCompare(b.name))
}
