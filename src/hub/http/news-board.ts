import type { WebSocket } from 'ws'
import type { HubService } from '../hub-service.ts'

/** Told to a station whose key is worth nothing any more, as the web socket's close code. */
export const CLOSED_REVOKED = 4003
const CLOSED_ENDING = 1001

/** How often things happen, milliseconds. */
export interface NewsTimings {
  /** Between two pings; who has not answered the last one is gone. */
  readonly pingMs: number
  /** Between two looks at the database, where nobody tells of other processes' commits. */
  readonly pollMs: number
  /** The same where somebody does: a net below it, for what was told while the line was down. */
  readonly slowPollMs: number
  /** Between two checks whether the connected stations are still welcome. */
  readonly checkMs: number
  /** Least time between two messages to the same station. */
  readonly quietMs: number
}

export const NEWS_TIMINGS: NewsTimings = {
  pingMs: 20_000,
  pollMs: 500,
  slowPollMs: 10_000,
  checkMs: 5_000,
  quietMs: 20,
}

/** The open web sockets, and how far each warehouse is. */
export interface NewsBoard {
  /** A warehouse has grown to a sequence; told to its stations unless they know. */
  tell(warehouseId: string, sequence: number): void
  /** Takes a new web socket and tells it the last sequence. */
  connect(socket: WebSocket, station: { readonly stationId: string; readonly warehouseId: string }): void
  /** Ends the connections of a station that has been revoked. */
  drop(stationId: string): void
  /** Begins to ping, poll and check. */
  start(service: Pick<HubService, 'lastSequence' | 'findStation'>): void
  connections(): number
  /** Ends every connection. */
  close(): void
}

interface Reader {
  readonly socket: WebSocket
  readonly stationId: string
  readonly warehouseId: string
  told: number
  alive: boolean
}

/**
 * @param isListening true while another way tells of the commits of other processes
 */
export function createNewsBoard(timings: NewsTimings, isListening: () => boolean): NewsBoard {
  const readers = new Set<Reader>()
  const sequences = new Map<string, number>()
  const waiting = new Set<string>()
  const timers: NodeJS.Timeout[] = []
  let service: Pick<HubService, 'lastSequence' | 'findStation'> | null = null
  let polledAt = 0

  function tell(warehouseId: string, sequence: number): void {
    if (sequence <= (sequences.get(warehouseId) ?? -1)) return
    sequences.set(warehouseId, sequence)
    // While many push, each station hears the newest number now and then, and not each number.
    if (waiting.has(warehouseId)) return
    spread(warehouseId)
    waiting.add(warehouseId)
    setTimeout(() => {
      waiting.delete(warehouseId)
      spread(warehouseId)
    }, timings.quietMs).unref()
  }

  function spread(warehouseId: string): void {
    for (const reader of readers) if (reader.warehouseId === warehouseId) send(reader)
  }

  function send(reader: Reader): void {
    const sequence = sequences.get(reader.warehouseId)
    if (sequence === undefined || sequence <= reader.told || reader.socket.readyState !== 1) return
    reader.told = sequence
    reader.socket.send(JSON.stringify({ sequence }))
  }

  async function look(warehouseId: string): Promise<void> {
    if (service !== null) tell(warehouseId, await service.lastSequence(warehouseId))
  }

  async function poll(): Promise<void> {
    const now = performance.now()
    if (isListening() && now - polledAt < timings.slowPollMs) return
    polledAt = now
    await Promise.all([...new Set([...readers].map(({ warehouseId }) => warehouseId))].map(look))
  }

  async function check(): Promise<void> {
    for (const stationId of new Set([...readers].map((reader) => reader.stationId))) {
      const found = await service?.findStation(stationId)
      if (found === null || found?.revoked === true) drop(stationId)
    }
  }

  function ping(): void {
    for (const reader of readers) {
      if (!reader.alive) reader.socket.terminate()
      reader.alive = false
      if (reader.socket.readyState === 1) reader.socket.ping()
    }
  }

  function drop(stationId: string): void {
    for (const { socket, stationId: reader } of readers) {
      if (reader === stationId) socket.close(CLOSED_REVOKED, 'revoked')
    }
  }

  /** The next round begins when the last one has ended, however slow the database is; one that fails is repeated. */
  function repeat(work: () => Promise<void>, everyMs: number): void {
    let busy = false
    const timer = setInterval(() => {
      if (busy) return
      busy = true
      work()
        .catch(() => undefined)
        .finally(() => {
          busy = false
        })
    }, everyMs)
    timers.push(timer.unref())
  }

  return {
    tell,
    drop,
    connect(socket, { stationId, warehouseId }) {
      const reader: Reader = { socket, stationId, warehouseId, told: -1, alive: true }
      readers.add(reader)
      socket.on('pong', () => {
        reader.alive = true
      })
      socket.on('close', () => readers.delete(reader))
      socket.on('error', () => socket.terminate())
      // What is known of the warehouse may be old where nobody listened: the database says how far it is.
      look(warehouseId)
        .catch(() => undefined)
        .finally(() => send(reader))
    },
    start(opened) {
      service = opened
      repeat(poll, timings.pollMs)
      repeat(check, timings.checkMs)
      timers.push(setInterval(ping, timings.pingMs).unref())
    },
    connections: () => readers.size,
    close() {
      for (const timer of timers) clearInterval(timer)
      for (const { socket } of readers) socket.close(CLOSED_ENDING, 'ending')
    },
  }
}
