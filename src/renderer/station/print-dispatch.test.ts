import { beforeEach, describe, expect, it } from 'vitest'
import { HostError } from '../../shared/protocol/host-contract.ts'
import type { BinDocument } from '../../shared/labels/label-document.ts'
import { builtInLayout } from '../../shared/labels/built-in-layouts.ts'
import { layoutSetting } from '../../shared/labels/label-layout.ts'
import { batchJobId } from '../../shared/station/commands/batch-commands.ts'
import { createTestStation, type TestStation } from '../../shared/station/test-station.ts'
import type { PrintJobRow } from '../../shared/station/tables.ts'
import { createHostDouble, type HostDouble } from '../../../test/support/print-host.ts'
import { BATCH_WINDOW, createPrintDispatcher, type PrintDispatcher } from './print-dispatch.ts'

const bin = (code: string): BinDocument => ({ kind: 'bin', code, kindName: '拣货位', category: 'T恤' })

let station: TestStation
let host: HostDouble
let prints: PrintDispatcher

beforeEach(async () => {
  station = await createTestStation()
  host = createHostDouble()
  prints = dispatcher()
})

const dispatcher = (): PrintDispatcher =>
  createPrintDispatcher({ store: station.store, host: host.client, space: 'live' })

const print = (jobId: string) =>
  station.run({ type: 'PrintPaper', jobId, document: bin(jobId), subject: jobId, reason: '' })

const printBins = async (batchId: string, size: number): Promise<void> => {
  for (let offset = 0; offset < size; offset += 100)
    await station.run({
      type: 'PrintBatch',
      batchId,
      what: 'bin',
      size,
      offset,
      printerId: null,
      labels: Array.from({ length: Math.min(100, size - offset) }, (_, i) => {
        const code = `A-${String(offset + i + 1).padStart(4, '0')}`
        return { document: bin(code), subject: code }
      }),
    })
}

const jobOf = (jobId: string): Promise<PrintJobRow | undefined> =>
  station.store.read(['printJobs'], (tx) => tx.get('printJobs', jobId))

const stateOf = async (jobId: string): Promise<string | undefined> => (await jobOf(jobId))?.state

const states = (batchId: string): Promise<Record<string, number>> =>
  station.store.read(['printJobs'], async (tx) => {
    const counts: Record<string, number> = {}
    for (const row of await tx.range('printJobs', null, {}))
      if (row.batch?.batchId === batchId) counts[row.state] = (counts[row.state] ?? 0) + 1
    return counts
  })

/** One round of the station and one of the printer. */
const turn = async (): Promise<void> => {
  await prints.submitRound()
  host.printAll()
  await prints.watchOnce(0)
}

describe('single papers', () => {
  it('LBL-4 goes from queued over sent to printed, with printer and file', async () => {
    await print('a')
    await prints.submitRound()
    expect(await jobOf('a')).toMatchObject({ state: 'sent', atHost: true, printerName: '面单机' })
    host.printAll()
    await prints.watchOnce(0)
    expect(await jobOf('a')).toMatchObject({ state: 'printed', file: 'a.pdf', attempts: 1 })
    expect(host.paper).toEqual(['a'])
  })

  it('LBL-4 a crash between handing over and writing it down prints nothing twice', async () => {
    await print('a')
    host.breakAfterSubmit = true
    await prints.submitRound()
    expect(await stateOf('a')).toBe('queued')
    host.breakAfterSubmit = false
    host.printAll()
    prints = dispatcher()
    await turn()
    expect(await stateOf('a')).toBe('printed')
    expect(host.paper).toEqual(['a'])
  })

  it('LBL-4 a reload hands over again what was sent, and learns what happened meanwhile', async () => {
    await print('a')
    await print('b')
    await prints.submitRound()
    host.printOne()
    host.setState('b', 'unknown', 'brokenOff')
    prints = dispatcher()
    await prints.submitRound()
    expect(await stateOf('a')).toBe('printed')
    expect(await jobOf('b')).toMatchObject({ state: 'unknown', trouble: 'brokenOff' })
    expect(host.paper).toEqual(['a'])
  })

  it('LBL-4 what the host lost is handed over once more after it was away', async () => {
    await print('a')
    await prints.submitRound()
    await prints.watchOnce(0)
    host.loseEverything()
    host.away = true
    expect(await prints.watchOnce(0)).toBe(false)
    host.away = false
    await turn()
    expect(await stateOf('a')).toBe('printed')
  })

  it('LBL-4 an unknown job stays a question until a person answers, and is sent once more only on a no', async () => {
    await print('a')
    await prints.submitRound()
    host.setState('a', 'unknown', 'hostStopped')
    await prints.watchOnce(0)
    for (let i = 0; i < 3; i++) await turn()
    expect(await stateOf('a')).toBe('unknown')
    expect(host.paper).toEqual([])
    await host.client.call('print.resolve', {
      space: 'live',
      jobId: 'a',
      outcome: 'notPrinted',
      printerId: null,
    })
    await turn()
    expect(await jobOf('a')).toMatchObject({ state: 'printed', attempts: 2 })
    expect(host.paper).toEqual(['a'])
  })

  it('LBL-4 old news that was overtaken does not set a job back', async () => {
    await print('a')
    await prints.submitRound()
    const old = host.newsOf('a')
    host.setState('a', 'failed', 'outOfPaper')
    await prints.watchOnce(0)
    host.answerSubmitWith = old
    await station.store.write(['printJobs'], async (tx) => {
      const row = await tx.get('printJobs', 'a')
      if (row) tx.put('printJobs', { ...row, state: 'queued' })
    })
    await prints.submitRound()
    expect(await stateOf('a')).toBe('queued')
  })

  it('LBL-4 what the host refuses fails with its reason, and the papers behind it go on', async () => {
    await print('bad')
    await print('good')
    host.refuse = { bad: 'paperTooSmall' }
    await turn()
    expect(await jobOf('bad')).toMatchObject({ state: 'failed', trouble: 'paperTooSmall', atHost: false })
    expect(await stateOf('good')).toBe('printed')
    host.refuse = {}
    await turn()
    expect(await stateOf('bad')).toBe('failed')
    await station.run({ type: 'SendPrintAgain', jobId: 'bad', printerId: 'p2' })
    await turn()
    expect(await jobOf('bad')).toMatchObject({ state: 'printed', printerId: 'p2' })
  })

  it('LBL-4 a document that the host cannot read fails, one that it choked on waits', async () => {
    await print('unreadable')
    await print('choked')
    host.faults = {
      unreadable: new HostError({ tag: 'badRequest', detail: 'items' }),
      choked: new HostError({ tag: 'internal', detail: 'x' }),
    }
    await prints.submitRound()
    expect(await stateOf('unreadable')).toBe('failed')
    expect(await stateOf('choked')).toBe('queued')
  })

  it('LBL-4 a full disk keeps the job and names the trouble', async () => {
    await print('a')
    host.refuse = { a: 'diskFull' }
    await prints.submitRound()
    expect(await jobOf('a')).toMatchObject({ state: 'queued', trouble: 'diskFull' })
    host.refuse = {}
    await turn()
    expect(await jobOf('a')).toMatchObject({ state: 'printed', trouble: null })
  })

  it('LBL-4 what a person gave up stays given up', async () => {
    await print('a')
    await prints.submitRound()
    host.setState('a', 'failed', 'cannotRender')
    await prints.watchOnce(0)
    await station.run({ type: 'GiveUpPrint', jobId: 'a' })
    prints = dispatcher()
    await turn()
    expect(await stateOf('a')).toBe('cancelled')
  })

  it('LBL-1 sends the layout that the shop saved', async () => {
    const layout = { ...builtInLayout('bin-100x50'), version: 2 }
    await station.run({ type: 'SaveSettings', settings: { [layoutSetting('bin-100x50')]: layout } })
    await print('a')
    await prints.submitRound()
    expect(host.layouts).toEqual({ a: 'bin-100x50' })
  })
})

describe('batches', () => {
  it('LBL-4 keeps at most ten labels at the host and prints all of them once, in order', async () => {
    await printBins('b1', 250)
    await prints.submitRound()
    expect(await states('b1')).toEqual({ sent: BATCH_WINDOW, batched: 240 })
    let most = 0
    for (let i = 0; i < 400 && host.paper.length < 250; i++) {
      await prints.submitRound()
      most = Math.max(most, host.waiting())
      host.printOne()
      await prints.watchOnce(0)
    }
    expect(most).toBe(BATCH_WINDOW)
    expect(host.paper).toEqual(Array.from({ length: 250 }, (_, index) => batchJobId('b1', index)))
  })

  it('LBL-4 a pause holds at once, going on prints the rest, and cancelling prints no more', async () => {
    await printBins('b1', 40)
    await turn()
    await prints.submitRound()
    await station.run({ type: 'ChangeBatch', batchId: 'b1', change: 'pause' })
    for (let i = 0; i < 3; i++) await turn()
    expect(host.paper.length).toBe(20)
    await station.run({ type: 'ChangeBatch', batchId: 'b1', change: 'goOn' })
    await turn()
    expect(host.paper.length).toBe(30)
    await station.run({ type: 'ChangeBatch', batchId: 'b1', change: 'cancel' })
    for (let i = 0; i < 3; i++) await turn()
    expect(host.paper.length).toBe(30)
  })

  it('LBL-4 a label in doubt holds the batch until a person answers', async () => {
    await printBins('b1', 30)
    await prints.submitRound()
    host.setState(batchJobId('b1', 4), 'unknown', 'brokenOff')
    for (let i = 0; i < 3; i++) await turn()
    expect(host.paper.length).toBe(9)
    await host.client.call('print.resolve', {
      space: 'live',
      jobId: batchJobId('b1', 4),
      outcome: 'printed',
      printerId: null,
    })
    for (let i = 0; i < 4; i++) await turn()
    expect(await states('b1')).toEqual({ printed: 30 })
  })

  it('LBL-4 after a paper jam prints again from label n as counted copies, and nothing else twice', async () => {
    await printBins('b1', 150)
    await turn()
    await turn()
    await prints.submitRound()
    expect(host.paper.length).toBe(20)
    // Labels 13 to 20 came out crumpled, ten more are at the host.
    const first = await station.run({ type: 'ResumeBatch', batchId: 'b1', from: 12, pass: 1 })
    expect(first.answer).toEqual({ tag: 'more', counts: { again: 8, next: 112 } })
    await turn()
    expect(host.paper.length).toBe(30)
    const second = await station.run({ type: 'ResumeBatch', batchId: 'b1', from: 12, pass: 1 })
    expect(second.answer).toMatchObject({ tag: 'done', counts: { again: 0 } })
    for (let i = 0; i < 20; i++) await turn()
    const again = Array.from({ length: 8 }, (_, i) => batchJobId('b1', 12 + i, 1))
    const rest = Array.from({ length: 120 }, (_, i) => batchJobId('b1', 30 + i))
    expect(host.paper.slice(30)).toEqual([...again, ...rest])
    expect(await jobOf(batchJobId('b1', 12, 1))).toMatchObject({ copy: 1, reason: 'paperJam' })
  })

  it('LBL-4 a small paper need not wait for a batch', async () => {
    await printBins('b1', 100)
    await prints.submitRound()
    await print('urgent')
    await prints.submitRound()
    expect(await stateOf('urgent')).toBe('sent')
  })
})
