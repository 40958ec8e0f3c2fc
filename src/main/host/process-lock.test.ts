import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ownIdentity } from './process-identity.ts'
import { takeProcessLock } from './process-lock.ts'

describe('the lock of a data directory', () => {
  let directory: string
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'packbench-lock-'))
  })
  afterEach(() => rm(directory, { recursive: true }))
  const leave = (lock: object | string) =>
    writeFile(join(directory, 'station.lock'), typeof lock === 'string' ? lock : JSON.stringify(lock))

  it('is held once and leaves nothing behind', async () => {
    const first = await takeProcessLock(directory)
    expect(first.tag).toBe('locked')
    expect(await takeProcessLock(directory)).toEqual({ tag: 'inUse', pid: process.pid })
    if (first.tag === 'locked') await first.lock.release()
    expect(await readdir(directory)).toEqual([])
  })

  it('is granted to exactly one of many who ask at once, also over a stale one', async () => {
    for (const stale of [false, true]) {
      if (stale) await leave({ ...(await ownIdentity()), startedAt: 1, token: 'old' })
      const answers = await Promise.all(Array.from({ length: 8 }, () => takeProcessLock(directory)))
      const locked = answers.flatMap((answer) => (answer.tag === 'locked' ? [answer.lock] : []))
      expect(locked).toHaveLength(1)
      await locked[0]?.release()
    }
  })

  it('is taken over from a process that is gone, an earlier boot, a reused number or a torn file', async () => {
    const own = await ownIdentity()
    const stale = [
      { ...own, pid: 2 ** 22 - 3, token: 'x' },
      { ...own, bootId: 'another boot', token: 'x' },
      { ...own, startedAt: own.startedAt - 100_000, token: 'x' },
      '{"pid":',
      '',
    ]
    for (const lock of stale) {
      await leave(lock)
      const answer = await takeProcessLock(directory)
      expect(answer.tag, JSON.stringify(lock)).toBe('locked')
      if (answer.tag === 'locked') await answer.lock.release()
    }
  })

  it('is not released by who does not hold it', async () => {
    const answer = await takeProcessLock(directory)
    const other = { ...(await ownIdentity()), token: 'other' }
    await leave(other)
    if (answer.tag === 'locked') await answer.lock.release()
    expect(JSON.parse(await readFile(join(directory, 'station.lock'), 'utf8'))).toEqual(other)
  })
})
