import { mkdtempSync, rmSync } from 'node:fs'
import { appendFile, mkdir, readdir, readFile, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { ClipDescription, EvidenceSettings } from '../../../shared/protocol/evidence-contract.ts'
import { type Evidence, openEvidence } from './evidence.ts'
import { recordedChunks, type TestDisk, testDisk } from './evidence.test-support.ts'
import { measureWebm } from './webm.ts'

const base = mkdtempSync(join(tmpdir(), 'packbench-evidence-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))

const DAY_MS = 24 * 3600 * 1000
const NOON = new Date(2026, 10, 22, 12).getTime()

interface Bench {
  readonly directory: string
  readonly disk: TestDisk
  settings: EvidenceSettings
  now: number
  free: number
  evidence: Evidence
  /** As after a kill: nothing is closed. */
  restart(): Promise<Evidence>
}

let benches = 0
async function makeBench(): Promise<Bench> {
  const directory = join(base, String(++benches))
  await mkdir(directory)
  const disk = testDisk()
  const open = (): Promise<Evidence> =>
    openEvidence({
      directory,
      settings: () => bench.settings,
      freeBytes: async () => bench.free,
      openFile: disk.openFile,
      now: () => bench.now,
    })
  const bench: Bench = {
    directory,
    disk,
    settings: { enabled: true, cameraId: null, cameraName: '', quotaMb: 100, keepDays: 90 },
    now: NOON,
    free: 1e12,
    evidence: {} as Evidence,
    restart: async () => {
      bench.evidence = await open()
      return bench.evidence
    },
  }
  await bench.restart()
  return bench
}

async function record(bench: Bench, clipId: string, chunks: readonly Uint8Array[]): Promise<void> {
  const begun = await bench.evidence.begin({ clipId, at: bench.now, orderIds: ['o1'] })
  if (begun.tag !== 'begun') throw new Error(begun.tag)
  for (const [sequence, chunk] of chunks.entries()) {
    const answer = await bench.evidence.append({ clipId, part: begun.part, sequence, base64: text(chunk) })
    if (answer.tag !== 'stored') throw new Error(answer.tag)
  }
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
const seal = (bench: Bench, clipId: string, waybillNumber: string) =>
  bench.evidence.seal({ clipId, waybillNumber, parcelId: `parcel-${waybillNumber}` })

async function found(bench: Bench, waybillNumber: string): Promise<ClipDescription> {
  const answer = await bench.evidence.find({ by: { waybillNumber } })
  if (answer.tag !== 'found') throw new Error(answer.tag)
  return answer.clip
}

describe('evidence on disk', () => {
  it('PAK-8 keeps a clip with its duration and stills, found by waybill, over a restart', async () => {
    const bench = await makeBench()
    await record(bench, 'task-1', recordedChunks(4))
    const still = {
      clipId: 'task-1',
      at: NOON + 500,
      reason: 'pieceRight',
      kind: 'jpeg',
      base64: text(Buffer.from('picture')),
    } as const
    expect(await bench.evidence.still(still)).toEqual({ tag: 'stored' })
    expect(await seal(bench, 'task-1', 'yt100')).toMatchObject({
      tag: 'sealed',
      clip: { state: 'kept', durationMs: 4000, stills: 1, cause: null, parcelId: 'parcel-yt100' },
    })
    await bench.restart()
    const clip = await found(bench, ' YT100 ')
    expect(clip).toMatchObject({ clipId: 'task-1', durationMs: 4000, losses: [] })
    expect(clip.pictures).toMatchObject([{ reason: 'pieceRight', at: NOON + 500 }])
    const [part] = clip.parts
    const bytes = await readFile(join(bench.directory, 'evidence', part?.file ?? ''))
    expect(part).toMatchObject({ file: '20261122/task-1.1.webm', durationMs: 4000, bytes: bytes.length })
    const { duration } = measureWebm(bytes)
    expect(bytes.readDoubleBE(duration?.position)).toBe(4000)
    expect((await bench.evidence.state()).usedBytes).toBe(bytes.length + 'picture'.length)
    // Sealed once, whoever asks again.
    expect(await bench.evidence.begin({ clipId: 'task-1', at: NOON, orderIds: [] })).toEqual({
      tag: 'sealed',
    })
    expect(await seal(bench, 'task-1', 'other')).toMatchObject({ clip: { waybillNumber: 'YT100' } })
  })

  it('PAK-8 stores a chunk that is sent twice once, and asks for a missing one', async () => {
    const bench = await makeBench()
    const [a = Buffer.alloc(1), b = Buffer.alloc(1), c = Buffer.alloc(1)] = recordedChunks(3)
    await record(bench, 't', [a])
    const append = (sequence: number, chunk: Uint8Array, part = 1) =>
      bench.evidence.append({ clipId: 't', part, sequence, base64: text(chunk) })
    expect(await append(2, c)).toEqual({ tag: 'gap', wanted: 1 })
    expect(await append(1, b)).toEqual({ tag: 'stored' })
    expect(await append(1, b)).toEqual({ tag: 'stored' })
    expect(await append(2, c)).toEqual({ tag: 'stored' })
    expect(await append(0, a, 2)).toEqual({ tag: 'notRunning' })
    await record(bench, 'clean', [a, b, c])
    const clean = await seal(bench, 'clean', '2')
    const bytes = clean.tag === 'sealed' ? clean.clip.bytes : 0
    expect(await seal(bench, 't', '1')).toMatchObject({ clip: { durationMs: 3000, bytes } })
  })

  it('PAK-8 has the duration wherever the recorder cut its header', async () => {
    const bench = await makeBench()
    const [first = Buffer.alloc(1), ...rest] = recordedChunks(2)
    for (const cut of [1, 4, 17, 30, 50, 80]) {
      const id = `t${cut}`
      await record(bench, id, [
        first.subarray(0, cut),
        first.subarray(cut, 200),
        first.subarray(200),
        ...rest,
      ])
      await seal(bench, id, id)
      const file = (await found(bench, id)).parts[0]?.file ?? ''
      const bytes = await readFile(join(bench.directory, 'evidence', file))
      const { duration, durationMs } = measureWebm(bytes)
      expect(durationMs).toBe(2000)
      expect(bytes.readDoubleBE(duration?.position), `cut at ${cut}`).toBe(2000)
    }
  })

  it('PAK-8 goes on in a second part after a crash in the middle of a chunk, and says so', async () => {
    const bench = await makeBench()
    const chunks = recordedChunks(3)
    await record(bench, 't', chunks)
    const file = join(bench.directory, 'evidence/20261122/t.1.webm')
    await truncate(file, (await readFile(file)).length - 777)
    await appendFile(join(bench.directory, 'evidence/20261122/t.jsonl'), '\n{"fact":"sti')
    await appendFile(join(bench.directory, 'evidence/index.jsonl'), '{"clipId":"t","day')
    await bench.restart()
    expect((await bench.evidence.state()).open).toMatchObject([{ clipId: 't', orderIds: ['o1'] }])
    await record(bench, 't', recordedChunks(2))
    expect(await seal(bench, 't', 'SF1')).toMatchObject({
      clip: { state: 'partial', cause: 'brokenOff', durationMs: 2800 + 2000 },
    })
    await bench.restart()
    const { parts, losses } = await found(bench, 'SF1')
    expect(parts.map(({ part, durationMs }) => [part, durationMs])).toEqual([
      [1, 2800],
      [2, 2000],
    ])
    expect(losses).toEqual([{ at: NOON + 2800, cause: 'brokenOff' }])
    // The torn rest is cut off.
    expect((await readFile(file)).length).toBe(parts[0]?.bytes)
  })

  it('PAK-8 takes being put aside as no loss, and a lost camera as one', async () => {
    const bench = await makeBench()
    await record(bench, 't', recordedChunks(2))
    await bench.evidence.pause({ clipId: 't' })
    await record(bench, 't', recordedChunks(1))
    await bench.evidence.pause({ clipId: 't' })
    expect(await seal(bench, 't', '1')).toMatchObject({ clip: { state: 'kept', durationMs: 3000 } })
    await record(bench, 'u', recordedChunks(2))
    await bench.evidence.lose({ clipId: 'u', at: NOON + 9, cause: 'cameraLost' })
    expect(await seal(bench, 'u', '2')).toMatchObject({ clip: { state: 'partial', cause: 'cameraLost' } })
    expect((await found(bench, '2')).losses).toEqual([{ at: NOON + 9, cause: 'cameraLost' }])
  })

  it('PAK-8 removes the oldest sealed clip when the quota is used up, never the one under way', async () => {
    const bench = await makeBench()
    // Older than all of them, but nobody sealed it yet.
    bench.now = NOON - 1000
    await record(bench, 'left', recordedChunks(1))
    await bench.evidence.pause({ clipId: 'left' })
    const large = (): Buffer[] => recordedChunks(2, 100, 900_000 / 10)
    for (const [index, id] of ['a', 'b', 'c', 'd'].entries()) {
      bench.now = NOON + index * 1000
      await record(bench, id, large())
      if (id !== 'd') await seal(bench, id, `W${id}`)
    }
    bench.settings = { ...bench.settings, quotaMb: 4 }
    await bench.evidence.tidy()
    expect(await bench.evidence.find({ by: { waybillNumber: 'Wa' } })).toMatchObject({
      tag: 'removed',
      why: 'quota',
    })
    expect(await bench.evidence.find({ by: { waybillNumber: 'Wb' } })).toMatchObject({ tag: 'removed' })
    expect((await found(bench, 'Wc')).durationMs).toBe(2000)
    expect(await bench.evidence.find({ by: { clipId: 'left' } })).toMatchObject({ tag: 'found' })
    bench.settings = { ...bench.settings, quotaMb: 1 }
    const chunk = { clipId: 'd', part: 1, sequence: 2, base64: text(Buffer.alloc(3000)) }
    expect(await bench.evidence.append(chunk)).toMatchObject({ tag: 'diskFull', quota: true })
    expect(await bench.evidence.find({ by: { clipId: 'd' } })).toMatchObject({ tag: 'found' })
    const names = await readdir(join(bench.directory, 'evidence/20261122'))
    expect(names.sort()).toEqual(['d.1.webm', 'd.jsonl'])
    // Removed ones are known as such after a restart.
    await bench.restart()
    expect(await bench.evidence.find({ by: { waybillNumber: 'wa' } })).toMatchObject({
      tag: 'removed',
      why: 'quota',
    })
  })

  it('PAK-8 removes sealed clips and leftovers after the days kept', async () => {
    const bench = await makeBench()
    await record(bench, 'old', recordedChunks(1))
    await seal(bench, 'old', 'W1')
    await record(bench, 'left', recordedChunks(1))
    await bench.restart()
    bench.now = NOON + 89 * DAY_MS
    await bench.evidence.tidy()
    expect((await bench.evidence.state()).clips).toBe(2)
    await record(bench, 'new', recordedChunks(1))
    await seal(bench, 'new', 'W2')
    bench.now = NOON + 91 * DAY_MS
    await bench.evidence.tidy()
    const at = bench.now
    expect(await bench.evidence.find({ by: { waybillNumber: 'W1' } })).toEqual({
      tag: 'removed',
      at,
      why: 'days',
    })
    expect(await bench.evidence.find({ by: { clipId: 'left' } })).toEqual({ tag: 'removed', at, why: 'days' })
    expect((await found(bench, 'W2')).durationMs).toBe(1000)
    expect(await readdir(join(bench.directory, 'evidence'))).not.toContain('20261122')
  })

  it('PAK-8 answers a full disk with a tag and goes on when there is room again', async () => {
    const bench = await makeBench()
    const [a = Buffer.alloc(1), b = Buffer.alloc(1)] = recordedChunks(2)
    await record(bench, 't', [a])
    bench.disk.room = 100
    const next = { clipId: 't', part: 1, sequence: 1, base64: text(b) }
    expect(await bench.evidence.append(next)).toMatchObject({ tag: 'diskFull', quota: false })
    expect(await bench.evidence.lose({ clipId: 't', at: NOON, cause: 'diskFull' })).toMatchObject({
      tag: 'diskFull',
    })
    expect(await bench.evidence.begin({ clipId: 'u', at: NOON, orderIds: [] })).toMatchObject({
      tag: 'diskFull',
    })
    bench.disk.room = Number.POSITIVE_INFINITY
    expect(await bench.evidence.append(next)).toEqual({ tag: 'stored' })
    bench.free = 1_000_000
    expect(await bench.evidence.append({ ...next, sequence: 2 })).toMatchObject({
      tag: 'diskFull',
      quota: false,
    })
    expect(await seal(bench, 't', 'W')).toMatchObject({ tag: 'sealed', clip: { durationMs: 2000 } })
  })

  it('PAK-8 ends what is being recorded when the station ends', async () => {
    const bench = await makeBench()
    await record(bench, 't', recordedChunks(2))
    await bench.evidence.close()
    await bench.restart()
    const answer = await bench.evidence.find({ by: { clipId: 't' } })
    expect(answer).toMatchObject({ tag: 'found', clip: { durationMs: 2000, cause: 'brokenOff' } })
    await bench.evidence.discard({ clipId: 't' })
    expect(await bench.evidence.find({ by: { clipId: 't' } })).toMatchObject({
      tag: 'removed',
      why: 'discarded',
    })
    expect((await bench.evidence.state()).usedBytes).toBe(0)
  })

  it('PAK-8 names sealed clips until their parcel has heard of them', async () => {
    const bench = await makeBench()
    await record(bench, 't', recordedChunks(1))
    await seal(bench, 't', 'W')
    expect((await bench.evidence.state()).unnoted).toMatchObject([{ clipId: 't', parcelId: 'parcel-W' }])
    await bench.evidence.noted({ clipId: 't' })
    await bench.restart()
    expect((await bench.evidence.state()).unnoted).toEqual([])
  })

  it('PAK-8 takes so many stills of a parcel and no more', async () => {
    const bench = await makeBench()
    await record(bench, 't', recordedChunks(1))
    const still = (at: number) =>
      bench.evidence.still({
        clipId: 't',
        at,
        reason: 'photo',
        kind: 'webp',
        base64: text(Buffer.from('abc')),
      })
    for (let at = 0; at < 60; at++) expect(await still(at)).toEqual({ tag: 'stored' })
    expect(await still(60)).toEqual({ tag: 'enough' })
  })
})
