import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ScaleDialect } from '../../../shared/formats/scale-frames.ts'
import { toledoFrame } from '../../../shared/formats/scale-frames.test-support.ts'
import type { ScaleNews, ScaleSettings } from '../../../shared/protocol/scale-contract.ts'
import { type Cable, layCable, onlyPorts } from './scale-double.test-support.ts'
import { openScales, type Scales } from './scales.ts'
import { createSerialPorts } from './serial-ports.ts'

const AUTO: ScaleSettings = { on: true, port: null, baud: null, dialect: null }

const framesOf: Readonly<Record<ScaleDialect, (grams: number, sure: boolean) => Uint8Array>> = {
  ad: (grams, sure) =>
    Buffer.from(`${sure ? 'ST' : 'US'},NT,+${(grams / 1000).toFixed(3).padStart(8)}kg\r\n`, 'latin1'),
  sics: (grams, sure) =>
    Buffer.from(`S ${sure ? 'S' : 'D'} ${grams.toFixed(2).padStart(10)} g\r\n`, 'latin1'),
  toledo: (grams, sure) => toledoFrame({ digits: grams, unit: 'g', motion: !sure }),
}
const OVER: Readonly<Record<ScaleDialect, Uint8Array>> = {
  ad: Buffer.from('OL,NT,+9999.999kg\r\n'),
  sics: Buffer.from('S +\r\n'),
  toledo: toledoFrame({ digits: 0, outOfRange: true }),
}

describe('scales', () => {
  let directory: string
  let scales: Scales
  let cable: Cable
  const open: Scales[] = []
  const talks: NodeJS.Timeout[] = []

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'packbench-scales-'))
    cable = await layCable()
    scales = await start()
  })
  afterEach(async () => {
    for (const timer of talks.splice(0)) clearInterval(timer)
    for (const one of open.splice(0)) await one.close()
    await cable.remove()
    await rm(directory, { recursive: true })
  })

  const start = async (): Promise<Scales> => {
    const started = await openScales({ directory, serial: onlyPorts(cable.path) })
    open.push(started)
    return started
  }
  /** The first news that fits, seen by long polls as a page sees them. */
  const until = async (fits: (news: ScaleNews) => boolean, from = scales): Promise<ScaleNews> => {
    for (let after = 0; ; ) {
      const news = await from.wait({ after, timeoutMs: 20_000 })
      if (fits(news)) return news
      expect(news.sequence).not.toBe(after)
      after = news.sequence
    }
  }
  /** A scale that tells its pan ten times a second until it is stopped. */
  const talk = (dialect: ScaleDialect, pan: { grams: number; sure: boolean }) => {
    const timer = setInterval(() => cable.send(framesOf[dialect](pan.grams, pan.sure)), 60)
    talks.push(timer)
    return () => clearInterval(timer)
  }

  it('PAK-4 touches no port before a scale is asked for', async () => {
    expect(scales.describe()).toMatchObject({
      settings: { on: false },
      found: null,
      news: { link: { tag: 'off' } },
    })
    await sleep(700)
    expect(cable.heard()).toBe('')
  })

  it.each(['ad', 'sics', 'toledo'] as const)(
    'PAK-4 finds a scale by itself and takes its weight, byte by byte, split and in noise: %s',
    async (dialect) => {
      const [port] = (await scales.ports()).ports
      expect(port?.path).toBe(cable.path)
      const stop = talk(dialect, { grams: 0, sure: true })
      await scales.configure(AUTO)
      await until(({ link, reading }) => link.tag === 'live' && reading?.grams === 0)
      stop()
      expect(scales.describe().found).toMatchObject({ port: cable.path, dialect })
      for (const byte of framesOf[dialect](100, false)) {
        cable.send(Uint8Array.of(byte))
        await sleep(3)
      }
      await until(({ reading }) => reading?.grams === 100 && reading.state === 'moving')
      cable.send(Uint8Array.of(0x80, 0x00, 0x37, 0x0d, 0x02, 0x7f))
      const frame = framesOf[dialect](658, true)
      cable.send(frame.subarray(0, 7))
      await sleep(30)
      cable.send(Buffer.concat([frame.subarray(7), framesOf[dialect](658, true)]))
      const { lock, reading } = await until((news) => news.lock !== null)
      expect(reading).toMatchObject({ grams: 658, state: 'stable' })
      expect(lock?.grams).toBe(658)
      expect(lock?.trace.map(({ grams }) => grams)).toEqual([0, 100, 658, 658])
    },
  )

  it.each(['ad', 'sics', 'toledo'] as const)(
    'PAK-4 shows overload at once, takes nothing from a moving pan and one parcel once: %s',
    async (dialect) => {
      const pan = { grams: 0, sure: true }
      const stop = talk(dialect, pan)
      await scales.configure(AUTO)
      await until(({ link }) => link.tag === 'live')
      pan.sure = false
      for (const grams of [100, 300, 500, 700, 650, 660, 655]) {
        pan.grams = grams
        await until(({ reading }) => reading?.grams === grams)
      }
      expect(scales.describe().news.lock).toBeNull()
      pan.sure = true
      const { lock } = await until((news) => news.lock !== null)
      // A scale that is stuck: the pan is said to be full for ever.
      await sleep(600)
      expect(scales.describe().news.lock?.lockId).toBe(lock?.lockId)
      stop()
      cable.send(OVER[dialect])
      cable.send(OVER[dialect])
      await until(({ reading }) => reading?.state === 'overload')
      expect(scales.describe().news.lock?.lockId).toBe(lock?.lockId)
      const again = talk(dialect, pan)
      scales.weighAgain()
      const second = await until((news) => news.lock !== null)
      expect(second.lock?.lockId).not.toBe(lock?.lockId)
      pan.grams = 0
      await until((news) => news.lock === null)
      again()
    },
  )

  it('PAK-4 sees at once that the plug is pulled, and goes on by itself when it is back', async () => {
    const stop = talk('ad', { grams: 658, sure: true })
    await scales.configure(AUTO)
    const { lock } = await until((news) => news.lock !== null)
    await cable.unplug()
    const gone = await until(({ link }) => link.tag === 'unplugged')
    expect(gone).toMatchObject({ reading: null, link: { detail: cable.path } })
    await sleep(600)
    await cable.plug()
    const back = await until(({ link, reading }) => link.tag === 'live' && reading !== null)
    // The same parcel still lies there.
    expect(back.lock?.lockId).toBe(lock?.lockId)
    stop()
  })

  it('PAK-4 finds the scale among other devices, and at another port when it is plugged in there', async () => {
    const other = await layCable()
    try {
      await scales.close()
      scales = await openScales({ directory, serial: onlyPorts(other.path, cable.path) })
      open.push(scales)
      const stop = talk('sics', { grams: 412, sure: false })
      await scales.configure(AUTO)
      expect((await until(({ link }) => link.tag === 'live')).link.detail).toBe(cable.path)
      stop()
      await other.unplug()
      await cable.unplug()
      await until(({ link }) => link.tag === 'unplugged')
      await other.plug()
      const again = setInterval(() => other.send(framesOf.sics(500, true)), 60)
      const back = await until(({ link, reading }) => link.tag === 'live' && reading?.grams === 500)
      clearInterval(again)
      expect(back.link.detail).toBe(other.path)
    } finally {
      await other.remove()
    }
  })

  it('PAK-4 says that a scale has fallen silent, and that it talks again', async () => {
    const stop = talk('toledo', { grams: 658, sure: true })
    await scales.configure(AUTO)
    await until(({ link }) => link.tag === 'live')
    stop()
    expect(await until(({ link }) => link.tag === 'silent')).toMatchObject({ reading: null })
    const again = talk('toledo', { grams: 700, sure: true })
    await until(({ reading }) => reading?.grams === 700)
    again()
  })

  it.each([
    ['ad', 'Q\r\n'],
    ['sics', 'SI\r\n'],
  ] as const)('PAK-4 asks a scale that talks only when it is asked: %s', async (dialect, question) => {
    await cable.remove()
    cable = await layCable((text) => {
      if (text.includes(question)) cable.send(framesOf[dialect](658, true))
    })
    await scales.close()
    scales = await start()
    await scales.configure(AUTO)
    const { lock } = await until((news) => news.lock !== null)
    expect(lock?.grams).toBe(658)
  })

  it('PAK-4 does not ask a scale that talks by itself', async () => {
    const stop = talk('ad', { grams: 658, sure: true })
    await scales.configure({ ...AUTO, port: cable.path, baud: 2400, dialect: 'ad' })
    await until(({ link }) => link.tag === 'live')
    const askedWithin = async (ms: number): Promise<string> => {
      const before = cable.heard().length
      await sleep(ms)
      return cable.heard().slice(before)
    }
    // On a busy machine the talking itself may pause for so long that a question is right.
    await expect.poll(() => askedWithin(800), { timeout: 15_000 }).toBe('')
    stop()
  })

  it('PAK-4 remembers over a restart where the scale is, and what was chosen', async () => {
    const stop = talk('sics', { grams: 658, sure: true })
    await scales.configure({ ...AUTO, port: cable.path })
    await until(({ link }) => link.tag === 'live')
    await scales.close()
    const kept = JSON.parse(await readFile(join(directory, 'scale.json'), 'utf8'))
    expect(kept).toMatchObject({ settings: { on: true, port: cable.path }, found: { dialect: 'sics' } })
    const next = await start()
    await until(({ link }) => link.tag === 'live', next)
    stop()
    expect((await next.configure({ ...AUTO, on: false })).news.link.tag).toBe('off')
    // The port is free for others.
    const other = await createSerialPorts().open(cable.path, 9600, {
      onBytes: () => undefined,
      onLost: () => undefined,
    })
    expect(other.tag).toBe('open')
    if (other.tag === 'open') await other.line.close()
  })

  it('PAK-4 starts without a scale when its settings cannot be read', async () => {
    await scales.close()
    await writeFile(join(directory, 'scale.json'), '{"version":1,"settings":{"on"')
    expect((await start()).describe()).toMatchObject({ settings: { on: false }, found: null })
  })

  it('PAK-4 says that a port is not there, or not to be had, and waits for it', async () => {
    await cable.unplug()
    await scales.configure({ ...AUTO, port: cable.path, baud: 9600 })
    expect((await until(({ link }) => link.tag === 'unplugged')).link.detail).toBe(cable.path)
    await cable.plug()
    const stop = talk('ad', { grams: 12, sure: true })
    await until(({ link }) => link.tag === 'live')
    stop()
    const taken = await openScales({ directory: join(directory), serial: onlyPorts(cable.path) })
    open.push(taken)
    await until(({ link }) => link.tag === 'busy', taken)
  })

  it('PAK-4 opens the station also where serial ports cannot be had', async () => {
    const serial = { ...createSerialPorts(async () => 'no native build was found'), list: async () => [] }
    const without = await openScales({ directory, serial })
    open.push(without)
    await without.configure(AUTO)
    const { link } = await until((news) => news.link.tag === 'unsupported', without)
    expect(link.detail).toContain('no native build')
    expect(await without.wait({ after: -1, timeoutMs: 1 })).toMatchObject({ reading: null })
  })

  it('lets everybody go who waits when the host ends', async () => {
    const { sequence } = scales.describe().news
    const waiting = scales.wait({ after: sequence, timeoutMs: 25_000 })
    await scales.close()
    expect((await waiting).sequence).toBe(sequence)
  })
})
