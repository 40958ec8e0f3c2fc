import { connect, createServer, type Server, type Socket } from 'node:net'
import { freePort } from './station-process.ts'

/** The network between one station and the hub: it carries everything until somebody pulls the plug. */
export interface CuttableNetwork {
  /** What the station knows as the hub's address. */
  readonly url: string
  /** Nothing gets through any more: open connections break, new ones are refused. */
  cut(): Promise<void>
  mend(): Promise<void>
  /** Every chunk arrives so much later, milliseconds; 0 for at once. */
  delay(milliseconds: number): void
  /** Where the hub is now, after it came back elsewhere. */
  leadTo(port: number): void
  close(): Promise<void>
}

/** Opens a way to the hub on this computer. */
export async function openNetwork(hubPort: number): Promise<CuttableNetwork> {
  const port = await freePort()
  const sockets = new Set<Socket>()
  let target = hubPort
  let delayMs = 0
  let server: Server | null = null

  const carry = (from: Socket, to: Socket): void => {
    from.on('data', (chunk) => {
      if (delayMs === 0) to.write(chunk)
      else setTimeout(() => to.writable && to.write(chunk), delayMs)
    })
    from.on('close', () => to.destroy())
    from.on('error', () => to.destroy())
  }
  const accept = (near: Socket): void => {
    const far = connect(target, '127.0.0.1')
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
    }
    carry(near, far)
    carry(far, near)
  }
  const mend = (): Promise<void> =>
    new Promise((resolve, reject) => {
      if (server !== null) return resolve()
      server = createServer(accept).once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
  const cut = (): Promise<void> =>
    new Promise((resolve) => {
      if (server === null) return resolve()
      server.close(() => resolve())
      server = null
      for (const socket of sockets) socket.destroy()
    })

  await mend()
  return {
    url: `http://127.0.0.1:${port}`,
    cut,
    mend,
    delay: (milliseconds) => {
      delayMs = milliseconds
    },
    leadTo: (other) => {
      target = other
    },
    close: cut,
  }
}
