import type { PushedEvent } from '../../src/shared/protocol/sync-messages.ts'
import { enrol, type HubClient } from '../support/hub-client.ts'
import { startTestPostgres } from '../support/postgres.ts'
import { startHub } from './hub-processes.ts'
import { type MadeEvent, madeStream } from './sync-events.ts'

/** A hub with a filled warehouse, and a code for one more station. */
export interface FilledHub {
  readonly url: string
  readonly code: string
  stop(): Promise<void>
}

const SLICE = 450

/** Starts a real hub on a real PostgreSQL and lets the stream's authors push their events to it. */
export async function startFilledHub(root: string, count: number): Promise<FilledHub> {
  const postgres = await startTestPostgres()
  const hub = await startHub(root, await postgres.createDatabase())
  const stop = async (): Promise<void> => {
    await hub.stop()
    await postgres.stop()
  }
  try {
    return { url: hub.url, code: await fill(hub.url, hub.code ?? '', count), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function fill(url: string, firstCode: string, count: number): Promise<string> {
  const authors = new Map<string, HubClient>()
  let code = firstCode
  const authorOf = async (stationId: string): Promise<HubClient> => {
    const known = authors.get(stationId)
    if (known) return known
    const fresh = await enrol(url, code, { stationId })
    authors.set(stationId, fresh)
    code = (await fresh.call('code', {})).code
    return fresh
  }
  let slice: MadeEvent[] = []
  let made = 0
  for (const one of madeStream('main')) {
    slice.push(one)
    made++
    if (slice.length < SLICE && made < count) continue
    // Nearly in the stream's order: author by author within a slice.
    for (const [stationId, events] of byAuthor(slice)) await push(await authorOf(stationId), events)
    slice = []
    if (made >= count) break
  }
  return code
}

function byAuthor(slice: readonly MadeEvent[]): Map<string, PushedEvent[]> {
  const lists = new Map<string, PushedEvent[]>()
  for (const { event, people } of slice) {
    const list = lists.get(event.stationId) ?? []
    list.push(people ? { event, people: [...people] } : { event })
    lists.set(event.stationId, list)
  }
  return lists
}

async function push(author: HubClient, events: PushedEvent[]): Promise<void> {
  const answer = await author.call('push', { generation: 'g1', opensAt: 1, events }, { gzip: true })
  if (answer.tag !== 'taken' || answer.results.some((result) => result.tag !== 'ack')) {
    throw new Error(`not taken: ${JSON.stringify(answer).slice(0, 300)}`)
  }
}
