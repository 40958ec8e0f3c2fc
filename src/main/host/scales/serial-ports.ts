import { readdir, readlink } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { ScalePort } from '../../../shared/protocol/scale-contract.ts'
import { errorText, systemErrorCode } from '../system-error.ts'

/** An open serial line. */
export interface SerialLine {
  /** Bytes are dropped where the device does not take them; a scale is asked again anyway. */
  write(bytes: Uint8Array): void
  /** Never rejects. */
  close(): Promise<void>
}

export interface LineEvents {
  /** Bytes as they came. */
  onBytes(bytes: Uint8Array): void
  /** The device is gone; called once, and not after {@link SerialLine.close}. */
  onLost(detail: string): void
}

/** Why a port did not open. */
export type OpenTrouble = 'gone' | 'busy' | 'denied' | 'unsupported'

export type OpenAnswer =
  | { readonly tag: 'open'; readonly line: SerialLine }
  | { readonly tag: OpenTrouble; readonly detail: string }

/** The serial ports of the PC. */
export interface SerialPorts {
  /** Ports that may have a device; an empty list where they cannot be listed. */
  list(): Promise<readonly ScalePort[]>
  /** Why this PC cannot open serial ports at all, in the system's words; null when it can. */
  unsupported(): Promise<string | null>
  /** Opens with eight bits and no parity; `withEvenParity` is for scales that want seven. */
  open(path: string, baud: number, events: LineEvents): Promise<OpenAnswer>
}

type SerialModule = typeof import('serialport')

/** The native part is loaded when a port is first wanted: a PC without it still packs. */
async function loadSerial(): Promise<SerialModule | string> {
  try {
    return await import('serialport')
  } catch (error) {
    return errorText(error)
  }
}

/** The real ports. */
export function createSerialPorts(load: () => Promise<SerialModule | string> = loadSerial): SerialPorts {
  return {
    list: () => (process.platform === 'linux' ? listLinuxPorts() : listPorts(load)),
    unsupported: async () => {
      const serial = await load()
      return typeof serial === 'string' ? serial : null
    },
    open: async (path, baud, events) => {
      const serial = await load()
      return typeof serial === 'string'
        ? { tag: 'unsupported', detail: serial }
        : openLine(serial, { path, baud, events })
    },
  }
}

async function listPorts(load: () => Promise<SerialModule | string>): Promise<readonly ScalePort[]> {
  const serial = await load()
  if (typeof serial === 'string') return []
  const ports = await serial.SerialPort.list().catch(() => [])
  return ports.map(({ path, manufacturer = '', serialNumber = '' }) => ({
    path,
    detail: [manufacturer, serialNumber].filter(Boolean).join(' '),
  }))
}

/** USB adapters and built-in ports; those of the mainboard last, because most PCs have them without a plug. */
const LINUX_PORT = /^tty(?:USB|ACM|AMA|XRUSB|WCH|MFD)\d+$|^rfcomm\d+$|^ttyS[0-3]$/

/**
 * Read from /dev instead of the library's list, which starts `udevadm` and ends the whole process where there is none.
 */
async function listLinuxPorts(): Promise<readonly ScalePort[]> {
  const names = (await readdir('/dev').catch(() => [])).filter((name) => LINUX_PORT.test(name))
  const lasting = await lastingNames()
  const rank = (name: string): number => (name.startsWith('ttyS') ? 1 : 0)
  return names
    .sort((left, right) => rank(left) - rank(right) || (left < right ? -1 : 1))
    .map((name) => ({ path: `/dev/${name}`, detail: lasting.get(`/dev/${name}`) ?? '' }))
}

/** Path → the name that udev gives a device by its maker, model and number. */
async function lastingNames(): Promise<ReadonlyMap<string, string>> {
  const directory = '/dev/serial/by-id'
  const names = await readdir(directory).catch(() => [])
  const pairs = await Promise.all(
    names.map(async (name) => {
      const target = await readlink(`${directory}/${name}`).catch(() => name)
      return [resolve(directory, target), basename(name)] as const
    }),
  )
  return new Map(pairs)
}

function openLine(
  { SerialPort }: SerialModule,
  { path, baud, events }: { readonly path: string; readonly baud: number; readonly events: LineEvents },
): Promise<OpenAnswer> {
  return new Promise((resolve) => {
    const port = new SerialPort({ path, baudRate: baud, autoOpen: false })
    let closing = false
    port.on('data', (bytes: Uint8Array) => {
      if (!closing) events.onBytes(bytes)
    })
    // What goes wrong on an open line ends in `close`, or in silence, which is looked for anyway.
    port.on('error', () => undefined)
    port.on('close', (error: Error | null) => {
      if (!closing) events.onLost(error === null ? '' : errorText(error))
      closing = true
    })
    const close = (): Promise<void> =>
      new Promise((done) => {
        closing = true
        if (port.isOpen) port.close(() => done())
        else done()
      })
    port.open((error) => {
      if (error) resolve({ tag: openTrouble(error), detail: errorText(error) })
      else resolve({ tag: 'open', line: { write: (bytes) => void port.write(Buffer.from(bytes)), close } })
    })
  })
}

/** The library passes on the system's words; Windows says "Access denied" of a port that another program has. */
function openTrouble(error: Error): OpenTrouble {
  const words = `${systemErrorCode(error) ?? ''} ${error.message}`
  if (/lock|busy|unavailable/i.test(words)) return 'busy'
  if (/denied|permitted/i.test(words)) return process.platform === 'win32' ? 'busy' : 'denied'
  return 'gone'
}
