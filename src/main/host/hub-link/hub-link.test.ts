import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openMasterKeys } from '../master-keys.ts'
import { type HubDouble, startHubDouble } from './hub-double.test-support.ts'
import { type HubLinkPort, openHubLink } from './hub-link.ts'

let directory: string
let hub: HubDouble
let link: HubLinkPort
const stationId = 'station-0001'

async function open(): Promise<HubLinkPort> {
  const masters = await openMasterKeys(directory, null)
  return openHubLink({ directory, stationId, appVersion: '1.0.0', masters, now: Date.now })
}

const enrol = (code = 'GOOD-CODE', url = hub.url) => link.enrol({ url, code, stationName: '打包台 1' })
const call = (name: string, body: unknown = {}, timeoutMs = 20_000) =>
  link.call({ call: name, body, timeoutMs })

async function until(reached: () => boolean): Promise<void> {
  for (const end = Date.now() + 30_000; !reached(); ) {
    expect(Date.now()).toBeLessThan(end)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'packbench-hub-link-'))
  hub = await startHubDouble()
  link = await open()
})
afterEach(async () => {
  link.close()
  await hub.close()
  await rm(directory, { recursive: true })
})

describe('enrolment', () => {
  it('SEC-2 keeps the key sealed in a file of its own and signs with it after a restart', async () => {
    expect(link.describe()).toEqual({ tag: 'none' })
    expect(await call('hello')).toEqual({ tag: 'notEnrolled' })
    expect(await enrol()).toMatchObject({ tag: 'enrolled', hubId: 'hub-1', warehouseId: 'w-1' })
    const path = join(directory, 'hub.json')
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    const text = await readFile(path, 'utf8')
    // PKCS #8 of Ed25519 begins alike for every key.
    expect(text).not.toContain('MC4CAQAwBQYDK2VwBCIEI')
    link.close()
    link = await open()
    expect(link.describe()).toMatchObject({
      tag: 'enrolled',
      url: hub.url,
      hubId: 'hub-1',
      clockOffsetMs: null,
    })
    hub.answer = (name, body) => ({ name, body })
    expect(await call('pull', { after: 3 })).toMatchObject({
      tag: 'answered',
      value: { name: 'pull', body: { after: 3 } },
    })
    expect(hub.refused).toEqual([])
  })

  it('SEC-2 passes a refused code on and keeps nothing of it', async () => {
    expect(await enrol('BAD-CODE')).toEqual({ tag: 'refused', reason: 'codeUnknown' })
    expect(link.describe()).toEqual({ tag: 'none' })
    await expect(stat(join(directory, 'hub.json'))).rejects.toThrow()
  })

  it('SEC-2 shows the same key again when the answer to a code was lost, and a new one otherwise', async () => {
    hub.loseEnrolments = 1
    expect(await enrol()).toMatchObject({ tag: 'unreachable' })
    expect(link.describe()).toEqual({ tag: 'none' })
    expect(await enrol()).toMatchObject({ tag: 'enrolled' })
    expect(await enrol()).toMatchObject({ tag: 'enrolled' })
    const [lost, kept, fresh] = hub.enrolledKeys
    expect(kept).toBe(lost)
    expect(fresh).not.toBe(lost)
    expect(await call('hello')).toMatchObject({ tag: 'answered' })
  })

  it('SEC-2 a box from another enrolment does not open', async () => {
    await enrol()
    const path = join(directory, 'hub.json')
    const file = JSON.parse(await readFile(path, 'utf8'))
    await enrol()
    const newer = JSON.parse(await readFile(path, 'utf8'))
    await writeFile(path, JSON.stringify({ ...newer, privateKey: file.privateKey }))
    link.close()
    link = await open()
    await expect(call('hello')).rejects.toMatchObject({ fault: { tag: 'internal' } })
  })

  it('SEC-2 leaves for good', async () => {
    await enrol()
    expect(await link.leave()).toEqual({ tag: 'done' })
    expect(await call('hello')).toEqual({ tag: 'notEnrolled' })
    link.close()
    link = await open()
    expect(link.describe()).toEqual({ tag: 'none' })
  })

  it('SEC-3 takes no address but a plain one', async () => {
    for (const url of ['file:///etc/passwd', 'ftp://hub', 'http://a:b@hub', 'http://hub/?x=1']) {
      await expect(enrol('GOOD-CODE', url)).rejects.toMatchObject({
        fault: { tag: 'badRequest', detail: 'url' },
      })
    }
    expect(await enrol('GOOD-CODE', `${hub.url}/`)).toMatchObject({ tag: 'enrolled' })
    expect(link.describe()).toMatchObject({ url: hub.url })
  })
})

describe('calls', () => {
  it('SYN-5 packs large bodies, unpacks answers and keeps the connection', async () => {
    await enrol()
    hub.answer = (_name, body) => ({ body, more: 'x'.repeat(100_000) })
    const large = { text: '牛仔裤'.repeat(2_000) }
    expect(await call('push', large)).toMatchObject({ tag: 'answered', value: { body: large } })
    await call('push', { text: 'short' })
    const [, first, second] = hub.heard
    expect([first?.encoding, second?.encoding]).toEqual(['gzip', undefined])
    expect(first?.socketPort).toBe(second?.socketPort)
    expect(hub.refused).toEqual([])
  })

  it('SYN-5 signs by the hub clock after one refusal, and says by how much its own is off', async () => {
    await enrol()
    hub.clockOffsetMs = 3_600_000
    hub.answer = () => 4
    const answer = await call('hello')
    expect(answer).toMatchObject({ tag: 'answered', value: 4 })
    expect(hub.refused).toEqual(['clockOff'])
    expect(answer.tag === 'answered' && Math.abs(answer.clockOffsetMs - 3_600_000)).toBeLessThan(2_000)
    await call('hello')
    expect(hub.refused).toEqual(['clockOff'])
  })

  it('SYN-5 passes a refusal on, parsed, and leaves the value alone', async () => {
    await enrol()
    const other = await startHubDouble()
    try {
      const path = join(directory, 'hub.json')
      const file = JSON.parse(await readFile(path, 'utf8'))
      await writeFile(path, JSON.stringify({ ...file, url: other.url }))
      link.close()
      link = await open()
      expect(await call('hello')).toMatchObject({ tag: 'refused', refusal: { tag: 'unknownStation' } })
    } finally {
      await other.close()
    }
  })

  it('SYN-5 names why nothing came back', async () => {
    await enrol()
    hub.delayMs = null
    expect(await call('pull', {}, 200)).toMatchObject({ tag: 'unreachable', cause: 'timeout' })
    await hub.close()
    expect(await call('pull')).toMatchObject({ tag: 'unreachable', cause: 'refused' })
    expect(await enrol('GOOD-CODE', 'http://no-such-hub.invalid')).toMatchObject({ tag: 'unreachable' })
    const plain = createServer((socket) => socket.end('SSH-2.0-nothing\r\n'))
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve))
    const address = plain.address()
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0
    expect(await enrol('GOOD-CODE', `http://127.0.0.1:${port}`)).toMatchObject({ cause: 'other' })
    expect(await enrol('GOOD-CODE', `https://127.0.0.1:${port}`)).toMatchObject({ cause: 'tls' })
    plain.close()
  })

  it('SYN-5 takes no web page for a hub', async () => {
    await enrol()
    hub.answer = () => '<html>sign in to the wireless network</html>'
    expect(await call('pull')).toEqual({
      tag: 'unreachable',
      cause: 'other',
      detail: 'HTTP 200 application/json',
    })
  })

  it('SYN-5 goes on over a new connection when the kept one had been closed', async () => {
    await enrol()
    await call('hello')
    const port = Number(new URL(hub.url).port)
    await hub.close()
    const again = await startHubDouble(port)
    try {
      // The new process knows no key, but it is reached at once and not only at the second attempt.
      expect(await call('hello')).toMatchObject({ tag: 'refused', refusal: { tag: 'unknownStation' } })
    } finally {
      await again.close()
    }
  })
})

describe('news', () => {
  it('SYN-5 tells what is new to everybody who waits, and at once to who comes late', async () => {
    expect(await link.wait({ after: 0, timeoutMs: 10 })).toEqual({ tag: 'notEnrolled' })
    await enrol()
    const first = link.wait({ after: 0, timeoutMs: 20_000 })
    const second = link.wait({ after: 7, timeoutMs: 20_000 })
    await until(() => hub.news.size === 1)
    hub.tell(7)
    expect(await first).toEqual({ tag: 'news', sequence: 7 })
    hub.tell(9)
    expect(await second).toEqual({ tag: 'news', sequence: 9 })
    expect(await link.wait({ after: 8, timeoutMs: 20_000 })).toEqual({ tag: 'news', sequence: 9 })
    expect(hub.news.size).toBe(1)
  })

  it('SYN-5 is quiet after the time given and never longer', async () => {
    await enrol()
    const longer = link.wait({ after: 0, timeoutMs: 20_000 })
    await until(() => hub.news.size === 1)
    const waiting = link.wait({ after: 0, timeoutMs: 300 })
    expect(await Promise.race([longer, waiting.then((answer) => ['first', answer])])).toEqual([
      'first',
      { tag: 'quiet' },
    ])
    expect(await link.wait({ after: 0, timeoutMs: 0 })).toEqual({ tag: 'quiet' })
  })

  it('SYN-5 mends a lost connection while somebody waits', async () => {
    await enrol()
    const waiting = link.wait({ after: 0, timeoutMs: 10_000 })
    await until(() => hub.news.size === 1)
    for (const socket of hub.news) socket.terminate()
    await until(() => hub.news.size === 0)
    await until(() => hub.news.size === 1)
    hub.tell(4)
    expect(await waiting).toEqual({ tag: 'news', sequence: 4 })
  })

  it('SYN-5 says why there are none', async () => {
    await enrol()
    hub.refuseNews = 'revoked'
    expect(await link.wait({ after: 0, timeoutMs: 20_000 })).toMatchObject({
      tag: 'unreachable',
      detail: 'HTTP 403 revoked',
    })
    await hub.close()
    expect(await link.wait({ after: 0, timeoutMs: 20_000 })).toMatchObject({ cause: 'refused' })
    // Within the pause before the next attempt nobody is kept longer than wanted.
    const longer = link.wait({ after: 0, timeoutMs: 20_000 })
    const short = link.wait({ after: 0, timeoutMs: 50 })
    expect(await Promise.race([longer, short.then((answer) => ({ ...answer, first: true }))])).toMatchObject({
      tag: 'unreachable',
      cause: 'refused',
      first: true,
    })
  })

  it('SYN-5 lets everybody go when the station ends', async () => {
    await enrol()
    const waiting = link.wait({ after: 0, timeoutMs: 20_000 })
    await until(() => hub.news.size === 1)
    link.endWaiting()
    expect(await waiting).toEqual({ tag: 'quiet' })
    const second = link.wait({ after: 0, timeoutMs: 20_000 })
    link.close()
    expect(await second).toEqual({ tag: 'quiet' })
    await until(() => hub.news.size === 0)
  })
})
