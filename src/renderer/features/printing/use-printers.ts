import { useCallback, useEffect, useState } from 'react'
import { HostError } from '../../../shared/protocol/host-contract.ts'
import type { PrinterList } from '../../../shared/protocol/print-contract.ts'
import { useStation } from '../../app/station-app.ts'

/** The printers of this PC as last heard, and why they could not be asked. */
interface Printers {
  readonly list: PrinterList | null
  readonly trouble: string | null
  /** Takes an answer of the host over, which brings the whole list each time. */
  readonly take: (list: PrinterList) => void
}

const ASK_EVERY_MS = 4000

/** Asks for the printers again and again while the screen is shown, for their condition changes by itself. */
export function usePrinters(): Printers {
  const { host } = useStation()
  const [list, setList] = useState<PrinterList | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const take = useCallback((next: PrinterList) => {
    setList(next)
    setTrouble(null)
  }, [])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    let stopped = false
    const ask = async (): Promise<void> => {
      await host.call('printer.list', {}).then(
        (answer) => !stopped && take(answer),
        (error: unknown) => !stopped && setTrouble(faultWords(error)),
      )
      if (!stopped) timer = setTimeout(() => void ask(), ASK_EVERY_MS)
    }
    void ask()
    return () => {
      stopped = true
      if (timer !== null) clearTimeout(timer)
    }
  }, [host, take])
  return { list, trouble, take }
}

/** What the host said when it could not do something; for the second line of a message. */
export function faultWords(error: unknown): string {
  return error instanceof HostError ? error.fault.detail || error.fault.tag : String(error)
}
