import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHost, type Host } from '../../src/main/host/host.ts'
import { startHubDouble } from '../../src/main/host/hub-link/hub-double.test-support.ts'
import { createLabelRenderer } from '../../src/main/host/labels/label-renderer.ts'
import { type HttpStation, startHttpStation } from '../../src/main/http/http-station.ts'
import { HOST_CONTRACT_VERSION } from '../../src/shared/protocol/host-contract.ts'
import { hostContractSuite } from './host-contract.suite.ts'
import { cookieOf, type RawAnswer, sendRaw } from './http-requests.ts'

interface Served {
  readonly directory: string
  readonly rendererRoot: string
  readonly host: Host
  readonly station: HttpStation
  close(): Promise<void>
}

async function openHost(directory: string): Promise<Host> {
  const labels = await createLabelRenderer()
  return createHost({
    directory,
    host: 'http',
    appVersion: '0.0.0',
    labels,
    sealer: null,
    report: () => undefined,
  })
}

async function serve(): Promise<Served> {
  const base = await mkdtemp(join(tmpdir(), 'packbench-http-'))
  const directory = join(base, 'data')
  const rendererRoot = join(base, 'renderer')
  await mkdir(join(rendererRoot, 'assets'), { recursive: true })
  await writeFile(join(rendererRoot, 'index.html'), '<!doctype html><title>page</title>')
  await writeFile(join(rendererRoot, 'assets', 'index-a1b2c3d4.js'), 'export {}')
  await writeFile(join(base, 'secret.txt'), 'secret')
  const host = await openHost(directory)
  const station = await startHttpStation({ host, rendererRoot, port: 0 })
  const close = async () => {
    await station.close()
    await host.close()
    await rm(base, { recursive: true })
  }
  return { directory, rendererRoot, host, station, close }
}

function tokenOf(station: HttpStation): string {
  return new URL(station.url).searchParams.get('token') ?? ''
}

async function admit({ station }: Served): Promise<string> {
  const { port } = station
  const headers = { Host: `127.0.0.1:${port}` }
  return cookieOf(await sendRaw({ port, path: `/?token=${tokenOf(station)}`, headers }))
}

hostContractSuite('loopback HTTP', async () => {
  const served = await serve()
  const cookie = await admit(served)
  const { port } = served.station
  return {
    call: async (method, request) => {
      const own = `127.0.0.1:${port}`
      const headers = {
        Host: own,
        Origin: `http://${own}`,
        Cookie: cookie,
        'Content-Type': 'application/json',
      }
      const body = JSON.stringify(request)
      return JSON.parse((await sendRaw({ port, path: `/api/${method}`, method: 'POST', headers, body })).body)
    },
    close: served.close,
  }
})

describe('the border of the loopback host', () => {
  let served: Served
  let port: number
  let own: Record<string, string>
  beforeAll(async () => {
    served = await serve()
    port = served.station.port
    own = { Host: `127.0.0.1:${port}`, Cookie: await admit(served) }
  })
  afterAll(() => served.close())

  const get = (path: string, headers: Record<string, string> = {}): Promise<RawAnswer> =>
    sendRaw({ port, path, headers: { ...own, ...headers } })
  const post = (headers: Record<string, string>, body: string | Uint8Array = '{"space":"live"}') =>
    sendRaw({
      port,
      path: '/api/station.describe',
      method: 'POST',
      headers: { ...own, Origin: `http://127.0.0.1:${port}`, 'Content-Type': 'application/json', ...headers },
      body,
    })

  it('SEC-3 serves the page with a strict policy to who has the cookie', async () => {
    const page = await get('/')
    expect(page.status).toBe(200)
    expect(page.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';")
    expect(page.headers['x-content-type-options']).toBe('nosniff')
    expect(page.headers['referrer-policy']).toBe('no-referrer')
    expect(page.headers['cache-control']).toBe('no-cache')
    const asset = await get('/assets/index-a1b2c3d4.js')
    expect(asset.headers['content-type']).toContain('text/javascript')
    expect(asset.headers['cache-control']).toContain('immutable')
    expect((await get('/assets/none-a1b2c3d4.js')).status).toBe(404)
  })

  it('SEC-3 refuses who has no cookie or a wrong one, in words for people and as a fault for calls', async () => {
    for (const cookie of ['', 'other=1', `packbench-${port}=wrong`]) {
      const page = await get('/', { Cookie: cookie })
      expect(page.status).toBe(403)
      expect(page.body).toContain('Station ready:')
      const call = await post({ Cookie: cookie })
      expect(call.status).toBe(403)
      expect(JSON.parse(call.body)).toEqual({ ok: false, fault: { tag: 'forbidden', detail: 'session' } })
    }
  })

  it('SEC-3 exchanges the token for a cookie that scripts and other sites cannot use', async () => {
    const host = { Host: `127.0.0.1:${port}` }
    const wrong = await sendRaw({ port, path: '/?token=wrong', headers: host })
    expect(wrong.status).toBe(403)
    expect(wrong.headers['set-cookie']).toBeUndefined()
    const path = `/?token=${tokenOf(served.station)}`
    const right = await sendRaw({ port, path, headers: host })
    expect(right.status).toBe(302)
    expect(right.headers.location).toBe('/')
    expect(right.headers['set-cookie']?.[0]).toMatch(
      new RegExp(`^packbench-${port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict; Max-Age=\\d+$`),
    )
    const again = await sendRaw({ port, path, headers: host })
    expect(cookieOf(again)).not.toBe('')
    const known = await sendRaw({ port, path, headers: { ...host, Cookie: cookieOf(again) } })
    expect(known.headers['set-cookie']).toBeUndefined()
  })

  it('SEC-3 keeps the cookie valid over a restart and stores no secret in plain', async () => {
    const cookie = own.Cookie ?? ''
    const stored = await readFile(join(served.directory, 'http-sessions.json'), 'utf8')
    expect(stored).not.toContain(cookie.split('=')[1])
    const second = await startHttpStation({ host: served.host, rendererRoot: served.rendererRoot, port: 0 })
    try {
      const renamed = cookie.replace(`packbench-${port}`, `packbench-${second.port}`)
      const headers = { Host: `127.0.0.1:${second.port}`, Cookie: renamed }
      expect((await sendRaw({ port: second.port, path: '/', headers })).status).toBe(200)
      const oldToken = `/?token=${tokenOf(served.station)}`
      expect(
        (await sendRaw({ port: second.port, path: oldToken, headers: { Host: headers.Host } })).status,
      ).toBe(403)
    } finally {
      await second.close()
    }
  })

  it('SEC-3 refuses foreign hosts, as after DNS rebinding, and leads localhost to 127.0.0.1', async () => {
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      `[::1]:${port}`,
      '127.0.0.1:1',
    ]) {
      expect((await get('/', { Host: host })).status, host).toBe(403)
      expect((await post({ Host: host })).status, host).toBe(403)
    }
    const local = await get('/?a=1', { Host: `localhost:${port}` })
    expect(local.status).toBe(302)
    expect(local.headers.location).toBe(`http://127.0.0.1:${port}/?a=1`)
    const steered = await get('//evil.example/', { Host: `localhost:${port}` })
    expect(steered.headers.location).toBe(`http://127.0.0.1:${port}/`)
    expect((await post({ Host: `localhost:${port}` })).status).toBe(403)
  })

  it('SEC-3 refuses foreign origins and calls that do not prove where they come from', async () => {
    for (const origin of ['http://evil.example', 'null', `http://localhost:${port}`, 'http://127.0.0.1:1']) {
      expect((await post({ Origin: origin })).status, origin).toBe(403)
      expect((await get('/', { Origin: origin })).status, origin).toBe(403)
    }
    const headers = { ...own, 'Content-Type': 'application/json' }
    const bare = { port, path: '/api/station.describe', method: 'POST', body: '{"space":"live"}' }
    expect((await sendRaw({ ...bare, headers })).status).toBe(403)
    expect((await sendRaw({ ...bare, headers: { ...headers, 'Sec-Fetch-Site': 'same-site' } })).status).toBe(
      403,
    )
    expect(
      (await sendRaw({ ...bare, headers: { ...headers, 'Sec-Fetch-Site': 'same-origin' } })).status,
    ).toBe(200)
    const embedded = { 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'no-cors' }
    expect((await get('/', embedded)).status).toBe(403)
    expect((await get('/', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' })).status).toBe(
      200,
    )
  })

  it('SEC-3 refuses what is no JSON, too large, the wrong type or the wrong way to ask', async () => {
    expect((await post({})).status).toBe(200)
    expect((await post({}, '{"space":')).status).toBe(400)
    expect((await post({ 'Content-Type': 'text/plain' })).status).toBe(415)
    expect((await get('/api/station.describe')).status).toBe(405)
    expect((await sendRaw({ port, path: '/', method: 'DELETE', headers: own })).status).toBe(403)
    const large = await post({}, Buffer.alloc(32 * 1024 * 1024 + 1, 0x20))
    expect(large.status).toBe(413)
    const chunked = await post({ 'Transfer-Encoding': 'chunked' }, Buffer.alloc(33 * 1024 * 1024, 0x20))
    expect(chunked.status).toBe(413)
    expect((await post({})).status).toBe(200)
  })

  it('SEC-3 gives out no file beside its own', async () => {
    await symlink(join(served.rendererRoot, '../secret.txt'), join(served.rendererRoot, 'link.txt'))
    const paths = [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/assets/../../secret.txt',
      '/assets/..%5c..%5csecret.txt',
      '//etc/passwd',
      '/link.txt',
      '/%00',
      '/%zz',
      '/assets',
      '/files/live/labels/..%2f..%2fstation.json',
      '/files/live/labels/%2e%2e',
      '/files/live/exports/..%2fstation.json',
      '/files/live/exports/a%2f..%2f..%2fstation.json',
      '/files/live/journal/journal.jsonl',
      '/files/other/labels/a.pdf',
      '/files/live/evidence/index.jsonl',
      '/files/live/evidence/20261122/a.jsonl',
      '/files/live/evidence/20261122/..%2f..%2fstation.json',
      '/files/live/evidence/20261122%2f..%2f..%2fowner.json',
      '/station.json',
    ]
    for (const path of paths) {
      const answer = await get(path)
      expect([400, 404], `${path} ${answer.body}`).toContain(answer.status)
    }
    const { status } = await sendRaw({ port, path: 'http://evil.example/', headers: own })
    expect(status).toBe(400)
  })

  it('LBL-3 hands out labels to look at and exports to save', async () => {
    const document = { kind: 'bin', code: 'A-01', kindName: '拣货位', category: '' }
    await served.host.call('print.submit', { space: 'live', jobId: 'j1', document })
    await expect
      .poll(async () => (await get('/files/live/labels/j1.pdf')).status, { timeout: 20_000 })
      .toBe(200)
    await served.host.call('file.export', { space: 'live', name: '库存 "1".csv', base64: 'YQ==' })
    const label = await get('/files/live/labels/j1.pdf')
    expect(label.headers['content-type']).toBe('application/pdf')
    expect(label.body.startsWith('%PDF')).toBe(true)
    expect(label.headers['content-disposition']).toBeUndefined()
    const saved = await get(`/files/live/exports/${encodeURIComponent('库存 _1_.csv')}`)
    expect(saved.body).toBe('a')
    expect(saved.headers['content-disposition']).toBe(
      `attachment; filename="__ _1_.csv"; filename*=UTF-8''${encodeURIComponent('库存 _1_.csv')}`,
    )
    expect((await get('/files/live/labels/j1.pdf', { Cookie: '' })).status).toBe(403)
  })

  it('PAK-8 hands out clips in the pieces that a player asks for', async () => {
    const day = join(served.directory, 'evidence/20261122')
    await mkdir(day, { recursive: true })
    await writeFile(join(day, 't.1.webm'), '0123456789')
    await writeFile(join(day, 't.jsonl'), 'facts')
    const path = '/files/live/evidence/20261122/t.1.webm'
    const whole = await get(path)
    expect(whole).toMatchObject({ status: 200, body: '0123456789' })
    expect(whole.headers).toMatchObject({ 'content-type': 'video/webm', 'accept-ranges': 'bytes' })
    expect(whole.headers['content-disposition']).toBeUndefined()
    const piece = await get(path, { Range: 'bytes=2-5' })
    expect(piece).toMatchObject({ status: 206, body: '2345' })
    expect(piece.headers).toMatchObject({ 'content-range': 'bytes 2-5/10', 'content-length': '4' })
    expect(await get(path, { Range: 'bytes=7-' })).toMatchObject({ status: 206, body: '789' })
    expect(await get(path, { Range: 'bytes=-3' })).toMatchObject({ status: 206, body: '789' })
    const last = await get(path, { Range: 'bytes=8-99' })
    expect(last).toMatchObject({ status: 206, body: '89', headers: { 'content-range': 'bytes 8-9/10' } })
    expect(await get(path, { Range: 'bytes=1-2,4-5' })).toMatchObject({ status: 200, body: '0123456789' })
    const behind = await get(path, { Range: 'bytes=10-' })
    expect(behind.status).toBe(416)
    expect(behind.headers['content-range']).toBe('bytes */10')
    expect((await get('/files/live/evidence/20261122/t.jsonl')).status).toBe(404)
    expect((await get(path, { Cookie: '' })).status).toBe(403)
  })

  it('PAK-8 lets its own page alone use the camera, and nobody the microphone', async () => {
    const { headers } = await get('/')
    expect(headers['permissions-policy']).toBe('camera=(self), microphone=(), geolocation=()')
  })

  it('is an error and not another port when the port is taken', async () => {
    const { host, rendererRoot } = served
    await expect(startHttpStation({ host, rendererRoot, port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  it('answers with the contract that the page was built for', async () => {
    expect(JSON.parse((await post({})).body).value.contractVersion).toBe(HOST_CONTRACT_VERSION)
  })
})

describe('waiting for news of the hub', () => {
  it('SYN-5 outlasts the patience of the server, and holds up no ending', async () => {
    const hub = await startHubDouble()
    const served = await serve()
    try {
      const { port } = served.station
      const own = `127.0.0.1:${port}`
      const common = { Host: own, Origin: `http://${own}`, 'Content-Type': 'application/json' }
      const headers = { ...common, Cookie: await admit(served) }
      const call = async (method: string, request: unknown): Promise<unknown> => {
        const body = JSON.stringify(request)
        const answer = await sendRaw({ port, path: `/api/${method}`, method: 'POST', headers, body })
        return JSON.parse(answer.body)
      }
      await call('hub.enrol', { url: hub.url, code: 'GOOD-CODE', stationName: '打包台 1' })
      const began = performance.now()
      const quiet = { ok: true, value: { tag: 'quiet' } }
      // Node ends connections on which nothing happens after five seconds: one that waits is not such a connection.
      expect(await call('hub.wait', { after: 0, timeoutMs: 6_500 })).toEqual(quiet)
      expect(performance.now() - began).toBeGreaterThan(6_000)
      const waiting = call('hub.wait', { after: 0, timeoutMs: 25_000 })
      await new Promise((resolve) => setTimeout(resolve, 200))
      const ending = performance.now()
      await served.station.close()
      expect(await waiting).toEqual(quiet)
      // Nobody waited for the 25 seconds to pass.
      expect(performance.now() - ending).toBeLessThan(20_000)
    } finally {
      await served.close()
      await hub.close()
    }
  })
})

describe('a second process on one data directory', () => {
  it('is refused while the first lives and let in after it was killed', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'packbench-lock-'))
    const script = join(directory, 'holder.mjs')
    // Holds the lock file in its documented form until it is killed.
    await writeFile(
      script,
      `import { readFileSync, writeFileSync } from 'node:fs'
       const linux = process.platform === 'linux'
       const startedAt = linux
         ? Number(readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ')[19])
         : Math.round(Date.now() - process.uptime() * 1000)
       const bootId = linux ? readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() : ''
       const lock = { pid: process.pid, bootId, startedAt, token: 't' }
       writeFileSync(${JSON.stringify(join(directory, 'station.lock'))}, JSON.stringify(lock))
       console.log('held')
       setInterval(() => undefined, 1000)`,
    )
    const holder = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
    try {
      await new Promise((resolve) => holder.stdout.once('data', resolve))
      const fault = { tag: 'directoryInUse', pid: holder.pid, directory }
      await expect(openHost(directory)).rejects.toMatchObject({ fault })
      const gone = new Promise((resolve) => holder.once('exit', resolve))
      holder.kill('SIGKILL')
      await gone
      const host = await openHost(directory)
      await expect(openHost(directory)).rejects.toMatchObject({ fault: { pid: process.pid } })
      await host.close()
      await (await openHost(directory)).close()
    } finally {
      holder.kill('SIGKILL')
      await rm(directory, { recursive: true })
    }
  })

  it('names a place where no directory can be', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'packbench-file-'))
    await writeFile(join(directory, 'file'), '')
    for (const path of [join(directory, 'file'), join(directory, 'file', 'below')]) {
      await expect(openHost(path)).rejects.toMatchObject({ fault: { tag: 'directoryUnwritable' } })
    }
    await rm(directory, { recursive: true })
  })
})
