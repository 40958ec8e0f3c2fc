import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { z } from 'zod'

const CHANNEL = 'packbench_news'
const MOST_PAUSE_MS = 5_000
/** So long after the line is up, polling has surely seen what was told before. */
const SETTLING_MS = 2_000

const NewsSchema = z.tuple([z.string(), z.number().int().nonnegative()])

/** Tells other hub processes on the same PostgreSQL of commits, and hears of theirs. */
export interface NewsChannel {
  /** Tells that a warehouse has grown. May be lost with the connection; who polls finds out all the same. */
  announce(warehouseId: string, sequence: number): void
  isListening(): boolean
  close(): Promise<void>
}

/**
 * Opens the channel: PostgreSQL's NOTIFY on a connection of its own. Not within the transactions that take pushes,
 * because PostgreSQL lets only one transaction with a NOTIFY commit at a time.
 */
export function openNewsChannel(
  url: string,
  onNews: (warehouseId: string, sequence: number) => void,
): NewsChannel {
  const waiting = new Map<string, number>()
  let client: pg.Client | null = null
  let listeningSince = Number.POSITIVE_INFINITY
  let sending = false
  let closed = false

  async function keepConnected(): Promise<void> {
    for (let pause = 100; !closed; pause = Math.min(pause * 2, MOST_PAUSE_MS)) {
      const opened = await connectOnce().catch(() => null)
      if (opened !== null) {
        pause = 100
        await opened.ended
      }
      listeningSince = Number.POSITIVE_INFINITY
      client = null
      if (!closed) await sleep(pause, undefined, { ref: false })
    }
  }

  /** Resolves, once the channel is open, to a promise of its end. */
  async function connectOnce(): Promise<{ readonly ended: Promise<void> }> {
    const fresh = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 10_000 })
    const ended = new Promise<void>((resolve) => {
      fresh.once('end', resolve)
      fresh.on('error', () => resolve())
    })
    fresh.on('notification', ({ payload }) => hear(payload))
    try {
      await fresh.connect()
      await fresh.query(`LISTEN ${CHANNEL}`)
    } catch (error) {
      await fresh.end().catch(() => undefined)
      throw error
    }
    client = fresh
    listeningSince = performance.now()
    if (closed) await fresh.end().catch(() => undefined)
    return { ended }
  }

  function hear(payload: string | undefined): void {
    const news = NewsSchema.safeParse(parseJson(payload ?? ''))
    if (news.success) onNews(...news.data)
  }

  /** One statement at a time; what comes meanwhile is told by its newest number. */
  async function send(): Promise<void> {
    if (sending) return
    sending = true
    try {
      while (client !== null && waiting.size > 0) {
        const payloads = [...waiting].map((news) => JSON.stringify(news))
        waiting.clear()
        await client.query('SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload', [
          CHANNEL,
          payloads,
        ])
      }
    } catch {
      // The connection broke: it is opened again, and until then everybody polls.
    } finally {
      sending = false
    }
  }

  const connected = keepConnected()
  return {
    announce(warehouseId, sequence) {
      waiting.set(warehouseId, sequence)
      void send()
    },
    isListening: () => performance.now() - listeningSince > SETTLING_MS,
    async close() {
      closed = true
      await client?.end().catch(() => undefined)
      await Promise.race([connected, sleep(1_000, undefined, { ref: false })])
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
