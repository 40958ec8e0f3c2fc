import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordedChunks } from '../../src/main/host/evidence/evidence.test-support.ts'
import { startLabelPrinter } from '../../src/main/host/printers/label-printer.test-support.ts'
import { layCable } from '../../src/main/host/scales/scale-double.test-support.ts'
import type { BinDocument, LabelDocument } from '../../src/shared/labels/label-document.ts'
import {
  HOST_CONTRACT_VERSION,
  type HostMethod,
  type HostReply,
  type HostRequest,
  type HostResponses,
  type JournalEntry,
} from '../../src/shared/protocol/host-contract.ts'
import type { Printer, PrintJobState } from '../../src/shared/protocol/print-contract.ts'

/** One way to a host on a fresh data directory. */
export interface ContractSubject {
  /** Passes anything on and resolves to the reply, faults included. */
  call(method: string, request: unknown): Promise<HostReply>
  close(): Promise<void>
}

const BIN_LABEL: BinDocument = {
  kind: 'bin',
  code: 'A-01-02-03',
  kindName: '拣货位',
  category: '牛仔裤',
}

/** What every host must do, whatever carries the calls: in process, loopback HTTP or Electron's IPC. */
export function hostContractSuite(name: string, makeSubject: () => Promise<ContractSubject>): void {
  describe(`host contract: ${name}`, () => {
    let subject: ContractSubject
    beforeAll(async () => {
      subject = await makeSubject()
    })
    afterAll(() => subject?.close())

    const ask = async <M extends HostMethod>(
      method: M,
      request: HostRequest<M>,
    ): Promise<HostResponses[M]> => {
      const reply = await subject.call(method, request)
      if (!reply.ok) throw new Error(`${method}: ${JSON.stringify(reply.fault)}`)
      return reply.value as HostResponses[M]
    }
    const faultOf = async (method: string, request: unknown): Promise<string> => {
      const reply = await subject.call(method, request)
      return reply.ok ? 'none' : reply.fault.tag
    }
    const append = (entries: readonly JournalEntry[], generation = 'g1') =>
      ask('journal.append', { space: 'live', databaseId: 'db1', generation, entries: [...entries] })

    /** The job once it is neither waiting nor being sent. */
    const settled = async (jobId: string): Promise<PrintJobState | undefined> => {
      for (let cursor = 0; ; ) {
        const answer = await ask('print.watch', { space: 'live', cursor, timeoutMs: 20_000 })
        if (answer.cursor === cursor) return undefined
        cursor = answer.cursor
        const job = answer.jobs.find((one) => one.jobId === jobId)
        if (job !== undefined && job.state !== 'waiting' && job.state !== 'sending') return job
      }
    }

    it('describes a fresh station', async () => {
      const live = await ask('station.describe', { space: 'live' })
      expect(live).toMatchObject({
        contractVersion: HOST_CONTRACT_VERSION,
        ownerDatabaseId: null,
        journal: { generation: null, lastSeq: 0, totalEntries: 0 },
        notices: [],
      })
      expect(live.stationId).toMatch(/^[\w-]{8,}$/)
      expect(live.freeBytes).toBeGreaterThan(0)
      expect((await ask('station.describe', { space: 'demo' })).stationId).toBe(live.stationId)
    })

    it('refuses entries while nobody owns the space', async () => {
      expect(await append([step(1)])).toEqual({ tag: 'notOwner' })
    })

    it('has one owner until a person decides otherwise', async () => {
      const claim = (databaseId: string, generation: string, takeOver: boolean) =>
        ask('station.claim', { space: 'live', databaseId, generation, takeOver })
      const empty = { generation: 'g1', lastSeq: 0, totalEntries: 0 }
      expect(await claim('db1', 'g1', false)).toEqual({ tag: 'granted', journal: empty })
      expect(await claim('db1', 'g1', false)).toEqual({ tag: 'granted', journal: empty })
      expect(await claim('db2', 'g2', false)).toEqual({ tag: 'ownedByOther', ownerDatabaseId: 'db1' })
    })

    it('stores in order, drops what it has and names what it wants', async () => {
      expect(await append([step(1), step(2)])).toEqual({ tag: 'stored', lastSeq: 2 })
      expect(await append([step(1), step(2)])).toEqual({ tag: 'stored', lastSeq: 2 })
      expect(await append([step(2), step(3)])).toEqual({ tag: 'stored', lastSeq: 3 })
      expect(await append([step(5)])).toEqual({ tag: 'gap', wantedSeq: 4 })
      expect(await append([])).toEqual({ tag: 'stored', lastSeq: 3 })
      expect(await append([step(4)], 'g9')).toEqual({ tag: 'notOwner' })
      const { journal } = await ask('station.describe', { space: 'live' })
      expect(journal).toEqual({ generation: 'g1', lastSeq: 3, totalEntries: 3 })
    })

    it('refuses a number that already stands for another record', async () => {
      const request = { space: 'live', databaseId: 'db1', generation: 'g1' }
      expect(await faultOf('journal.append', { ...request, entries: [{ ...step(2), id: 'other' }] })).toBe(
        'internal',
      )
      expect(await faultOf('journal.append', { ...request, entries: [step(4), step(6)] })).toBe('badRequest')
      expect(await append([step(4)])).toEqual({ tag: 'stored', lastSeq: 4 })
    })

    it('SEC-5 forgets a person and keeps the chain', async () => {
      const person = (seq: number, id: string): JournalEntry => ({
        seq,
        kind: 'person',
        id,
        data: { name: '王小明', phone: '13800001907' },
      })
      await append([person(5, 'p1'), person(6, 'p2')])
      const dataOf = async () => {
        const { entries } = await ask('journal.read', { space: 'live', cursor: null, limit: 100 })
        return entries.filter((entry) => entry.kind === 'person').map((entry) => entry.data)
      }
      const known = { name: '王小明', phone: '13800001907' }
      expect(await dataOf()).toEqual([known, known])
      const forget = { space: 'live', databaseId: 'db1', personRef: 'p1' } as const
      expect(await ask('people.forget', { ...forget, databaseId: 'db2' })).toEqual({ tag: 'notOwner' })
      expect(await ask('people.forget', forget)).toEqual({ tag: 'forgotten' })
      expect(await ask('people.forget', forget)).toEqual({ tag: 'unknown' })
      expect(await dataOf()).toEqual([null, known])
      expect(await ask('journal.verify', { space: 'live' })).toEqual({ tag: 'intact', entries: 6 })
    })

    it('reads all generations in pages and never opens a closed one again', async () => {
      const claim = { space: 'live', databaseId: 'db2', generation: 'g2', takeOver: true } as const
      expect(await ask('station.claim', claim)).toEqual({
        tag: 'granted',
        journal: { generation: 'g2', lastSeq: 0, totalEntries: 6 },
      })
      expect(await append([step(7)])).toEqual({ tag: 'notOwner' })
      const entries = [step(1), step(2)]
      await ask('journal.append', { space: 'live', databaseId: 'db2', generation: 'g2', entries })
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const page: HostResponses['journal.read'] = await ask('journal.read', {
          space: 'live',
          cursor,
          limit: 3,
        })
        expect(page.entries.length).toBeLessThanOrEqual(3)
        expect(page.totalEntries).toBe(8)
        seen.push(...page.entries.map((entry) => `${entry.generation}/${entry.seq}`))
        cursor = page.cursor
      } while (cursor !== null)
      expect(seen).toEqual(['g1/1', 'g1/2', 'g1/3', 'g1/4', 'g1/5', 'g1/6', 'g2/1', 'g2/2'])
      expect(await faultOf('station.claim', { ...claim, generation: 'g1' })).toBe('badRequest')
      expect(await faultOf('journal.read', { space: 'live', cursor: '99999999', limit: 3 })).toBe(
        'badRequest',
      )
      expect(await ask('journal.verify', { space: 'live' })).toEqual({ tag: 'intact', entries: 8 })
    })

    it('keeps the demo apart and empties it alone', async () => {
      const claim = { space: 'demo', databaseId: 'demo1', generation: 'd1', takeOver: false } as const
      await ask('station.claim', claim)
      const entries = [step(1)]
      await ask('journal.append', { space: 'demo', databaseId: 'demo1', generation: 'd1', entries })
      expect((await ask('station.describe', { space: 'demo' })).journal.totalEntries).toBe(1)
      expect(await ask('station.reset-demo', {})).toEqual({ tag: 'done' })
      const demo = await ask('station.describe', { space: 'demo' })
      expect(demo).toMatchObject({ ownerDatabaseId: null, journal: { lastSeq: 0, totalEntries: 0 } })
      expect((await ask('station.describe', { space: 'live' })).journal.totalEntries).toBe(8)
    })

    it('LBL-4 prints a job once and answers alike ever after', async () => {
      const submit = (document: LabelDocument) =>
        ask('print.submit', { space: 'live', jobId: 'job-1', document, layout: null, printerId: null })
      expect(await submit(BIN_LABEL)).toMatchObject({ tag: 'accepted', job: { jobId: 'job-1' } })
      const job = await settled('job-1')
      expect(job).toMatchObject({ state: 'printed', file: 'job-1.pdf', attempts: 1, missingGlyphs: [] })
      expect(job?.sha256).toMatch(/^[0-9a-f]{64}$/)
      expect(await submit({ ...BIN_LABEL, code: 'B-09-09-09' })).toEqual({ tag: 'accepted', job })
      const printed = (prefix: string) => ask('print.jobs', { space: 'live', prefix })
      expect(await printed('')).toEqual({ jobIds: ['job-1'] })
      expect(await printed('job-2')).toEqual({ jobIds: [] })
    })

    it('LBL-3 knows the file printer from the start and adds others, kept over a restart of the page', async () => {
      const { printers, assigned } = await ask('printer.list', {})
      expect(printers.map(({ printer }) => printer.printerId)).toEqual(['file'])
      expect(printers[0]).toMatchObject({ condition: 'ready', waiting: 0, tried: true })
      expect(assigned.waybill).toBe('file')
      const printer: Printer = {
        printerId: 'bench',
        name: '打包台',
        path: { via: 'tcp', host: '127.0.0.1', port: 9 },
        language: 'zpl',
        dpi: 203,
        paper: { widthUm: 100_000, heightUm: 180_000 },
        gapUm: 2000,
        darkness: null,
        sparePrinterId: null,
      }
      await ask('printer.save', { printer })
      await ask('printer.assign', { kind: 'waybill', printerId: 'bench' })
      const list = await ask('printer.list', {})
      expect(list.assigned).toMatchObject({ waybill: 'bench', sku: 'file' })
      expect(list.printers[1]).toMatchObject({ printer, condition: 'notTried' })
      expect(await ask('printer.probe', { printerId: 'bench' })).toMatchObject({ condition: 'away' })
      expect((await ask('printer.remove', { printerId: 'bench' })).assigned.waybill).toBe('file')
      expect(await faultOf('printer.remove', { printerId: 'file' })).toBe('badRequest')
    })

    it('LBL-3 prints ZPL, TSPL and PDF through a printer at a TCP port, each label once', async () => {
      const bench = await startLabelPrinter()
      const base = {
        path: { via: 'tcp', host: '127.0.0.1', port: bench.port },
        dpi: 203,
        paper: null,
      } as const
      const rest = { gapUm: 2000, darkness: 8, sparePrinterId: null } as const
      try {
        for (const language of ['zpl', 'tspl', 'pdf'] as const) {
          const printer: Printer = {
            printerId: `bench-${language}`,
            name: language,
            language,
            ...base,
            ...rest,
          }
          await ask('printer.save', { printer })
          const jobId = `over-tcp-${language}`
          const job = { space: 'live', jobId, document: BIN_LABEL, layout: null } as const
          await ask('print.submit', { ...job, printerId: printer.printerId })
          expect(await settled(jobId)).toMatchObject({ state: 'printed', file: `${jobId}.${language}` })
          await ask('print.submit', { ...job, printerId: printer.printerId })
          await ask('printer.remove', { printerId: printer.printerId })
        }
        const begun = bench.heard.map((text) =>
          ['^XA', 'SIZE ', '%PDF-'].filter((start) => text.includes(start)),
        )
        expect(begun.flat()).toEqual(['^XA', 'SIZE ', '%PDF-'])
        expect([...bench.printed]).toEqual([[BIN_LABEL.code, 1]])
      } finally {
        await bench.off()
      }
    })

    it('LBL-1 lays out the pages that it would print', async () => {
      const pages = await ask('label.layout', { document: BIN_LABEL, layout: null })
      expect(pages).toHaveLength(1)
      expect(pages[0]?.widthUm).toBeGreaterThan(0)
    })

    it('exports under a safe name of its own', async () => {
      const write = (wanted: string) =>
        ask('file.export', { space: 'live', name: wanted, base64: 'aGVsbG8=' })
      expect((await write('库存.csv')).name).toBe('库存.csv')
      expect((await write('库存.csv')).name).toBe('库存 (2).csv')
      expect((await write('../../etc/passwd')).name).not.toMatch(/[\\/]/)
      const broken = { space: 'live', name: 'a.csv', base64: 'not base64' }
      expect(await faultOf('file.export', broken)).toBe('badRequest')
    })

    it('SEC-2 hashes a PIN with a salt of its own and tells right from wrong', async () => {
      const { hash } = await ask('pin.hash', { pin: '2468' })
      expect(hash).toMatch(/^scrypt\$\d+\$\d+\$\d+\$/)
      expect((await ask('pin.hash', { pin: '2468' })).hash).not.toBe(hash)
      expect(await ask('pin.verify', { pin: '2468', hash })).toEqual({ ok: true })
      expect(await ask('pin.verify', { pin: '２４６８', hash })).toEqual({ ok: true })
      expect(await ask('pin.verify', { pin: '2469', hash })).toEqual({ ok: false })
      expect(await ask('pin.verify', { pin: '2468', hash: 'plain' })).toEqual({ ok: false })
    })

    it('SYN-5 knows of no hub before it was enrolled', async () => {
      expect(await ask('hub.describe', {})).toEqual({ tag: 'none' })
      const call = { call: 'hello', body: {}, timeoutMs: 1000 }
      expect(await ask('hub.call', call)).toEqual({ tag: 'notEnrolled' })
      expect(await ask('hub.wait', { after: 0, timeoutMs: 25_000 })).toEqual({ tag: 'notEnrolled' })
      expect(await ask('hub.leave', {})).toEqual({ tag: 'done' })
    })

    it('SYN-5 says that nobody listens where a hub was looked for', async () => {
      const enrol = { url: 'http://127.0.0.1:9', code: 'AAAA-BBBB', stationName: '打包台 1' }
      expect(await ask('hub.enrol', enrol)).toMatchObject({ tag: 'unreachable', cause: 'refused' })
      expect(await faultOf('hub.enrol', { ...enrol, url: 'file:///etc/passwd' })).toBe('badRequest')
      expect(await ask('hub.describe', {})).toEqual({ tag: 'none' })
    })

    it('SEC-4 backs up, lists what it wrote, and restores into nothing that is in use', async () => {
      expect(await ask('backup.write', {})).toEqual({ tag: 'notReady' })
      const begun = await ask('backup.begin', {})
      expect(await ask('backup.begin', {})).toEqual({ tag: 'alreadyBegun' })
      const settings = { directory: null, everyHours: 12, keep: 3, evidence: true }
      expect(await ask('backup.configure', settings)).toMatchObject({ ready: true, files: [], trouble: null })
      const written = await ask('backup.write', {})
      const state = await ask('backup.describe', {})
      expect(written).toEqual({ tag: 'written', file: state.files[0] })
      expect(state).toMatchObject({ everyHours: 12, keep: 3, evidence: true, lastAt: state.files[0]?.at })
      const path = state.files[0]?.path ?? ''
      const recoveryCode = begun.tag === 'begun' ? begun.recoveryCode : ''
      expect(await ask('backup.restore', { path, recoveryCode })).toMatchObject({ tag: 'notEmpty' })
      expect((await ask('station.describe', { space: 'live' })).journal.totalEntries).toBe(8)
    })

    it('PAK-4 tells the weight of a scale at a serial port, and its lock, by long polls', async () => {
      const off = await ask('scale.describe', {})
      expect(off).toMatchObject({ settings: { on: false }, found: null, news: { link: { tag: 'off' } } })
      expect((await ask('scale.ports', {})).ports).toBeInstanceOf(Array)
      const cable = await layCable()
      const pan = setInterval(() => cable.send('ST,NT,+  00.658kg\r\n'), 50)
      try {
        const settings = { on: true, port: cable.path, baud: null, dialect: null }
        let news = (await ask('scale.configure', { settings })).news
        while (news.lock === null) {
          const { sequence } = news
          news = await ask('scale.wait', { after: sequence, timeoutMs: 20_000 })
          expect(news.sequence).not.toBe(sequence)
        }
        expect(news).toMatchObject({ link: { tag: 'live' }, reading: { grams: 658, state: 'stable' } })
        expect(news.lock.grams).toBe(658)
        expect((await ask('scale.describe', {})).found).toMatchObject({ port: cable.path, dialect: 'ad' })
        expect(await ask('scale.weigh-again', {})).toEqual({ tag: 'done' })
        const { lockId } = news.lock
        while (news.lock === null || news.lock.lockId === lockId) {
          news = await ask('scale.wait', { after: news.sequence, timeoutMs: 20_000 })
        }
        await cable.unplug()
        while (news.link.tag !== 'unplugged') {
          news = await ask('scale.wait', { after: news.sequence, timeoutMs: 20_000 })
        }
        const ended = await ask('scale.configure', { settings: { ...settings, on: false } })
        expect(ended.news).toMatchObject({ link: { tag: 'off' }, reading: null, lock: null })
        expect(await faultOf('scale.configure', { settings: { ...settings, dialect: 'other' } })).toBe(
          'badRequest',
        )
        expect(await faultOf('scale.wait', { after: 0, timeoutMs: 60_000 })).toBe('badRequest')
      } finally {
        clearInterval(pan)
        await cable.remove()
      }
    })

    it('PAK-8 records a clip with its stills, seals it and finds it by its waybill', async () => {
      const { settings } = await ask('evidence.state', { space: 'live' })
      expect(settings).toMatchObject({ enabled: false, cameraId: null, keepDays: 90 })
      expect(settings.quotaMb).toBeGreaterThanOrEqual(512)
      const wanted = { ...settings, enabled: true, cameraName: 'C920', quotaMb: 200 }
      expect((await ask('evidence.configure', wanted)).settings).toEqual(wanted)
      const clip = { space: 'live', clipId: 'task-1' } as const
      const chunks = recordedChunks(3).map((chunk) => chunk.toString('base64'))
      expect(await ask('evidence.begin', { ...clip, at: Date.now(), orderIds: ['o'] })).toEqual({
        tag: 'begun',
        part: 1,
      })
      for (const [sequence, base64] of chunks.entries())
        expect(await ask('evidence.append', { ...clip, part: 1, sequence, base64 })).toEqual({
          tag: 'stored',
        })
      const still = { ...clip, at: 2000, reason: 'piecePacked', kind: 'webp', base64: 'AAAA' } as const
      expect(await ask('evidence.still', still)).toEqual({ tag: 'stored' })
      expect(await ask('evidence.lose', { ...clip, at: 3000, cause: 'cameraLost' })).toEqual({ tag: 'noted' })
      const parcel = { ...clip, waybillNumber: 'SF100', parcelId: 'p1' }
      const sealed = await ask('evidence.seal', parcel)
      expect(sealed).toMatchObject({ clip: { state: 'partial', durationMs: 3000, stills: 1 } })
      expect((await ask('evidence.state', { space: 'live' })).unnoted).toHaveLength(1)
      await ask('evidence.noted', clip)
      expect((await ask('evidence.state', { space: 'live' })).unnoted).toEqual([])
      const by = { waybillNumber: 'sf100' }
      expect(await ask('evidence.find', { space: 'live', by })).toMatchObject({
        tag: 'found',
        clip: { parts: [{ durationMs: 3000 }], pictures: [{ reason: 'piecePacked' }] },
      })
      // Demo and live never share a file.
      expect(await ask('evidence.find', { space: 'demo', by })).toEqual({ tag: 'unknown' })
      expect(await ask('evidence.discard', { space: 'live', clipId: 'none' })).toEqual({ tag: 'done' })
      expect(await ask('evidence.pause', { space: 'demo', clipId: 'none' })).toEqual({ tag: 'done' })
      for (const clipId of ['../x', 'a/b', '', '.x'])
        expect(await faultOf('evidence.begin', { ...clip, clipId, at: 1, orderIds: [] })).toBe('badRequest')
      const next = { space: 'live', clipId: 'task-2' } as const
      await ask('evidence.begin', { ...next, at: 1000, orderIds: [] })
      const broken = { ...next, part: 1, sequence: 0, base64: 'A=A=' }
      expect(await faultOf('evidence.append', broken)).toBe('badRequest')
    })

    it('SEC-3 parses every request before it does anything', async () => {
      expect(await faultOf('no.such', {})).toBe('unknownMethod')
      expect(await faultOf('toString', {})).toBe('unknownMethod')
      expect(await faultOf('station.describe', { space: 'other' })).toBe('badRequest')
      expect(await faultOf('station.describe', null)).toBe('badRequest')
      const print = { space: 'live', jobId: '../x', document: BIN_LABEL }
      expect(await faultOf('print.submit', print)).toBe('badRequest')
    })
  })
}

function step(seq: number): JournalEntry {
  return { seq, kind: 'step', id: `step-${seq}`, data: { code: '2031/蓝/31', seq } }
}
