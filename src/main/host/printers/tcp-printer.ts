import { connect, type Socket } from 'node:net'
import type { PrinterLanguage, PrintTrouble } from '../../../shared/protocol/print-contract.ts'
import { errorText, systemErrorCode } from '../system-error.ts'
import { type PrinterDriver, type PrinterHealth, type SendOutcome, troubleOf } from './printer-driver.ts'
import { type StatusLanguage, statusLanguage } from './printer-status.ts'

interface TcpPrinterOptions {
  readonly host: string
  readonly port: number
  readonly language: PrinterLanguage
  /** Waiting for the connection. */
  readonly connectMs?: number
  /** Waiting for an answer to the status question, which many printers never give. */
  readonly statusMs?: number
  /** A printer that takes nothing and says nothing for so long has broken off. */
  readonly stallMs?: number
}

type Limits = Required<Pick<TcpPrinterOptions, 'connectMs' | 'statusMs' | 'stallMs'>>

const CHUNK_BYTES = 16 * 1024
const ASK_AGAIN_MS = 60_000

/**
 * Raw TCP, port 9100. There is no acknowledgement in it: a label counts as printed when the printer took every byte and
 * then closed its side after we closed ours, or answered a status question that was asked behind the label. Anything
 * else after the first byte is unknown.
 */
export function createTcpPrinter(options: TcpPrinterOptions): PrinterDriver {
  const { host, port, language } = options
  const limits: Limits = {
    connectMs: options.connectMs ?? 5_000,
    statusMs: options.statusMs ?? 400,
    stallMs: options.stallMs ?? 30_000,
  }
  const status = statusLanguage(language)
  const open = (signal: AbortSignal) => openLine({ host, port }, limits, signal)
  // Most label printers at a port never answer; only the first label in a while waits to find that out.
  let silentUntil = 0
  const askFirst = async (line: Line): Promise<PrinterHealth | null> => {
    if (status === null || performance.now() < silentUntil) return null
    const health = await line.ask(status)
    if (health === null) silentUntil = performance.now() + ASK_AGAIN_MS
    return health
  }
  return {
    keepsFile: false,
    recover: async () => null,
    probe: async (signal) => {
      const opened = await open(signal)
      if ('trouble' in opened) return { condition: 'away', detail: opened.detail }
      try {
        const health = status === null ? null : await opened.line.ask(status)
        return health ?? { condition: 'ready', detail: '' }
      } finally {
        opened.line.hangUp()
      }
    },
    send: async ({ bytes }, { commit, signal }) => {
      const opened = await open(signal)
      if ('trouble' in opened) return { tag: 'notSent', ...opened }
      const { line } = opened
      try {
        const health = await askFirst(line)
        const trouble = health === null ? null : troubleOf(health.condition)
        if (health !== null && trouble !== null) return { tag: 'notSent', trouble, detail: health.detail }
        const ended = line.ended()
        if (ended !== null) {
          return { tag: 'notSent', trouble: signal.aborted ? 'hostStopped' : 'printerOff', detail: ended }
        }
        await commit()
        return await transmit(line, bytes, health === null ? null : status)
      } finally {
        line.hangUp()
      }
    },
  }
}

async function transmit(line: Line, bytes: Uint8Array, status: StatusLanguage | null): Promise<SendOutcome> {
  const brokenOff = (detail: string): SendOutcome => ({ tag: 'unknown', trouble: 'brokenOff', detail })
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    const fault = await line.write(bytes.subarray(at, at + CHUNK_BYTES))
    if (fault !== null) return brokenOff(`${fault} after ${at} of ${bytes.length} bytes`)
  }
  // It answered before, so that silence now means that it does not get as far as this question.
  const health = status === null ? null : await line.ask(status)
  const trouble = health === null ? null : troubleOf(health.condition)
  if (health !== null && trouble !== null) return { tag: 'unknown', trouble, detail: health.detail }
  if (health !== null) return { tag: 'printed', detail: '' }
  const fault = await line.finish()
  return fault === null ? { tag: 'printed', detail: '' } : brokenOff(fault)
}

/** A connection on which every wait has an end. */
interface Line {
  /** Null: nothing was answered in time. */
  ask(status: StatusLanguage): Promise<PrinterHealth | null>
  /** Waits until the system has taken the bytes; answers why not, or null. */
  write(bytes: Uint8Array): Promise<string | null>
  /** Closes our side and waits for the printer to close its own; answers what went wrong, or null. */
  finish(): Promise<string | null>
  /** Why the connection is over; null while it stands. */
  ended(): string | null
  hangUp(): void
}

type Opened = { readonly line: Line } | { readonly trouble: PrintTrouble; readonly detail: string }

function openLine(
  address: { readonly host: string; readonly port: number },
  limits: Limits,
  signal: AbortSignal,
): Promise<Opened> {
  return new Promise((resolve) => {
    const socket = connect({ ...address, allowHalfOpen: true, noDelay: true })
    const giveUp = (trouble: PrintTrouble, detail: string): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      socket.destroy()
      resolve({ trouble, detail })
    }
    const onAbort = (): void => giveUp('hostStopped', '')
    const timer = setTimeout(
      () => giveUp('printerOff', `no answer in ${limits.connectMs} ms`),
      limits.connectMs,
    )
    const onError = (error: Error): void => giveUp(...connectTrouble(error))
    socket.once('error', onError)
    socket.once('connect', () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      socket.off('error', onError)
      resolve({ line: watchLine(socket, limits, signal) })
    })
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort)
  })
}

function connectTrouble(error: Error): [PrintTrouble, string] {
  const code = systemErrorCode(error) ?? ''
  const unknownName = code === 'ENOTFOUND' || code === 'EAI_NODATA' || code === 'EAI_AGAIN'
  return [unknownName ? 'hostUnknown' : 'printerOff', errorText(error) || code]
}

function watchLine(socket: Socket, { statusMs, stallMs }: Limits, signal: AbortSignal): Line {
  let fault: string | null = null
  let theyEnded = false
  let heard: Uint8Array = new Uint8Array()
  const watchers = new Set<() => void>()
  const changed = (): void => {
    for (const watcher of [...watchers]) watcher()
  }
  const fail = (why: string): void => {
    fault ??= why
    changed()
  }
  socket.on('error', (error) => fail(errorText(error) || (systemErrorCode(error) ?? '')))
  socket.on('close', () => fail('closed'))
  socket.on('end', () => {
    theyEnded = true
    changed()
  })
  socket.on('data', (part) => {
    heard = Buffer.concat([heard, part]).subarray(-4096)
    changed()
  })
  const onAbort = (): void => fail('stopped')
  signal.addEventListener('abort', onAbort)

  /** Waits until `done` answers something, the line fails or the time is over. */
  const until = <T>(done: () => T | null, limitMs: number): Promise<T | null> =>
    new Promise((resolve) => {
      const finish = (value: T | null): void => {
        clearTimeout(timer)
        watchers.delete(look)
        resolve(value)
      }
      const look = (): void => {
        const value = done()
        if (value !== null || fault !== null) finish(value)
      }
      const timer = setTimeout(() => finish(null), limitMs)
      watchers.add(look)
      look()
    })

  return {
    ended: () => fault ?? (theyEnded ? 'closed by the printer' : null),
    ask: async ({ question, read }) => {
      heard = new Uint8Array()
      socket.write(question)
      return until(
        () => (theyEnded && heard.length === 0 ? { condition: 'away', detail: 'closed' } : read(heard)),
        statusMs,
      )
    },
    write: async (bytes) => {
      let taken = false
      socket.write(bytes, () => {
        taken = true
        changed()
      })
      // A printer that closes while it is being written to has not read the rest.
      const done = await until(() => (theyEnded ? 'closed by the printer' : taken ? '' : null), stallMs)
      return done === '' ? null : (fault ?? done ?? `stalled for ${stallMs} ms`)
    },
    finish: async () => {
      if (theyEnded) return 'closed by the printer'
      socket.end()
      const done = await until(() => (theyEnded ? '' : null), stallMs)
      return done === '' ? null : (fault ?? `not confirmed within ${stallMs} ms`)
    },
    hangUp: () => {
      signal.removeEventListener('abort', onAbort)
      // At once when it failed; else the system still sends what it has taken.
      if (fault !== null) socket.destroy()
      else socket.destroySoon()
    },
  }
}
