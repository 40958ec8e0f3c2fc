import { createServer, type Server, type Socket } from 'node:net'

/** How a printer at a TCP port behaves; may be changed while it runs. */
interface PrinterManners {
  /** Reads nothing at all, though it lets everybody in. */
  stalls: boolean
  /** Closes each connection after so many bytes. */
  closesAfter: number | null
  /** What it answers to `~HS` or `<ESC>!?`; null: nothing, as most do. */
  status: Uint8Array | null
  /** Milliseconds to think before it closes its side. */
  closesLate: number
}

/** A printer that counts complete labels `^XA … ^XZ` by what stands in their `^FD…^FS`, also when the line then breaks. */
export interface LabelPrinter {
  readonly port: number
  readonly manners: PrinterManners
  /** How often each label came out. */
  readonly printed: ReadonlyMap<string, number>
  /** Everything that was read, one string for each connection. */
  readonly heard: readonly string[]
  /** Off: nobody listens, open lines break. */
  off(): Promise<void>
  on(): Promise<void>
}

export async function startLabelPrinter(manners: Partial<PrinterManners> = {}): Promise<LabelPrinter> {
  const state: PrinterManners = { stalls: false, closesAfter: null, status: null, closesLate: 0, ...manners }
  const printed = new Map<string, number>()
  const heard: string[] = []
  const sockets = new Set<Socket>()
  let server: Server | null = null
  let port = 0

  const serve = (socket: Socket): void => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    if (state.stalls) {
      socket.pause()
      return
    }
    const line = heard.push('') - 1
    let bytes = 0
    let counted = 0
    socket.on('data', (part) => {
      const text = part.toString('latin1')
      const before = heard[line] ?? ''
      heard[line] = before + text
      const asked = ['~HS', '\x1b!?'].some((question) => (before.slice(-2) + text).includes(question))
      if (state.status !== null && asked) socket.write(state.status)
      // A label is complete with its last letters: only then is the whole looked through.
      if ((before.slice(-2) + text).includes('^XZ')) {
        const labels = [
          ...(heard[line] ?? '').matchAll(/\^XA(?:(?!\^XA)[\s\S])*?\^FD([^^]*)\^FS[\s\S]*?\^XZ/g),
        ]
        for (const [, name = ''] of labels.slice(counted)) printed.set(name, (printed.get(name) ?? 0) + 1)
        counted = labels.length
      }
      bytes += part.length
      if (state.closesAfter !== null && bytes >= state.closesAfter) socket.destroy()
    })
    socket.on('end', () => setTimeout(() => socket.end(), state.closesLate))
  }
  const on = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server = createServer({ allowHalfOpen: true }, serve)
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        const address = server?.address()
        port = typeof address === 'object' && address !== null ? address.port : 0
        resolve()
      })
    })
  const off = async (): Promise<void> => {
    const closing = server
    server = null
    for (const socket of sockets) socket.destroy()
    await new Promise<void>((resolve) => (closing === null ? resolve() : closing.close(() => resolve())))
  }
  await on()
  return {
    get port() {
      return port
    },
    manners: state,
    printed,
    heard,
    on,
    off,
  }
}

/** ZPL of a label with a name, about so many bytes long. */
export function zplLabel(name: string, bytes = 200): string {
  const filler = '0123456789ABCDEF'.repeat(Math.ceil(bytes / 16)).slice(0, bytes)
  return `^XA^FX${name} ${filler}^FO10,10^FD${name}^FS^XZ\n`
}
