import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHubServer } from '../../src/hub/http/hub-server.ts'
import { createNewsBoard, NEWS_TIMINGS } from '../../src/hub/http/news-board.ts'
import { createHubService, type HubService } from '../../src/hub/hub-service.ts'
import { createMemoryHubStore } from '../../src/hub/stores/memory-hub-store.ts'
import { type HubLinkPort, openHubLink } from '../../src/main/host/hub-link/hub-link.ts'
import { openMasterKeys } from '../../src/main/host/master-keys.ts'
import { madePush } from '../support/hub-events.ts'

let directory: string
let service: HubService
let url: string
let hubAheadMs = 0
let link: HubLinkPort
let closeHub: () => Promise<void>
const stationId = 'station-0001'

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'packbench-link-'))
  hubAheadMs = 0
  const clock = (): number => Date.now() + hubAheadMs
  const board = createNewsBoard(NEWS_TIMINGS, () => true)
  service = createHubService({
    store: createMemoryHubStore(),
    clock,
    random: randomBytes,
    hubVersion: '0.0.0',
    onNews: board.tell,
  })
  const figures = { version: '0.0.0', stations: async () => [], open: false }
  const server = await startHubServer({
    service,
    board,
    clock,
    port: 0,
    host: '127.0.0.1',
    tls: null,
    figures,
  })
  url = server.url
  closeHub = async () => {
    await server.close()
    await service.close()
  }
  const masters = await openMasterKeys(directory, null)
  link = await openHubLink({ directory, stationId, appVersion: '0.0.0', masters, now: Date.now })
})
afterEach(async () => {
  link.close()
  await closeHub()
  await rm(directory, { recursive: true })
})

const call = (name: string, body: unknown) => link.call({ call: name, body, timeoutMs: 10_000 })

async function enrol(): Promise<string> {
  const { code } = await service.createCode()
  const answer = await link.enrol({ url, code, stationName: '打包台 1' })
  if (answer.tag !== 'enrolled') throw new Error(JSON.stringify(answer))
  return answer.warehouseId
}

describe('a station and its hub', () => {
  it('SEC-2 enrols once with a code, and is heard by its signature alone', async () => {
    const refused = await link.enrol({ url, code: 'AAAA-BBBB-CCCC', stationName: 'x' })
    expect(refused).toEqual({ tag: 'refused', reason: 'codeUnknown' })
    await enrol()
    expect(await call('stations', {})).toMatchObject({
      tag: 'answered',
      value: { stations: [{ stationId, name: '打包台 1' }] },
    })
    expect(await call('nosuch', {})).toMatchObject({ tag: 'refused', refusal: { tag: 'unknownCall' } })
    expect(await call('pull', {})).toMatchObject({ tag: 'refused', refusal: { tag: 'badRequest' } })
  })

  it('SYN-5 pushes a full batch, hears the news of it and pulls it back', async () => {
    const warehouseId = await enrol()
    const waiting = link.wait({ after: 0, timeoutMs: 10_000 })
    const pushed = await call('push', madePush({ stationId, warehouseId }, 1, 500))
    expect(pushed).toMatchObject({ tag: 'answered', value: { tag: 'taken' } })
    expect(await waiting).toMatchObject({ tag: 'news' })
    const pulled = await call('pull', { after: 0, limit: 2000 })
    expect(pulled).toMatchObject({ tag: 'answered', value: { last: 500 } })
    expect(await link.wait({ after: 499, timeoutMs: 10_000 })).toEqual({ tag: 'news', sequence: 500 })
    expect(await link.wait({ after: 500, timeoutMs: 100 })).toEqual({ tag: 'quiet' })
  })

  it('SYN-5 is heard though its clock is an hour off, and says by how much', async () => {
    await enrol()
    hubAheadMs = 3_600_000
    const answer = await call('stations', {})
    expect(answer.tag === 'answered' && Math.round(answer.clockOffsetMs / 60_000)).toBe(60)
    expect(await link.wait({ after: 0, timeoutMs: 300 })).toEqual({ tag: 'quiet' })
  })

  it('SEC-2 hears that it was revoked, in calls and in the news', async () => {
    await enrol()
    expect(await link.wait({ after: 0, timeoutMs: 300 })).toEqual({ tag: 'quiet' })
    const waiting = link.wait({ after: 0, timeoutMs: 10_000 })
    expect(await call('revoke', { stationId })).toMatchObject({ tag: 'answered' })
    expect(await waiting).toMatchObject({ tag: 'unreachable', detail: expect.stringContaining('revoked') })
    expect(await call('stations', {})).toMatchObject({ tag: 'refused', refusal: { tag: 'revoked' } })
  })
})
