import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTurns, type Turns } from './turns.ts'

let turns: Turns
let log: string[]

/** Work that lasts so long, and says when it began and ended. */
const work = (name: string, lastsMs = 5) => {
  log.push(`${name} begins`)
  return new Promise<void>((resolve) =>
    setTimeout(() => {
      log.push(`${name} ends`)
      resolve()
    }, lastsMs),
  )
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('turns', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    log = []
    turns = createTurns(() => performance.now())
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('PAK-2 nobody waits for anybody while no scan comes', async () => {
    void turns.later(() => work('list'))
    void turns.later(() => work('journal'))
    await pass(0)
    expect(log).toEqual(['list begins', 'journal begins'])
  })

  it('PAK-2 a scan goes at once, and whatever follows it goes one after another behind its verdict', async () => {
    void turns.first(() => work('scan', 10))
    void turns.later(() => work('list'))
    void turns.later(() => work('journal'))
    await pass(9)
    expect(log).toEqual(['scan begins'])
    await pass(120)
    expect(log.slice(1)).toEqual(['scan ends'])
    await pass(100)
    expect(log.slice(1)).toEqual(['scan ends', 'list begins', 'list ends', 'journal begins', 'journal ends'])
  })

  it('PAK-2 a second scan goes before what waited for the first', async () => {
    void turns.first(() => work('scan 1', 10))
    void turns.later(() => work('list', 20))
    void turns.later(() => work('journal'))
    await pass(11)
    void turns.first(() => work('scan 2', 10))
    await pass(200)
    const begun = log.filter((line) => line.endsWith('begins'))
    expect(begun.indexOf('scan 2 begins')).toBeLessThan(begun.indexOf('journal begins'))
  })

  it('PAK-2 the first keys of a scan hold everything else back, and only for a moment when none follows', async () => {
    await turns.first(async () => undefined)
    await pass(10)
    turns.announce()
    void turns.later(() => work('list'))
    await pass(100)
    expect(log).toEqual([])
    await pass(100)
    expect(log).toEqual(['list begins', 'list ends'])
  })

  it('SYN-5 scans without a gap do not keep the rest waiting for ever', async () => {
    const scans = setInterval(() => void turns.first(() => work('scan', 50)), 10)
    await pass(20)
    let done = false
    void turns.later(async () => {
      done = true
    })
    await pass(1300)
    expect(done).toBe(false)
    await pass(200)
    expect(done).toBe(true)
    clearInterval(scans)
  })

  it('PAK-2 a stream of ten scans a second is read once in between, and between two of them', async () => {
    const scans = setInterval(() => void turns.first(() => work('scan', 10)), 100)
    await pass(250)
    void turns.later(() => work('list'))
    await pass(600)
    expect(log).not.toContain('list begins')
    await pass(200)
    const at = log.indexOf('list begins')
    expect(log[at - 1]).toBe('scan ends')
    clearInterval(scans)
  })

  it('PAK-2 scans that are behind are not held up by everybody who has waited at once', async () => {
    const scans = setInterval(() => void turns.first(() => work('scan', 50)), 10)
    await pass(20)
    for (const name of ['a', 'b', 'c', 'd']) void turns.later(() => work(name))
    await pass(1500)
    expect(log.filter((line) => /^[a-d] begins/.test(line))).toHaveLength(1)
    await pass(400)
    expect(log.filter((line) => /^[a-d] begins/.test(line))).toHaveLength(3)
    clearInterval(scans)
  })

  it('SYN-5 whoever began to wait earlier goes before those whose question is newer', async () => {
    await turns.first(async () => undefined)
    await pass(20)
    const since = turns.now() - 500
    void turns.later(() => work('new'))
    void turns.take(since).then((done) => work('old').then(done))
    await pass(300)
    expect(log.filter((line) => line.endsWith('begins'))).toEqual(['old begins', 'new begins'])
  })

  it('SYN-5 a question that nobody wants any more does not hold up the others', async () => {
    const scans = setInterval(() => void turns.first(() => work('scan', 50)), 10)
    await pass(20)
    for (const name of ['a', 'b', 'c', 'd']) {
      const question = new AbortController()
      void turns.take(turns.now(), question.signal).then((done) => {
        if (!question.signal.aborted) log.push(`${name} begins`)
        done()
      })
      setTimeout(() => question.abort(), 500)
    }
    void turns.later(() => work('list'))
    await pass(1500)
    expect(log.filter((line) => /^[a-d] begins/.test(line))).toEqual([])
    expect(log).toContain('list begins')
    clearInterval(scans)
  })

  it('SYN-5 a question that is given up is answered at once, before its turn and also when it never had one', async () => {
    await turns.first(async () => undefined)
    await pass(20)
    const question = new AbortController()
    let answered = 0
    void turns.take(turns.now(), question.signal).then(() => answered++)
    question.abort()
    await pass(0)
    expect(answered).toBe(1)
    void turns.take(turns.now(), question.signal).then(() => answered++)
    await pass(0)
    expect(answered).toBe(2)
    // Neither of them has a turn that it could end.
    void turns.later(() => work('list'))
    await pass(300)
    expect(log).toEqual(['list begins', 'list ends'])
  })

  it('PAK-2 a scan or a list that fails lets the next one go', async () => {
    const failing = async (): Promise<never> => {
      throw new Error('disk full')
    }
    await expect(turns.first(failing)).rejects.toThrow('disk full')
    const list = turns.later(failing)
    const next = turns.later(() => work('next'))
    await expect(Promise.all([list, pass(300)])).rejects.toThrow('disk full')
    await pass(100)
    await next
    expect(log).toEqual(['next begins', 'next ends'])
  })

  it('PAK-2 a scan in another window holds everything here back, and so do its first keys', async () => {
    const packer = createTurns(() => performance.now(), turns.hear)
    packer.announce()
    void turns.later(() => work('import'))
    await pass(100)
    void packer.first(() => work('scan', 30))
    await pass(140)
    expect(log).toEqual(['scan begins', 'scan ends'])
    await pass(100)
    expect(log.slice(2)).toEqual(['import begins', 'import ends'])
  })

  it('SYN-5 a window that is gone in the middle of a scan holds nobody back for good', async () => {
    turns.hear('begun')
    void turns.later(() => work('import'))
    await pass(300)
    expect(log).toEqual([])
    await pass(200)
    expect(log).toEqual(['import begins', 'import ends'])
  })

  it('PAK-2 the keys of a scan are told to other windows once', async () => {
    const told: string[] = []
    const packer = createTurns(
      () => performance.now(),
      (word) => told.push(word),
    )
    for (let key = 0; key < 13; key++) {
      packer.announce()
      await pass(2)
    }
    void packer.first(() => work('scan'))
    await pass(50)
    expect(told).toEqual(['coming', 'begun', 'done'])
  })
})
