import { mkdir, mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { pack } from 'tar-stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PrintJobState } from '../../../shared/protocol/print-contract.ts'
import { recordedChunks } from '../evidence/evidence.test-support.ts'
import { type HubDouble, startHubDouble } from '../hub-link/hub-double.test-support.ts'
import {
  backUp,
  entry,
  fill,
  OWNER,
  openTestStation,
  readJournal,
  type TestStation,
  testSealer,
} from './backup.test-support.ts'

let base: string
let hub: HubDouble
const opened: TestStation[] = []
async function station(options: Parameters<typeof openTestStation>[1] = {}): Promise<TestStation> {
  const made = await openTestStation(base, options)
  opened.push(made)
  return made
}
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'packbench-restore-'))
  hub = await startHubDouble()
})
afterEach(async () => {
  for (const one of opened.splice(0)) await one.host.close()
  await hub.close()
  await rm(base, { recursive: true })
})

const live = { space: 'live' } as const
const BIN = { kind: 'bin', code: 'A-01-02-03', kindName: '拣货位', category: '牛仔裤' } as const
const JOB = { ...live, jobId: 'job-1', document: BIN, layout: null, printerId: null } as const

/** Prints a label to a file. */
async function printOnce(station: TestStation): Promise<PrintJobState> {
  await station.ask('print.submit', JOB)
  for (;;) {
    const { jobs } = await station.ask('print.watch', { ...live, cursor: 0, timeoutMs: 0 })
    const job = jobs.find(({ jobId, state }) => jobId === JOB.jobId && state === 'printed')
    if (job !== undefined) return job
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** Everything in a directory, but for what comes and goes by itself. */
async function snapshot(directory: string): Promise<string[]> {
  const names = await readdir(directory, { recursive: true })
  return names.filter((name) => name !== 'station.lock').sort()
}

describe('a restored station', () => {
  it('SEC-4 is the one that was backed up, with journal, people, hub and schedule', async () => {
    const old = await station({ sealer: testSealer('old PC') })
    await fill(old, 600)
    await old.ask('hub.enrol', { url: hub.url, code: 'GOOD-CODE', stationName: '打包台 1' })
    const printed = await printOnce(old)
    await old.ask('file.export', { ...live, name: '库存.csv', base64: 'aGVsbG8=' })
    const { path, recoveryCode } = await backUp(old)
    const before = await readJournal(old)
    const oldDescription = await old.ask('station.describe', live)
    await old.host.close()

    const fresh = await station({ sealer: testSealer('new PC') })
    // A page opens the space before anybody can ask it for a restore.
    await fresh.ask('station.claim', { ...live, databaseId: 'db9', generation: 'g9', takeOver: false })
    const spaced = recoveryCode.toLowerCase().replace(/(.{6})/g, '$1 ')
    expect(await fresh.ask('backup.restore', { path, recoveryCode: spaced })).toEqual({
      tag: 'restored',
      stationId: oldDescription.stationId,
      entries: 600,
    })
    const description = await fresh.ask('station.describe', live)
    expect(description).toMatchObject({
      stationId: oldDescription.stationId,
      journal: { totalEntries: 600, lastSeq: 0 },
      keysSealed: true,
      notices: [{ tag: 'restoredFromBackup', detail: '' }],
    })
    expect(before.filter(({ kind }) => kind === 'person').every(({ data }) => data !== null)).toBe(true)
    expect(await readJournal(fresh)).toEqual(before)
    expect(await fresh.ask('journal.verify', live)).toEqual({ tag: 'intact', entries: 600 })
    expect(await fresh.ask('hub.describe', {})).toMatchObject({ tag: 'enrolled', url: hub.url })
    expect(await fresh.ask('hub.call', { call: 'hello', body: {}, timeoutMs: 5_000 })).toMatchObject({
      tag: 'answered',
    })
    expect(hub.refused).toEqual([])
    expect(await fresh.ask('backup.describe', {})).toMatchObject({
      ready: true,
      keep: 5,
      lastAt: null,
      trouble: null,
    })
    // Printed on the PC that is gone: never again (LBL-4), though the label itself was not backed up.
    expect(await fresh.ask('print.jobs', { ...live, prefix: 'job' })).toEqual({ jobIds: ['job-1'] })
    expect(await fresh.ask('print.submit', JOB)).toMatchObject({
      tag: 'accepted',
      job: { state: 'printed', sha256: printed.sha256, at: printed.at },
    })
    expect(await readdir(join(fresh.directory, 'labels'))).toEqual([])
    expect((await snapshot(fresh.directory)).filter((name) => name.startsWith('restore'))).toEqual([])
    const keys = JSON.parse(await readFile(join(fresh.directory, 'master-keys.json'), 'utf8'))
    expect(keys.slots.map((slot: { sealedBy: string }) => slot.sealedBy)).toEqual(['os', 'os'])
  })

  it('SEC-4 goes on only under a new generation, after a restart as well', async () => {
    const old = await station()
    await fill(old, 10)
    const { path, recoveryCode } = await backUp(old)
    const fresh = await station()
    await fresh.ask('backup.restore', { path, recoveryCode })
    const goOn = async (subject: TestStation) => {
      // Neither the old database nor a new one may go on without having been rebuilt.
      const claim = { ...live, databaseId: 'db1', generation: 'g1', takeOver: false }
      expect(await subject.ask('station.claim', claim)).toMatchObject({ tag: 'ownedByOther' })
      expect(await subject.ask('journal.append', { ...OWNER, entries: [entry(11)] })).toEqual({
        tag: 'notOwner',
      })
      const closed = await subject.host.call('station.claim', { ...claim, takeOver: true })
      expect(closed).toMatchObject({ ok: false, fault: { tag: 'badRequest' } })
    }
    await goOn(fresh)
    await fresh.host.close()
    const again = await station({ directory: fresh.directory })
    await goOn(again)
    const next = { ...live, databaseId: 'db2', generation: 'g2' }
    expect(await again.ask('station.claim', { ...next, takeOver: true })).toMatchObject({ tag: 'granted' })
    expect(await again.ask('journal.append', { ...next, entries: [entry(1)] })).toEqual({
      tag: 'stored',
      lastSeq: 1,
    })
    expect(await again.ask('journal.verify', live)).toEqual({ tag: 'intact', entries: 11 })
  })

  it('SEC-4 has its labels and exports when they were to go along', async () => {
    const old = await station()
    await fill(old, 3)
    await printOnce(old)
    await old.ask('file.export', { ...live, name: '库存.csv', base64: 'aGVsbG8=' })
    const { path, recoveryCode } = await backUp(old, true)
    const fresh = await station()
    await fresh.ask('backup.restore', { path, recoveryCode })
    expect(await readdir(join(fresh.directory, 'exports'))).toEqual(['库存.csv'])
    expect((await readdir(join(fresh.directory, 'labels'))).sort()).toEqual(['job-1.pdf'])
  })

  it('SEC-4 PAK-8 has its clips when they were to go along, found by their waybill', async () => {
    const old = await station()
    await fill(old, 3)
    const clip = { space: 'live', clipId: 't' } as const
    await old.ask('evidence.begin', { ...clip, at: Date.now(), orderIds: [] })
    for (const [sequence, chunk] of recordedChunks(2).entries())
      await old.ask('evidence.append', { ...clip, part: 1, sequence, base64: chunk.toString('base64') })
    await old.ask('evidence.seal', { ...clip, waybillNumber: 'SF1', parcelId: 'p' })
    const { path, recoveryCode } = await backUp(old, true)
    const fresh = await station()
    await fresh.ask('backup.restore', { path, recoveryCode })
    const found = await fresh.ask('evidence.find', { ...live, by: { waybillNumber: 'SF1' } })
    expect(found).toMatchObject({ tag: 'found', clip: { durationMs: 2000 } })
    const file = found.tag === 'found' ? found.clip.parts[0]?.file : ''
    expect(await fresh.host.readFile(`/files/live/evidence/${file}`)).toMatchObject({
      contentType: 'video/webm',
      bytes: await readFile(join(old.directory, 'evidence', file ?? '')),
    })
  })

  it('SEC-4 keeps the demo that was tried before, and no hub of its own', async () => {
    const old = await station()
    await fill(old, 3)
    const { path, recoveryCode } = await backUp(old)
    const fresh = await station()
    const demo = { space: 'demo', databaseId: 'd', generation: 'dg' } as const
    await fresh.ask('station.claim', { ...demo, takeOver: false })
    await fresh.ask('journal.append', { ...demo, entries: [entry(1, 'person')] })
    await fresh.ask('hub.enrol', { url: hub.url, code: 'GOOD-CODE', stationName: 'x' })
    await fresh.ask('backup.restore', { path, recoveryCode })
    const page = await fresh.ask('journal.read', { space: 'demo', cursor: null, limit: 9 })
    expect(page.entries.map((one) => one.data)).toEqual([entry(1).data])
    // Enrolled under the id that it had before: that station is nobody now.
    expect(await fresh.ask('hub.describe', {})).toEqual({ tag: 'none' })
  })
})

describe('a restore that cannot be', () => {
  let old: TestStation
  let fresh: TestStation
  let path: string
  let recoveryCode: string
  let untouched: string[]
  beforeEach(async () => {
    old = await station()
    await fill(old, 2000)
    ;({ path, recoveryCode } = await backUp(old))
    fresh = await station()
    untouched = await snapshot(fresh.directory)
  })

  /** Refused, and the fresh station is as fresh as before. */
  async function refusal(file: string, code = recoveryCode): Promise<string> {
    const answer = await fresh.ask('backup.restore', { path: file, recoveryCode: code })
    expect(await snapshot(fresh.directory)).toEqual(untouched)
    const { journal, stationId } = await fresh.ask('station.describe', live)
    expect(journal.totalEntries).toBe(0)
    expect(stationId).not.toBe((await old.ask('station.describe', live)).stationId)
    return answer.tag
  }

  async function changed(change: (bytes: Buffer) => Buffer): Promise<string> {
    const file = join(base, 'changed.pbk')
    await writeFile(file, change(await readFile(path)))
    return file
  }

  it('SEC-4 is refused where there is work already', async () => {
    expect(await old.ask('backup.restore', { path, recoveryCode })).toMatchObject({ tag: 'notEmpty' })
    expect((await old.ask('station.describe', live)).journal.totalEntries).toBe(2000)
  })

  it('SEC-4 names a missing file and a wrong code', async () => {
    expect(await refusal(join(base, 'no-such.pbk'))).toBe('notFound')
    expect(await refusal(base)).toBe('notFound')
    expect(await refusal(path, await generateX25519Identity())).toBe('wrongCode')
    const last = recoveryCode.endsWith('Q') ? 'P' : 'Q'
    expect(await refusal(path, `${recoveryCode.slice(0, -1)}${last}`)).toBe('wrongCode')
    expect(await refusal(path, 'something else')).toBe('wrongCode')
  })

  it('SEC-4 finds every cut and every flipped bit', async () => {
    const { length } = await readFile(path)
    for (const at of [10, 21, 100, 300, Math.floor(length / 2), length - 1]) {
      expect(await refusal(await changed((bytes) => bytes.subarray(0, at)))).toBe('damaged')
    }
    for (const at of [5, 250, Math.floor(length / 3), length - 200, length - 1]) {
      const file = await changed((bytes) => {
        bytes[at] = (bytes[at] ?? 0) ^ 4
        return bytes
      })
      expect(['damaged', ...(at < 200 ? ['wrongCode'] : [])]).toContain(await refusal(file))
    }
    expect(await refusal(await changed((bytes) => Buffer.concat([bytes, Buffer.from('more')])))).toBe(
      'damaged',
    )
    expect(await refusal(await changed(() => Buffer.from('no backup at all')))).toBe('damaged')
    expect(await refusal(await changed(() => Buffer.alloc(0)))).toBe('damaged')
  })

  it('SEC-3 unpacks no name but its own, and nothing that is no plain file', async () => {
    for (const name of [
      '../x',
      '/etc/x',
      'labels/../../x',
      'labels/a/b',
      'evidence/x/y',
      'evidence/20261122/../x',
      'evidence/20261122/a/b',
      'labels/20261122/a',
      'labels/.hidden',
      'labels/a\\b',
      'C:/x',
      'journal/other',
      'http-sessions.json',
      'station.lock',
      'labels',
    ]) {
      expect(await refusal(await forged(recoveryCode, [...WHOLE, [name, 'x']])), name).toBe('damaged')
    }
    for (const type of ['symlink', 'directory', 'link'] as const) {
      const file = await forged(recoveryCode, [...WHOLE, ['labels/x', '', type]])
      expect(await refusal(file), type).toBe('damaged')
    }
    expect(await readdir(base)).not.toContain('x')
    expect(await readdir(join(base, '..'))).not.toContain('x')
  })

  it('SEC-4 wants a manifest first, every file once, and a journal that is whole', async () => {
    const otherManifest = (from: string, to: string): Forged => [MANIFEST[0], MANIFEST[1].replace(from, to)]
    const tries: readonly (readonly Forged[])[] = [
      [],
      [STATION, KEYS, JOURNAL, MANIFEST],
      [MANIFEST, KEYS, JOURNAL],
      [MANIFEST, STATION, JOURNAL],
      [MANIFEST, STATION, KEYS],
      [...WHOLE, STATION],
      [...WHOLE, MANIFEST],
      [MANIFEST, ['station.json', '{"stationId":"s-0000002"}'], KEYS, JOURNAL],
      [MANIFEST, STATION, ['master-keys.json', '{}'], JOURNAL],
      [...WHOLE, ['owner.json', '{}']],
      [...WHOLE, ['backup.json', 'x']],
      [MANIFEST, STATION, KEYS, ['journal/journal.jsonl', 'no line\n']],
      [otherManifest('"entries":0', '"entries":1'), STATION, KEYS, JOURNAL],
      [otherManifest('"format":1', '"format":2'), STATION, KEYS, JOURNAL],
    ]
    for (const [index, files] of tries.entries()) {
      expect(await refusal(await forged(recoveryCode, files)), String(index)).toBe('damaged')
    }
    expect(
      await fresh.ask('backup.restore', { path: await forged(recoveryCode, WHOLE), recoveryCode }),
    ).toEqual({
      tag: 'restored',
      stationId: 's-0000001',
      entries: 0,
    })
  })

  it('SEC-4 is finished after a power cut once it holds, and forgotten before that', async () => {
    await fresh.host.close()
    const directory = fresh.directory
    const half = join(directory, 'restore.tmp-1')
    await mkdir(half)
    await writeFile(join(half, 'station.json'), '{"stationId":"s-half"}')
    fresh = await station({ directory })
    expect(await snapshot(directory)).toEqual(untouched)
    await fresh.host.close()

    // The cut came between two of the moves: the first file is at its place already.
    await mkdir(join(directory, 'restore.ready', 'journal'), { recursive: true })
    const from = (name: string) => join(old.directory, name)
    const to = (name: string) => join(directory, 'restore.ready', name)
    const files = [
      'station.json',
      'owner.json',
      'master-keys.json',
      'people-keys.jsonl',
      'journal/journal.jsonl',
    ]
    for (const name of files) await writeFile(to(name), await readFile(from(name)))
    await writeFile(to('restore.json'), JSON.stringify({ files }))
    await rename(to('station.json'), join(directory, 'station.json'))
    fresh = await station({ directory })
    const description = await fresh.ask('station.describe', live)
    expect(description.stationId).toBe((await old.ask('station.describe', live)).stationId)
    expect(await readJournal(fresh)).toEqual(await readJournal(old))
    expect((await snapshot(directory)).filter((name) => name.startsWith('restore'))).toEqual([])
  })

  it('SEC-4 does not take the journal of a torn file for whole', async () => {
    await truncate(join(old.directory, 'journal', 'journal.jsonl'), 1000)
    const answer = await old.ask('backup.write', {})
    expect(answer).toMatchObject({ tag: 'failed', detail: expect.stringContaining('shorter') })
  })
})

type Forged = readonly [name: string, content: string, type?: 'symlink' | 'directory' | 'link']

const MANIFEST = [
  'packbench-backup.json',
  '{"format":1,"stationId":"s-0000001","appVersion":"1","at":0,"entries":0,"journalBytes":0}',
] as const
const STATION = ['station.json', '{"stationId":"s-0000001"}'] as const
const SLOT = { id: 'k1', sealedBy: 'file', key: Buffer.alloc(32, 7).toString('base64') }
const KEYS = ['master-keys.json', JSON.stringify({ version: 1, slots: [SLOT] })] as const
const JOURNAL = ['journal/journal.jsonl', ''] as const
/** The least that makes a station. */
const WHOLE: readonly Forged[] = [MANIFEST, STATION, KEYS, JOURNAL]

/** An archive as somebody could make it who knows the public half of the code. */
async function forged(recoveryCode: string, files: readonly Forged[]): Promise<string> {
  const tar = pack()
  for (const [name, content, type = 'file'] of files) {
    tar.entry({ name, type, ...(type === 'file' ? {} : { linkname: '/etc/passwd' }) }, content)
  }
  tar.finalize()
  const parts: Buffer[] = []
  for await (const part of tar as AsyncIterable<Buffer>) parts.push(part)
  const encrypter = new Encrypter()
  encrypter.addRecipient(await identityToRecipient(recoveryCode))
  const path = join(base, 'forged.pbk')
  await writeFile(path, await encrypter.encrypt(gzipSync(Buffer.concat(parts))))
  return path
}
