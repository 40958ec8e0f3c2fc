import { existsSync } from 'node:fs'
import type { FoundPrinter, PrinterLanguage } from '../../../shared/protocol/print-contract.ts'
import { allGroups, callIpp, firstGroup, type IppAttributes, type IppEndpoint, words } from './ipp-client.ts'
import { USER } from './ipp-jobs.ts'

/** Where the scheduler's socket lies: Linux, then older Linux and macOS. */
const SOCKETS = ['/run/cups/cups.sock', '/var/run/cups/cups.sock', '/private/var/run/cupsd'] as const
const LIST_MS = 4_000

/**
 * The local CUPS scheduler, or the one that `CUPS_SERVER` names (`host[:port][/version=1.1]` or a socket's path; cups(1)).
 * Its scheduler is spoken to directly: `lp` only hands over and ends with 0 whatever becomes of the job.
 * @param path `/` for the scheduler itself
 */
export function cupsEndpoint(path: string, environment: NodeJS.ProcessEnv = process.env): IppEndpoint {
  const server = (environment.CUPS_SERVER ?? '').trim()
  const base = { secure: false, path, uri: `ipp://localhost${path}` }
  if (server.startsWith('/')) return { ...base, host: 'localhost', port: 631, socketPath: server }
  if (server !== '') {
    const url = new URL(`http://${server.replace(/\/version=.*$/, '')}`)
    const port = url.port === '' ? 631 : Number(url.port)
    return { ...base, host: url.hostname.replace(/^\[|\]$/g, ''), port, socketPath: null }
  }
  const socketPath = SOCKETS.find((socket) => existsSync(socket)) ?? null
  return { ...base, host: 'localhost', port: 631, socketPath }
}

/** The path of a queue; its name is data and cannot leave its segment. */
export function cupsQueuePath(queue: string): string {
  return `/printers/${encodeURIComponent(queue)}`
}

/** All queues, the default one marked; none when there is no scheduler. */
export async function listCupsQueues(signal: AbortSignal): Promise<readonly FoundPrinter[]> {
  const endpoint = cupsEndpoint('/')
  const ask = (operation: string) =>
    callIpp(endpoint, {
      operation,
      attributes: {
        'requesting-user-name': USER,
        'requested-attributes': [
          'printer-name',
          'printer-info',
          'printer-make-and-model',
          'printer-location',
          'device-uri',
        ],
      },
      timeoutMs: LIST_MS,
      signal,
    })
  const [queues, usual] = await Promise.all([ask('CUPS-Get-Printers'), ask('CUPS-Get-Default')])
  if (queues.tag === 'unreachable' || !queues.status.startsWith('successful')) return []
  const usualName =
    usual.tag === 'answered'
      ? words(firstGroup(usual.groups, 'printer-attributes-tag'), 'printer-name')[0]
      : ''
  return allGroups(queues.groups, 'printer-attributes-tag').flatMap((queue) => {
    const [name = ''] = words(queue, 'printer-name')
    return name === '' ? [] : [describeQueue(name, queue, name === usualName)]
  })
}

function describeQueue(name: string, queue: IppAttributes, isDefault: boolean): FoundPrinter {
  const [info = ''] = words(queue, 'printer-info')
  const [model = ''] = words(queue, 'printer-make-and-model')
  const detail = [info, model, ...words(queue, 'printer-location'), ...words(queue, 'device-uri')]
    .filter((text) => text !== '')
    .join(' · ')
  return { name, path: { via: 'cups', queue: name }, language: guessLanguage(name, model), detail, isDefault }
}

/** A queue without a driver passes bytes through, so that they must be in the printer's language; others take PDF. */
export function guessLanguage(name: string, model: string): PrinterLanguage {
  if (!/\braw\b/i.test(model)) return 'pdf'
  return /tsc|tspl|gprinter|gp-|佳博|xprinter/i.test(`${name} ${model}`) ? 'tspl' : 'zpl'
}
