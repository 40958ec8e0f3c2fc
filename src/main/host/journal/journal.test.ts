import { execFileSync } from 'node:child_process'
import { appendFile, mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type JournalEntry, JournalEntrySchema } from '../../../shared/protocol/host-contract.ts'
import { type AppendFile, type OpenAppendFile, openAppendFile } from '../append-file.ts'
import { openMasterKeys } from '../master-keys.ts'
import { openPeopleKeys } from '../people-keys.ts'
import { type Journal, openJournal } from './journal.ts'

let directory: string
let path: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'packbench-journal-'))
  path = join(directory, 'journal', 'journal.jsonl')
})
afterEach(() => rm(directory, { recursive: true, force: true }))

async function open(openFile: OpenAppendFile = openAppendFile, at = directory): Promise<Journal> {
  const keys = await openPeopleKeys(at, await openMasterKeys(at, null), openFile)
  return openJournal({ directory: at, keys, openFile })
}

function steps(from: number, to: number): JournalEntry[] {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const seq = from + index
    return { seq, kind: 'step', id: `s${seq}`, data: { words: '牛仔裤', seq } }
  })
}

async function written(count: number): Promise<void> {
  const journal = await open()
  for (let from = 1; from <= count; from += 1000) {
    await journal.append('g1', steps(from, Math.min(count, from + 999)))
  }
  await journal.close()
}

async function readAll(journal: Journal): Promise<number[]> {
  const seqs: number[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<Journal['read']>> = await journal.read(cursor, 700)
    seqs.push(...page.entries.map((entry) => entry.seq))
    cursor = page.cursor
  } while (cursor !== null)
  return seqs
}

describe('journal', () => {
  it('SEC-4 keeps every kind of entry that the contract names through a restart', async () => {
    const entries = JournalEntrySchema.shape.kind.options.map((kind, index) => {
      return { seq: index + 1, kind, id: `${kind}-1`, data: { kind } }
    })
    const written = await open()
    expect(await written.append('g1', entries)).toEqual({ tag: 'stored', lastSeq: entries.length })
    await written.close()
    const journal = await open()
    expect(journal.repairs).toEqual([])
    expect((await journal.read(null, 100)).entries).toEqual(
      entries.map((one) => ({ ...one, generation: 'g1' })),
    )
    expect(await journal.verify()).toEqual({ tag: 'intact', entries: entries.length })
    await journal.close()
  })
})

describe('journal after a power cut', () => {
  it('SEC-4 goes on where it was', async () => {
    await written(3)
    const journal = await open()
    expect(journal.lastSeq('g1')).toBe(3)
    expect(journal.repairs).toEqual([])
    expect(await journal.append('g1', steps(4, 4))).toEqual({ tag: 'stored', lastSeq: 4 })
    expect(await journal.verify()).toEqual({ tag: 'intact', entries: 4 })
    await journal.close()
  })

  it('SEC-4 cuts a torn last line off, keeps it aside and takes the entry again', async () => {
    await written(3)
    const whole = await readFile(path)
    for (const cut of [1, 2, 40, 200]) {
      await writeFile(path, whole.subarray(0, whole.length - cut))
      const journal = await open()
      expect(journal.lastSeq('g1')).toBe(2)
      expect(journal.repairs).toHaveLength(1)
      expect(await journal.append('g1', steps(3, 3))).toEqual({ tag: 'stored', lastSeq: 3 })
      expect(await journal.verify()).toEqual({ tag: 'intact', entries: 3 })
      await journal.close()
      expect(await readFile(path)).toEqual(whole)
    }
    const torn = await readFile(join(directory, 'journal', 'journal.torn-1'))
    expect(whole.includes(torn)).toBe(true)
    expect((await stat(join(directory, 'journal', 'journal.torn-4'))).size).toBeGreaterThan(0)
  })

  it('SEC-4 cuts zeros off that a file system left behind', async () => {
    await written(2)
    const { size } = await stat(path)
    await appendFile(path, Buffer.alloc(5000))
    const journal = await open()
    expect((await stat(path)).size).toBe(size)
    expect(journal.lastSeq('g1')).toBe(2)
    expect(await journal.verify()).toEqual({ tag: 'intact', entries: 2 })
    await journal.close()
  })

  it('SEC-4 names a damaged line in the middle, keeps everything and goes on', async () => {
    await written(5)
    const text = await readFile(path, 'utf8')
    await writeFile(path, text.replace('"id":"s3"', '"id":"x3"'))
    const journal = await open()
    expect(await journal.verify()).toEqual({ tag: 'broken', line: 3, detail: 'lineDamaged' })
    expect(journal.repairs).toEqual([])
    expect(await readAll(journal)).toEqual([1, 2, 4, 5])
    expect(await journal.append('g1', steps(6, 6))).toEqual({ tag: 'stored', lastSeq: 6 })
    expect(await journal.verify()).toMatchObject({ tag: 'broken', line: 3 })
    await journal.close()
  })

  it('SEC-4 sees that a whole line was taken out', async () => {
    await written(5)
    const lines = (await readFile(path, 'utf8')).split('\n')
    await writeFile(path, [...lines.slice(0, 1), ...lines.slice(2)].join('\n'))
    const journal = await open()
    expect(await journal.verify()).toEqual({ tag: 'broken', line: 2, detail: 'chainBroken' })
    await journal.close()
  })
})

describe('journal with many lines', () => {
  it('opens from its last mark and still knows every record', async () => {
    await written(3000)
    let bytesRead = 0
    const counting: OpenAppendFile = async (name) => {
      const file = await openAppendFile(name)
      const read: AppendFile['read'] = async (position, length) => {
        const bytes = await file.read(position, length)
        bytesRead += bytes.length
        return bytes
      }
      return { ...file, read }
    }
    const journal = await open(counting)
    expect(bytesRead).toBeLessThan((await stat(path)).size / 5)
    expect(journal.totalEntries()).toBe(3000)
    expect(await journal.append('g1', steps(10, 12))).toEqual({ tag: 'stored', lastSeq: 3000 })
    const forged = [{ ...steps(10, 10)[0], id: 'other' }] as JournalEntry[]
    await expect(journal.append('g1', forged)).rejects.toThrow('journal entry 10')
    expect(await readAll(journal)).toEqual(steps(1, 3000).map((entry) => entry.seq))
    await journal.close()
  })

  it('does without its marks and distrusts wrong ones', async () => {
    await written(1000)
    const marks = join(directory, 'journal', 'journal.marks.jsonl')
    const good = await readFile(marks, 'utf8')
    for (const wrong of ['', 'nonsense\n', good.replace(/"hash":"../g, '"hash":"zz'), `${good}{"n":`]) {
      await writeFile(marks, wrong)
      const journal = await open()
      expect(journal.lastSeq('g1')).toBe(1000)
      expect(journal.repairs).toEqual([])
      await journal.close()
    }
    await truncate(path, 50_000)
    const journal = await open()
    expect(journal.repairs[0]).toContain('shorter')
    expect(await journal.verify()).toMatchObject({ tag: 'intact', entries: journal.lastSeq('g1') })
    await journal.close()
  })

  it('reads lines that are longer than a chunk', async () => {
    const journal = await open()
    const data = '字'.repeat(300_000)
    await journal.append('g1', [{ seq: 1, kind: 'event', id: 'long', data }, ...steps(2, 3)])
    const { entries } = await journal.read(null, 10)
    expect(entries[0]?.data).toBe(data)
    expect(entries).toHaveLength(3)
    await journal.close()
    const again = await open()
    expect(again.lastSeq('g1')).toBe(3)
    await again.close()
  })
})

describe('journal on a full disk', () => {
  it('SEC-4 says so, leaves no part of a line and goes on when there is room', async () => {
    let room = Number.POSITIVE_INFINITY
    let brokenTruncate = false
    const filling: OpenAppendFile = async (name) => {
      const file = await openAppendFile(name)
      return {
        ...file,
        write: async (bytes, position) => {
          const fits = Math.max(0, Math.min(bytes.length, room - position))
          await file.write(bytes.subarray(0, fits), position)
          if (fits < bytes.length) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
        },
        truncate: async (length) => {
          if (brokenTruncate) throw Object.assign(new Error('io'), { code: 'EIO' })
          await file.truncate(length)
        },
      }
    }
    const journal = await open(filling)
    await journal.append('g1', steps(1, 3))
    const before = await readFile(path)
    for (brokenTruncate of [false, true]) {
      room = before.length + 1200
      expect(await journal.append('g1', steps(4, 9))).toMatchObject({ tag: 'diskFull' })
      expect(journal.lastSeq('g1')).toBe(3)
      if (!brokenTruncate) expect(await readFile(path)).toEqual(before)
    }
    brokenTruncate = false
    room = Number.POSITIVE_INFINITY
    expect(await journal.append('g1', steps(4, 4))).toEqual({ tag: 'stored', lastSeq: 4 })
    expect((await readFile(path, 'utf8')).split('\n').map((line) => line.slice(0, 9))).toEqual([
      ...Array.from({ length: 4 }, () => '{"hash":"'),
      '',
    ])
    expect(await journal.verify()).toEqual({ tag: 'intact', entries: 4 })
    await journal.close()
  })

  it('SEC-4 does the same on a real file system that is full', async (context) => {
    const mount = join(directory, 'small')
    await mkdir(mount)
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', mount], { stdio: 'ignore' })
    } catch {
      return context.skip()
    }
    try {
      const journal = await open(openAppendFile, mount)
      let seq = 0
      for (;;) {
        const answer = await journal.append('g1', steps(seq + 1, seq + 50))
        if (answer.tag !== 'stored') {
          expect(answer.tag).toBe('diskFull')
          break
        }
        seq = answer.lastSeq
      }
      expect(journal.lastSeq('g1')).toBe(seq)
      expect(await journal.verify()).toEqual({ tag: 'intact', entries: seq })
      execFileSync('mount', ['-o', 'remount,size=512k', mount])
      const more = await journal.append('g1', steps(seq + 1, seq + 50))
      expect(more).toEqual({ tag: 'stored', lastSeq: seq + 50 })
      expect(await journal.verify()).toEqual({ tag: 'intact', entries: seq + 50 })
      await journal.close()
    } finally {
      execFileSync('umount', [mount])
    }
  })
})

describe('people in the journal', () => {
  const person: JournalEntry = { seq: 1, kind: 'person', id: 'p1', data: { name: '王小明' } }

  it('SEC-5 keeps names out of the file and keys out of the journal', async () => {
    const journal = await open()
    await journal.append('g1', [person])
    await journal.close()
    expect(await readFile(path, 'utf8')).not.toContain('王小明')
    const modes = ['master-keys.json', 'people-keys.jsonl', 'journal/journal.jsonl'].map(async (name) => {
      const { mode } = await stat(join(directory, name))
      return mode & 0o777
    })
    if (process.platform !== 'win32') expect(await Promise.all(modes)).toEqual([0o600, 0o600, 0o600])
    const again = await open()
    expect((await again.read(null, 1)).entries[0]?.data).toEqual(person.data)
    await again.close()
  })

  it('SEC-5 seals again after forgetting, and what was forgotten stays so', async () => {
    const openWithKeys = async () => {
      const keys = await openPeopleKeys(directory, await openMasterKeys(directory, null), openAppendFile)
      return { keys, journal: await openJournal({ directory, keys, openFile: openAppendFile }) }
    }
    const first = await openWithKeys()
    await first.journal.append('g1', [person])
    expect(await first.keys.forget('p1')).toBe(true)
    await first.journal.append('g1', [{ ...person, seq: 2 }])
    await first.journal.close()
    const second = await openWithKeys()
    const { entries } = await second.journal.read(null, 10)
    expect(entries.map((entry) => entry.data)).toEqual([null, person.data])
    expect(await second.journal.verify()).toEqual({ tag: 'intact', entries: 2 })
    await second.journal.close()
  })

  it('SEC-5 lets a host without the key store work on, and never reads half a journal', async () => {
    const turn = (bytes: Uint8Array) => bytes.map((byte) => byte ^ 0x55)
    const sealer = {
      seal: async (secret: string) => turn(Buffer.from(secret)),
      open: async (sealed: Uint8Array) => Buffer.from(turn(sealed)).toString(),
    }
    const openAs = async (sealed: boolean) => {
      const masters = await openMasterKeys(directory, sealed ? sealer : null)
      expect(masters.sealed).toBe(sealed)
      const keys = await openPeopleKeys(directory, masters, openAppendFile)
      return openJournal({ directory, keys, openFile: openAppendFile })
    }
    const desktop = await openAs(true)
    await desktop.append('g1', [person])
    await desktop.close()
    const browser = await openAs(false)
    await browser.append('g1', [{ ...person, seq: 2 }])
    await expect(browser.read(null, 10)).rejects.toMatchObject({ fault: { tag: 'internal' } })
    await browser.close()
    const again = await openAs(true)
    const { entries } = await again.read(null, 10)
    expect(entries.map((entry) => entry.data)).toEqual([person.data, person.data])
    await again.close()
  })
})
