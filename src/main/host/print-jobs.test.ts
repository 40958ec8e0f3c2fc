import { createHash } from 'node:crypto'
import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type AppendFile, openAppendFile } from './append-file.ts'
import { openPrintBench, PRINTER, type PrintBench } from './print-jobs.test-support.ts'
import { printLedger } from './print-ledger.ts'
import { type LabelPrinter, startLabelPrinter } from './printers/label-printer.test-support.ts'
import type { PrinterDriver } from './printers/printer-driver.ts'

const benches: PrintBench[] = []
const printers: LabelPrinter[] = []
async function bench(options: Parameters<typeof openPrintBench>[0] = {}): Promise<PrintBench> {
  const made = await openPrintBench(options)
  benches.push(made)
  return made
}
async function labelPrinter(manners: Parameters<typeof startLabelPrinter>[0] = {}): Promise<LabelPrinter> {
  const made = await startLabelPrinter(manners)
  printers.push(made)
  return made
}
afterEach(async () => {
  for (const one of benches.splice(0)) await one.remove()
  for (const one of printers.splice(0)) await one.off()
})

const at = (port: number, more: Partial<typeof PRINTER> = {}) => ({
  ...PRINTER,
  path: { via: 'tcp', host: '127.0.0.1', port } as const,
  ...more,
})

/** A printer that says what the test wants. */
function saying(outcome: Awaited<ReturnType<PrinterDriver['send']>>): () => PrinterDriver {
  return () => ({
    keepsFile: false,
    probe: async () => ({ condition: 'ready', detail: '' }),
    recover: async () => null,
    send: async (_data, { commit }) => {
      await commit()
      return outcome
    },
  })
}

describe('print jobs', () => {
  it('LBL-4 prints each job once, also when it is asked for twice at the same time', async () => {
    const one = await bench()
    const answers = await Promise.all([one.submit('A'), one.submit('A'), one.submit('A')])
    expect(answers.map(({ tag }) => tag)).toEqual(['accepted', 'accepted', 'accepted'])
    const job = await one.settled('A')
    const bytes = await readFile(join(one.directory, 'labels/A.pdf'))
    expect(job).toMatchObject({
      state: 'printed',
      attempts: 1,
      file: 'A.pdf',
      printerId: 'file',
      trouble: null,
    })
    expect(job.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    expect(await one.submit('A')).toEqual({ tag: 'accepted', job })
    expect(one.rendered).toEqual(['A'])
  })

  it('LBL-4 remembers over a restart, with a cursor that only grows', async () => {
    const one = await bench()
    await one.submit('A')
    await one.settled('A')
    const { cursor } = await one.jobs.watch(0, 0)
    await one.reopen()
    expect((await one.state('A'))?.state).toBe('printed')
    await one.submit('A')
    await one.submit('B')
    await one.settled('B')
    const news = await one.jobs.watch(cursor, 0)
    expect(news.jobs.map(({ jobId }) => jobId)).toEqual(['B'])
    expect(news.cursor).toBeGreaterThan(cursor)
    expect(one.rendered).toEqual(['A', 'B'])
  })

  it('LBL-4 waits for news, and lets go who waits when the station ends', async () => {
    const one = await bench()
    const { cursor } = await one.jobs.watch(0, 0)
    const news = one.jobs.watch(cursor, 20_000)
    await one.submit('A')
    expect((await news).jobs.map(({ jobId }) => jobId)).toEqual(['A'])
    await one.settled('A')
    const last = await one.jobs.watch(0, 0)
    const waiting = one.jobs.watch(last.cursor, 20_000)
    one.jobs.endWaiting()
    expect(await waiting).toEqual({ jobs: [], cursor: last.cursor })
  })

  it('LBL-4 tells everything to a page whose cursor is of another ledger', async () => {
    const one = await bench()
    await one.submit('A')
    await one.settled('A')
    expect((await one.jobs.watch(Number.MAX_SAFE_INTEGER, 0)).jobs).toHaveLength(1)
  })

  it('LBL-3 waits for a printer that is off and goes on when it comes back, in order', async () => {
    const one = await bench()
    const printer = await labelPrinter()
    await printer.off()
    await one.book.save(at(printer.port))
    for (const jobId of ['A', 'B', 'C']) await one.submit(jobId, { printerId: 'bench' })
    const waiting = await one.until('A', (job) => job.trouble === 'printerOff')
    expect(waiting).toMatchObject({ state: 'waiting', attempts: 0, file: '' })
    expect(one.jobs.health('bench')).toMatchObject({ condition: 'away', waiting: 3 })
    await printer.on()
    expect(await one.settled('C')).toMatchObject({ state: 'printed', attempts: 1, trouble: null })
    expect([...printer.printed.keys()]).toEqual(['A', 'B', 'C'])
    expect(one.jobs.health('bench')).toMatchObject({ condition: 'ready', waiting: 0 })
  })

  it('LBL-3 never holds up one printer by another that is stuck', async () => {
    const one = await bench()
    const stuck = await labelPrinter({ stalls: true })
    const fine = await labelPrinter()
    await one.book.save(at(stuck.port))
    await one.book.save(at(fine.port, { printerId: 'other' }))
    await one.submit('A', { printerId: 'bench' })
    await one.submit('B', { printerId: 'other' })
    expect((await one.settled('B')).state).toBe('printed')
    expect((await one.state('A'))?.state).not.toBe('printed')
  })

  it('LBL-3 takes the spare printer while the first is away, and the first again afterwards', async () => {
    const one = await bench()
    const first = await labelPrinter()
    const spare = await labelPrinter()
    await first.off()
    await one.book.save(at(spare.port, { printerId: 'spare', name: '备用' }))
    await one.book.save(at(first.port, { sparePrinterId: 'spare' }))
    for (const jobId of ['A', 'B']) await one.submit(jobId, { printerId: 'bench' })
    expect(await one.settled('B')).toMatchObject({ state: 'printed', printerName: '备用', attempts: 1 })
    expect([...spare.printed.keys()].sort()).toEqual(['A', 'B'])
    await first.on()
    one.jobs.printerChanged('bench')
    await one.submit('C', { printerId: 'bench' })
    expect(await one.settled('C')).toMatchObject({ printerId: 'bench' })
  })

  it('LBL-3 leaves the job where it is when the spare is away too, or its paper too small', async () => {
    const one = await bench()
    const first = await labelPrinter()
    await first.off()
    const small = { widthUm: 50_000, heightUm: 30_000 }
    const spare = await labelPrinter()
    await one.book.save(at(spare.port, { printerId: 'spare', paper: small }))
    await one.book.save(at(first.port, { sparePrinterId: 'spare' }))
    await one.submit('A', { printerId: 'bench' })
    await one.until('A', (job) => job.trouble === 'printerOff')
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(await one.state('A')).toMatchObject({ state: 'waiting', printerId: 'bench' })
    expect(spare.printed.size).toBe(0)
  })

  it('LBL-3 refuses paper that is smaller than the label, and cuts nothing', async () => {
    const one = await bench()
    const printer = await labelPrinter()
    await one.book.save(at(printer.port, { paper: { widthUm: 76_000, heightUm: 130_000 } }))
    await one.submit('A', { printerId: 'bench' })
    expect(await one.settled('A')).toMatchObject({ state: 'failed', trouble: 'paperTooSmall', attempts: 0 })
    expect(printer.heard).toEqual([])
  })

  it('LBL-4 asks a person when the line breaks off, and sends the same job again on their word', async () => {
    const one = await bench()
    const printer = await labelPrinter({ closesAfter: 100_000 })
    await one.book.save(at(printer.port))
    await one.submit('BIG', { printerId: 'bench' })
    expect(await one.settled('BIG')).toMatchObject({ state: 'unknown', trouble: 'brokenOff', attempts: 1 })
    expect(one.jobs.printed('')).toEqual(['BIG'])
    printer.manners.closesAfter = null
    const again = { jobId: 'BIG', outcome: 'notPrinted', printerId: null } as const
    const answers = await Promise.all([one.jobs.resolve(again), one.jobs.resolve(again)])
    expect(answers.filter(({ tag }) => tag === 'accepted')).toHaveLength(1)
    expect(await one.settled('BIG')).toMatchObject({ state: 'printed', attempts: 2 })
    expect(printer.printed.get('BIG')).toBe(1)
    expect(await one.jobs.resolve(again)).toMatchObject({ tag: 'accepted', job: { state: 'printed' } })
    expect(printer.printed.get('BIG')).toBe(1)
  })

  it('LBL-4 takes the word of a person who has the label in hand, or gives it up', async () => {
    const one = await bench({
      driverOf: saying({ tag: 'unknown', trouble: 'brokenOff', detail: 'half' }),
    })
    for (const jobId of ['A', 'B']) {
      await one.submit(jobId)
      await one.settled(jobId)
    }
    await one.jobs.resolve({ jobId: 'A', outcome: 'printed', printerId: null })
    await one.jobs.resolve({ jobId: 'B', outcome: 'giveUp', printerId: null })
    await one.reopen()
    expect((await one.state('A'))?.state).toBe('printed')
    expect((await one.state('B'))?.state).toBe('failed')
    expect(one.jobs.printed('')).toEqual(['A'])
  })

  it('LBL-4 takes a waiting job away from a printer that is off, or lets it go', async () => {
    const one = await bench()
    const printer = await labelPrinter()
    await printer.off()
    await one.book.save(at(printer.port))
    for (const jobId of ['A', 'B']) await one.submit(jobId, { printerId: 'bench' })
    await one.until('A', (job) => job.trouble === 'printerOff')
    await one.jobs.resolve({ jobId: 'A', outcome: 'notPrinted', printerId: 'file' })
    await one.jobs.resolve({ jobId: 'B', outcome: 'giveUp', printerId: null })
    expect(await one.settled('A')).toMatchObject({ state: 'printed', printerId: 'file' })
    expect(await one.settled('B')).toMatchObject({ state: 'failed' })
    await printer.on()
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(printer.printed.size).toBe(0)
  })

  it('LBL-3 fails what waits for a printer that is removed', async () => {
    const one = await bench()
    const printer = await labelPrinter()
    await printer.off()
    await one.book.save(at(printer.port))
    for (const jobId of ['A', 'B']) await one.submit(jobId, { printerId: 'bench' })
    await one.until('A', (job) => job.trouble === 'printerOff')
    await one.book.remove('bench')
    one.jobs.printerChanged('bench')
    for (const jobId of ['A', 'B']) {
      expect(await one.settled(jobId)).toMatchObject({ state: 'failed', trouble: 'printerRemoved' })
    }
    expect(await one.submit('C', { printerId: 'bench' })).toMatchObject({ trouble: 'printerRemoved' })
  })

  it("LBL-3 sends a courier's label only to a printer of its language, and puts the mode back behind it", async () => {
    const one = await bench()
    const printer = await labelPrinter()
    await one.book.save(at(printer.port))
    const own = '^XA^MMC^MNM^FDSF1^FS^XZ'
    const document = {
      kind: 'courier-label',
      language: 'zpl',
      base64: Buffer.from(own).toString('base64'),
      waybillNumber: 'SF1',
    } as const
    await one.submit('A', { document, printerId: 'bench' })
    await one.submit('B', { document: { ...document, language: 'tspl' }, printerId: 'bench' })
    await one.submit('C', { document, printerId: 'file' })
    expect((await one.settled('A')).state).toBe('printed')
    expect(await one.settled('B')).toMatchObject({ state: 'failed', trouble: 'wrongLanguage' })
    expect(await one.settled('C')).toMatchObject({ state: 'failed', trouble: 'wrongLanguage' })
    const heard = printer.heard.join('')
    expect(heard.indexOf('^JUR')).toBeGreaterThan(heard.indexOf(own) + own.length - 1)
    expect(await readFile(join(one.directory, 'labels/A.zpl'), 'utf8')).toContain(own)
  })

  it('LBL-4 survives documents of nonsense', async () => {
    const one = await bench()
    const nonsense = (document: unknown) => one.submit('A', { document: document as never })
    expect(await nonsense({ kind: 'tombstone' })).toMatchObject({ tag: 'refused', trouble: 'cannotRender' })
    expect(await nonsense({ kind: 'courier-label', language: 'pdf', base64: 7 })).toMatchObject({
      tag: 'accepted',
    })
    expect(await one.settled('A')).toMatchObject({ state: 'failed', trouble: 'cannotRender' })
    await one.submit('B', { document: { kind: 'bin' } as never })
    expect(await one.settled('B')).toMatchObject({ state: 'failed', trouble: 'cannotRender' })
    await one.submit('C')
    expect((await one.settled('C')).state).toBe('printed')
    expect((await readdir(join(one.directory, 'labels'))).sort()).toEqual(['C.pdf'])
  })

  it('LBL-4 keeps what was sent as evidence, before it is sent', async () => {
    const one = await bench()
    const printer = await labelPrinter({ stalls: true })
    await one.book.save(at(printer.port))
    await one.submit('A', { printerId: 'bench' })
    const job = await one.until('A', ({ state }) => state === 'sending')
    const bytes = await readFile(join(one.directory, 'labels', job.file))
    expect(job).toMatchObject({ file: 'A.zpl', attempts: 1 })
    expect(job.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  })

  it('LBL-4 waits while the disk is full and prints when there is room again', async () => {
    let full = false
    const one = await bench({
      openFile: async (path) => {
        const file = await openAppendFile(path)
        const write: AppendFile['write'] = async (...args) => {
          if (full) throw Object.assign(new Error('no room'), { code: 'ENOSPC' })
          await file.write(...args)
        }
        return { ...file, write }
      },
    })
    const printer = await labelPrinter()
    await one.book.save(at(printer.port))
    await printer.off()
    await one.submit('A', { printerId: 'bench' })
    await one.until('A', (job) => job.trouble === 'printerOff')
    full = true
    await printer.on()
    await one.until('A', (job) => job.trouble === 'diskFull')
    expect(await one.submit('B')).toMatchObject({ tag: 'refused', trouble: 'diskFull' })
    expect(printer.printed.size).toBe(0)
    full = false
    expect((await one.settled('A')).state).toBe('printed')
    await one.submit('B')
    expect((await one.settled('B')).state).toBe('printed')
    await one.reopen()
    expect((await one.state('A'))?.attempts).toBe(1)
  })
})

describe('the print ledger', () => {
  const file = (one: PrintBench) => join(one.directory, 'print-ledger.jsonl')
  /** Lines as a host leaves them that was killed while it sent `A` and while `B` waited. */
  const killed = (more: object) =>
    [
      {
        n: 1,
        order: 1,
        jobId: 'A',
        state: 'waiting',
        document: { kind: 'bin', code: 'A' },
        printerId: 'bench',
      },
      {
        n: 2,
        order: 2,
        jobId: 'B',
        state: 'waiting',
        document: { kind: 'bin', code: 'B' },
        printerId: 'bench',
      },
      { n: 3, jobId: 'A', state: 'sending', attempts: 1, file: 'A.zpl', via: 'tcp', ...more },
    ]
      .map((line) => `${JSON.stringify(line)}\n`)
      .join('')

  it('LBL-4 holds a job unknown that was being sent when the host ended, and goes on with the next', async () => {
    const one = await bench()
    const printer = await labelPrinter()
    await one.book.save(at(printer.port))
    await one.jobs.close()
    await writeFile(file(one), killed({}))
    await one.reopen()
    expect(await one.settled('A')).toMatchObject({ state: 'unknown', trouble: 'hostStopped', attempts: 1 })
    expect((await one.settled('B')).state).toBe('printed')
    expect([...printer.printed.keys()]).toEqual(['B'])
  })

  it('LBL-4 knows what became of a file: there it is, or it was not written', async () => {
    for (const written of [true, false]) {
      const one = await bench()
      await one.jobs.close()
      await writeFile(file(one), killed({ printerId: 'file', via: 'file', file: 'A.pdf' }))
      if (written) await writeFile(join(one.directory, 'labels/A.pdf'), '%PDF-first')
      await one.reopen()
      expect(await one.settled('A')).toMatchObject({ state: 'printed', attempts: 1 })
      expect(one.rendered).toEqual(written ? [] : ['A'])
    }
  })

  it('LBL-4 asks a queue that can answer, and a person where it cannot', async () => {
    const asked: string[] = []
    const one = await bench({
      driverOf: () => ({
        ...saying({ tag: 'printed', detail: '' })(),
        recover: async ({ title, trace }) => {
          asked.push(`${title} ${trace}`)
          return { tag: 'printed', detail: '' }
        },
      }),
    })
    await one.book.save({ ...PRINTER, path: { via: 'cups', queue: 'zebra' } })
    await one.jobs.close()
    await writeFile(file(one), killed({ via: 'cups', trace: '17' }))
    await one.reopen()
    expect((await one.settled('A')).state).toBe('printed')
    expect(asked).toEqual(['A#1 17'])
  })

  it('LBL-4 cuts a torn line off, and trusts no job that waits when one in the middle is damaged', async () => {
    const one = await bench()
    await one.jobs.close()
    await writeFile(file(one), `${killed({}).split('\n').slice(0, 2).join('\n')}\n{"n":9,"jobId":"B","sta`)
    await one.reopen()
    expect(await one.settled('A')).toMatchObject({ state: 'failed', trouble: 'printerRemoved' })
    await one.submit('C')
    await one.settled('C')
    await one.reopen()
    expect((await one.state('C'))?.state).toBe('printed')

    await one.jobs.close()
    await appendFile(
      file(one),
      `\0\0\0\0\n{"n":99,"order":99,"jobId":"D","state":"waiting","printerId":"file"}\n`,
    )
    await one.reopen()
    expect(await one.settled('D')).toMatchObject({ state: 'unknown', trouble: 'hostStopped' })
  })

  it('LBL-4 is written anew when most of it is past, and says the same', async () => {
    const one = await bench()
    await one.jobs.close()
    const filler = 'x'.repeat(1000)
    const lines = Array.from({ length: 6000 }, (_, index) => {
      const state = index % 3 === 2 ? 'printed' : 'waiting'
      const n = index + 1
      return JSON.stringify({ n, order: n, jobId: `J${Math.floor(index / 3)}`, state, document: { filler } })
    })
    await writeFile(file(one), `${lines.join('\n')}\n`)
    await one.reopen()
    expect((await readFile(file(one), 'utf8')).length).toBeLessThan(400_000)
    await one.submit('J7')
    await one.submit('NEW')
    await one.settled('NEW')
    await one.reopen()
    expect(one.jobs.printed('J')).toHaveLength(2000)
    expect(one.rendered).toEqual(['NEW'])
  })

  it('LBL-4 knows the labels of an older version, and what a backup brought along', async () => {
    const one = await bench()
    await one.jobs.close()
    await writeFile(join(one.directory, 'labels/old.pdf'), '%PDF')
    await writeFile(join(one.directory, 'labels/old.json'), '{"sha256":"abc","missingGlyphs":["𠮷"]}')
    await writeFile(
      join(one.directory, 'print-jobs.jsonl'),
      '{"jobId":"brought","sha256":"def","missingGlyphs":[]}\n{"jobId":"asked","state":"unknown","sha256":""}\n',
    )
    await one.reopen()
    expect(await one.submit('old')).toMatchObject({
      job: { state: 'printed', sha256: 'abc', missingGlyphs: ['𠮷'], file: 'old.pdf' },
    })
    expect(await one.submit('brought')).toMatchObject({ job: { state: 'printed', sha256: 'def' } })
    expect(one.jobs.printed('')).toEqual(['asked', 'brought', 'old'])
    expect(one.rendered).toEqual([])
  })

  it('SEC-4 goes along with a backup, where what was waiting is unknown', async () => {
    const old = await bench()
    const printer = await labelPrinter()
    await printer.off()
    await old.book.save(at(printer.port))
    await old.submit('A')
    await old.settled('A')
    await old.submit('B', { printerId: 'bench' })
    await old.until('B', (job) => job.trouble === 'printerOff')
    const text = await printLedger(old.directory)
    const fresh = await bench()
    await fresh.jobs.close()
    await writeFile(join(fresh.directory, 'print-jobs.jsonl'), text)
    await fresh.reopen()
    expect(await fresh.state('A')).toMatchObject({ state: 'printed', file: 'A.pdf' })
    expect(await fresh.state('B')).toMatchObject({ state: 'unknown', trouble: 'hostStopped' })
    expect(fresh.jobs.printed('')).toEqual(['A', 'B'])
    expect(fresh.rendered).toEqual([])
    // Its document came along: a person may have it printed here.
    await fresh.jobs.resolve({ jobId: 'B', outcome: 'notPrinted', printerId: 'file' })
    expect((await fresh.settled('B')).state).toBe('printed')
  })
})
