import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Decrypter } from 'age-encryption'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  backUp,
  entry,
  fill,
  OWNER,
  openTestStation,
  type TestStation,
  testClock,
  testSealer,
} from './backup.test-support.ts'

const HOUR_MS = 3_600_000
let base: string
const opened: TestStation[] = []
async function station(options: Parameters<typeof openTestStation>[1] = {}): Promise<TestStation> {
  const made = await openTestStation(base, options)
  opened.push(made)
  return made
}
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'packbench-backup-'))
})
afterEach(async () => {
  for (const one of opened.splice(0)) await one.host.close()
  await rm(base, { recursive: true })
})

const filesOf = async ({ ask }: TestStation) => (await ask('backup.describe', {})).files
/** The schedule answers nobody: what it does is seen in the state. */
async function until(reached: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; !(await reached()); ) {
    expect(Date.now()).toBeLessThan(end)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

describe('a backup file', () => {
  it('SEC-4 is an age file that only the recovery code opens, with a gzip tar inside', async () => {
    const subject = await station()
    await fill(subject, 7)
    const { path, recoveryCode } = await backUp(subject)
    expect(recoveryCode).toMatch(/^AGE-SECRET-KEY-1[A-Z0-9]{58}$/)
    const bytes = await readFile(path)
    expect(bytes.toString('latin1', 0, 32)).toMatch(/^age-encryption\.org\/v1\n-> X25519 /)
    const decrypter = new Decrypter()
    decrypter.addIdentity(recoveryCode)
    const tar = gunzipSync(await decrypter.decrypt(bytes))
    const list = execFileSync('tar', ['-t'], { input: tar }).toString().trim().split('\n')
    expect(list).toEqual([
      'packbench-backup.json',
      'station.json',
      'master-keys.json',
      'journal/journal.jsonl',
      'people-keys.jsonl',
      'owner.json',
      'backup.json',
      'print-jobs.jsonl',
    ])
    for (const name of await readdir(subject.directory)) {
      if (!name.endsWith('.json')) continue
      expect(await readFile(join(subject.directory, name), 'utf8')).not.toContain('SECRET-KEY')
    }
  })

  it('SEC-4 is refused before a recovery code was made, which is made once', async () => {
    const subject = await station()
    expect(await subject.ask('backup.write', {})).toEqual({ tag: 'notReady' })
    expect((await subject.ask('backup.describe', {})).ready).toBe(false)
    await backUp(subject)
    expect(await subject.ask('backup.begin', {})).toEqual({ tag: 'alreadyBegun' })
  })

  it('SEC-4 is named by station and time, and listed with its size', async () => {
    const clock = testClock()
    const subject = await station({ clock })
    await fill(subject, 3)
    const { path } = await backUp(subject)
    const { stationId } = await subject.ask('station.describe', { space: 'live' })
    const state = await subject.ask('backup.describe', {})
    expect(state).toMatchObject({ ready: true, lastAt: clock.at, trouble: null })
    expect(state.files).toHaveLength(1)
    expect(state.files[0]).toMatchObject({ path, at: clock.at, bytes: (await readFile(path)).length })
    expect(state.totalBytes).toBe(state.files[0]?.bytes)
    expect(state.files[0]?.name).toMatch(
      new RegExp(`^packbench-${stationId.slice(0, 8)}-\\d{8}-\\d{6}\\.pbk$`),
    )
  })

  it('SEC-4 is not written by a host that cannot open the keys in use', async () => {
    const desktop = await station({ sealer: testSealer('desktop') })
    await fill(desktop, 5)
    await desktop.host.close()
    opened.length = 0
    const plain = await station({ directory: desktop.directory })
    await plain.ask('backup.begin', {})
    expect(await plain.ask('backup.write', {})).toMatchObject({
      tag: 'failed',
      detail: expect.stringContaining('desktop app'),
    })
    expect(await filesOf(plain)).toEqual([])
  })
})

describe('the schedule', () => {
  it('SEC-4 writes when the time has come, keeps so many and leaves other stations alone', async () => {
    const clock = testClock()
    const subject = await station({ clock })
    await fill(subject, 3)
    await subject.ask('backup.begin', {})
    const directory = join(base, 'stick')
    await mkdir(directory)
    const foreign = ['packbench-other000-20200101-000000.pbk', 'notes.txt']
    for (const name of foreign) await writeFile(join(directory, name), 'theirs')
    await subject.ask('backup.configure', { directory, everyHours: 4, keep: 2, evidence: false })
    const times: number[] = []
    for (let round = 0; round < 4; round++) {
      clock.check()
      await until(async () => (await subject.ask('backup.describe', {})).lastAt === clock.at)
      times.unshift(clock.at)
      clock.at += 4 * HOUR_MS - 1000
      clock.check()
      expect((await subject.ask('backup.describe', {})).lastAt).toBe(times[0])
      clock.at += 1000
    }
    await until(async () => (await filesOf(subject)).length === 2)
    expect((await filesOf(subject)).map((file) => file.at)).toEqual(times.slice(0, 2))
    expect(await readdir(directory)).toEqual(expect.arrayContaining(foreign))
    expect(await readdir(directory)).toHaveLength(4)
  })

  it('SEC-4 writes one at a time', async () => {
    const subject = await station()
    await fill(subject, 3)
    await backUp(subject)
    const [first, second] = await Promise.all([
      subject.ask('backup.write', {}),
      subject.ask('backup.write', {}),
    ])
    expect(first).toEqual(second)
    expect(await filesOf(subject)).toHaveLength(2)
  })

  it('SEC-4 survives restarts, and a clock that was set back', async () => {
    const clock = testClock()
    const subject = await station({ clock })
    await fill(subject, 3)
    await backUp(subject)
    await subject.ask('backup.configure', { directory: null, everyHours: 24, keep: 9, evidence: false })
    await subject.host.close()
    opened.length = 0
    const again = await station({ clock, directory: subject.directory })
    expect(await again.ask('backup.describe', {})).toMatchObject({ ready: true, everyHours: 24, keep: 9 })
    clock.check()
    expect(await filesOf(again)).toHaveLength(1)
    clock.at -= 300 * 24 * HOUR_MS
    clock.check()
    await until(async () => (await filesOf(again)).length === 2)
  })
})

describe('trouble', () => {
  it('SEC-4 is told for a folder that cannot be written, and goes when it can', async () => {
    const subject = await station()
    await fill(subject, 3)
    await backUp(subject)
    const file = join(base, 'a-file')
    await writeFile(file, '')
    const configure = (directory: string) =>
      subject.ask('backup.configure', { directory, everyHours: 24, keep: 9, evidence: false })
    for (const directory of [join(file, 'below'), 'relative/path', join(base, 'unplugged', 'stick'), file]) {
      expect((await configure(directory)).trouble).toMatchObject({ tag: 'notWritable' })
      expect(await subject.ask('backup.write', {})).toMatchObject({ tag: 'notWritable' })
      expect((await subject.ask('backup.describe', {})).trouble).toMatchObject({ tag: 'notWritable' })
    }
    expect((await configure(join(base, 'fine'))).trouble).toBeNull()
    expect(await subject.ask('backup.write', {})).toMatchObject({ tag: 'written' })
  })

  it('SEC-4 leaves no part behind when one fails, nor removes an old one', async () => {
    const subject = await station()
    await fill(subject, 3)
    await subject.ask('backup.begin', {})
    const target = join(base, 'target')
    await mkdir(target)
    await subject.ask('backup.configure', { directory: target, everyHours: null, keep: 1, evidence: false })
    expect(await subject.ask('backup.write', {})).toMatchObject({ tag: 'written' })
    const before = await readdir(target)
    await rm(join(subject.directory, 'journal', 'journal.jsonl'))
    await writeFile(join(subject.directory, 'journal', 'journal.jsonl'), 'short')
    expect(await subject.ask('backup.write', {})).toMatchObject({ tag: 'failed' })
    expect(await readdir(target)).toEqual(before)
    expect((await subject.ask('backup.describe', {})).trouble).toMatchObject({ tag: 'failed' })
  })
})

describe('while the station works', () => {
  it('SEC-4 holds the journal up to one moment, whatever is appended meanwhile', async () => {
    const subject = await station()
    await fill(subject, 4000)
    const begun = await subject.ask('backup.begin', {})
    const writing = subject.ask('backup.write', {})
    let seq = 4000
    let done = false
    void writing.finally(() => {
      done = true
    })
    while (!done) await subject.ask('journal.append', { ...OWNER, entries: [entry(++seq)] })
    const written = await writing
    if (written.tag !== 'written' || begun.tag !== 'begun') throw new Error('no backup')
    const empty = await station()
    const restored = await empty.ask('backup.restore', {
      path: written.file.path,
      recoveryCode: begun.recoveryCode,
    })
    expect(restored.tag).toBe('restored')
    expect(restored.tag === 'restored' && restored.entries).toBeGreaterThanOrEqual(4000)
    expect(restored.tag === 'restored' && restored.entries).toBeLessThanOrEqual(seq)
    expect(await empty.ask('journal.verify', { space: 'live' })).toMatchObject({ tag: 'intact' })
  })

  it('SEC-4 ends with the station and leaves nothing half-written', async () => {
    const subject = await station()
    await fill(subject, 5000)
    await subject.ask('backup.begin', {})
    const writing = subject.ask('backup.write', {})
    await until(async () => (await readdir(join(subject.directory, 'backups')).catch(() => [])).length > 0)
    await subject.host.close()
    opened.length = 0
    const answer = await writing
    const left = await readdir(join(subject.directory, 'backups'))
    expect(left.filter((name) => name.endsWith('.tmp'))).toEqual([])
    expect(left).toHaveLength(answer.tag === 'written' ? 1 : 0)
  })
})

it('SEC-4 keeps the folder and its files from other accounts', async () => {
  const subject = await station()
  await fill(subject, 2)
  const { path } = await backUp(subject)
  const mode = execFileSync('stat', ['-c', '%a', path, join(path, '..')])
    .toString()
    .trim()
    .split('\n')
  expect(mode).toEqual(['600', '700'])
})
