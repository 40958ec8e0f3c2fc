import { beforeEach, describe, expect, it } from 'vitest'
import type { BinDocument, ListDocument } from '../../labels/label-document.ts'
import { executeCommand } from '../execute-command.ts'
import { createMemoryStore } from '../memory-store.ts'
import { applyRecords } from '../replay.ts'
import { createTestStation, type TestStation, testOrder } from '../test-station.ts'
import { type PrintBatchRow, type PrintJobRow, TABLE_NAMES } from '../tables.ts'
import { batchJobId } from './batch-commands.ts'
import type { CommandOf, StationCommand } from './command.ts'

const bin = (code: string): BinDocument => ({ kind: 'bin', code, kindName: '拣货位', category: '' })

let station: TestStation

beforeEach(async () => {
  station = await createTestStation()
})

const chunk = (offset: number, count: number, size: number) =>
  ({
    type: 'PrintBatch',
    batchId: 'b1',
    what: 'bin',
    size,
    offset,
    printerId: null,
    labels: Array.from({ length: count }, (_, i) => ({
      document: bin(`A-${offset + i}`),
      subject: `A-${offset + i}`,
    })),
  }) as const

const jobs = (): Promise<PrintJobRow[]> =>
  station.store.read(['printJobs'], (tx) => tx.range('printJobs', null, {}))
const jobOf = async (jobId: string) => (await jobs()).find((job) => job.jobId === jobId)
const batch = (): Promise<PrintBatchRow | undefined> =>
  station.store.read(['printBatches'], (tx) => tx.get('printBatches', 'b1'))

/** As the host's news would leave it. */
const becomes = (jobId: string, state: PrintJobRow['state']) =>
  station.store.write(['printJobs'], async (tx) => {
    const row = await tx.get('printJobs', jobId)
    if (row) tx.put('printJobs', { ...row, state })
  })

describe('batches', () => {
  it('LBL-4 is written down in chunks, stands until the last one, and takes none twice', async () => {
    expect((await station.run(chunk(0, 100, 150))).answer).toEqual({ tag: 'done', counts: { written: 100 } })
    expect(await batch()).toMatchObject({ state: 'writing', written: 100, size: 150 })
    expect((await station.run(chunk(0, 100, 150))).printJobIds).toEqual([])
    expect((await station.run(chunk(110, 40, 150))).answer).toEqual({ tag: 'gap', counts: { written: 100 } })
    await station.run(chunk(100, 50, 150))
    expect(await batch()).toMatchObject({ state: 'running', written: 150 })
    expect((await station.run(chunk(100, 50, 150))).printJobIds).toEqual([])
    const written = await jobs()
    expect(written.map((job) => job.jobId)).toEqual(
      Array.from({ length: 150 }, (_, index) => batchJobId('b1', index)),
    )
    expect(new Set(written.map((job) => job.state))).toEqual(new Set(['batched']))
  })

  it('LBL-4 a repeated command id gives its stored answer', async () => {
    const command = { ...chunk(0, 10, 20), commandId: 'c1', at: 1, personId: 'p-manager' } as StationCommand
    const first = await executeCommand(station.store, station.env, command)
    const second = await executeCommand(station.store, station.env, command)
    expect(second).toEqual({ answer: first.answer, printJobIds: [], repeated: true })
  })

  it('LBL-4 goes on with what was written when the page was closed while writing', async () => {
    await station.run(chunk(0, 100, 150))
    await station.run({ type: 'ChangeBatch', batchId: 'b1', change: 'goOn' })
    expect(await batch()).toMatchObject({ state: 'running', size: 100 })
    expect((await station.run(chunk(100, 50, 150))).answer.tag).toBe('closed')
  })

  it('LBL-4 a batch that was cancelled does not move again', async () => {
    await station.run(chunk(0, 10, 10))
    const change = async (to: CommandOf<'ChangeBatch'>['change']) =>
      (await station.run({ type: 'ChangeBatch', batchId: 'b1', change: to })).answer.tag
    expect([await change('cancel'), await change('goOn'), await change('pause')]).toEqual([
      'done',
      'notThis',
      'notThis',
    ])
    expect((await station.run({ type: 'ResumeBatch', batchId: 'b1', from: 0, pass: 1 })).answer.tag).toBe(
      'notThis',
    )
  })

  it('LBL-4 begins again at label n: copies of what came out, replacements of what is in doubt, once', async () => {
    await station.run(chunk(0, 10, 10))
    for (const index of [0, 1, 2, 3]) await becomes(batchJobId('b1', index), 'printed')
    await becomes(batchJobId('b1', 4), 'unknown')
    await becomes(batchJobId('b1', 5), 'sent')
    const resume = () => station.run({ type: 'ResumeBatch', batchId: 'b1', from: 2, pass: 1 })
    const outcome = await resume()
    expect(outcome.printJobIds).toEqual([2, 3, 4].map((index) => batchJobId('b1', index, 1)))
    expect((await resume()).printJobIds).toEqual([])
    expect(await jobOf(batchJobId('b1', 4))).toMatchObject({ state: 'cancelled' })
    expect(await jobOf(batchJobId('b1', 4, 1))).toMatchObject({
      state: 'batched',
      copy: 1,
      reason: 'paperJam',
    })
    expect(await batch()).toMatchObject({ state: 'running', passes: 1, resuming: null })
  })

  it('LBL-4 a second jam counts on from the first', async () => {
    await station.run(chunk(0, 3, 3))
    await becomes(batchJobId('b1', 0), 'printed')
    await station.run({ type: 'ResumeBatch', batchId: 'b1', from: 0, pass: 1 })
    await becomes(batchJobId('b1', 0, 1), 'printed')
    const outcome = await station.run({ type: 'ResumeBatch', batchId: 'b1', from: 0, pass: 2 })
    expect(outcome.printJobIds).toEqual([batchJobId('b1', 0, 2)])
    expect(await jobOf(batchJobId('b1', 0, 2))).toMatchObject({ copy: 2 })
  })

  it('LBL-4 SEC-4 comes back from the journal as it stood: cancelled stays cancelled', async () => {
    await station.run(chunk(0, 10, 10))
    await station.run({ type: 'ChangeBatch', batchId: 'b1', change: 'cancel' })
    await station.run({
      type: 'PrintPaper',
      jobId: 'a',
      document: bin('A'),
      subject: 'A',
      reason: '',
    })
    await station.run({ type: 'GiveUpPrint', jobId: 'a' })
    const records = await station.store.read(['records'], (tx) => tx.range('records', null, {}))
    const rebuilt = createMemoryStore()
    await rebuilt.write(TABLE_NAMES, (tx) => applyRecords(tx, records, 'S1'))
    const read = await rebuilt.read(TABLE_NAMES, async (tx) => ({
      batch: await tx.get('printBatches', 'b1'),
      job: await tx.get('printJobs', 'a'),
    }))
    expect(read.batch).toEqual(await batch())
    expect(read.batch?.state).toBe('cancelled')
    expect(read.job?.state).toBe('cancelled')
  })
})

describe('reprints', () => {
  const list = (): ListDocument => ({
    kind: 'list',
    list: 'goods-in-note',
    title: '入库单',
    number: 'RK-1',
    facts: [{ name: '店铺', value: '蜀都' }],
    columns: [],
    rows: [],
    totals: [],
    signatures: [],
    sample: false,
  })
  const reprint = (jobId: string, reason: string) =>
    station.run({ type: 'ReprintJob', jobId, reason, printerId: null })

  it('LBL-4 wants a reason, counts per subject, and marks the copy', async () => {
    await station.run({ type: 'PrintPaper', jobId: 'RK-1', document: list(), subject: 'RK-1', reason: '' })
    expect((await reprint('RK-1', 'labelLost')).answer.tag).toBe('underWay')
    await becomes('RK-1', 'printed')
    expect((await reprint('RK-1', '')).answer.tag).toBe('reasonWanted')
    expect((await reprint('RK-1', 'labelLost')).printJobIds).toEqual(['RK-1-r1'])
    await becomes('RK-1-r1', 'printed')
    expect((await reprint('RK-1-r1', 'labelTorn')).printJobIds).toEqual(['RK-1-r2'])
    const copy = await jobOf('RK-1-r2')
    expect(copy).toMatchObject({ copy: 2, reason: 'labelTorn' })
    expect(copy?.document).toMatchObject({
      facts: [
        { name: '店铺', value: '蜀都' },
        { name: '重印', value: '第 2 次' },
      ],
    })
  })

  it('LBL-4 a waybill is counted with its parcel, and other papers of the parcel do not count', async () => {
    await station.scans('receive', 'CMD-NEW', '6901000000022', 'CMD-FINISH', 'BADGE-1002', 'BADGE-1001')
    await station.scans('putaway', '6901000000022', 'B-01-1-01')
    await station.run({ type: 'ImportOrders', file: 'o', orders: [testOrder('1001', [['2004-奶油-L', 1]])] })
    await station.scans('pack', '1001', '6901000000022', 'G-210', 'BADGE-1002', 'CMD-FINISH')
    const parcelId = (await station.store.read(['parcels'], (tx) => tx.range('parcels', null, {})))[0]
      ?.parcelId
    const note = (reason: string) =>
      station.run({ type: 'PrintDeliveryNote', parcelId: parcelId ?? '', reason })
    expect((await note('')).printJobIds).toEqual(['delivery-77300000000100'])
    expect((await note('')).answer.tag).toBe('reasonWanted')
    expect((await note('labelLost')).printJobIds).toEqual(['delivery-77300000000100-r1'])
    expect((await jobOf('delivery-77300000000100'))?.document).toMatchObject({
      list: 'delivery-note',
      number: '77300000000100',
      rows: [['T恤 2004 奶油 L', '2004/奶油/L', '1']],
    })
    await becomes('waybill-77300000000100', 'printed')
    expect((await reprint('waybill-77300000000100', 'labelTorn')).printJobIds).toEqual([
      'waybill-77300000000100-1',
    ])
    expect((await jobOf('waybill-77300000000100-1'))?.copy).toBe(1)
  })

  it('RCV-6 prints two copies of the exchange list when a note with defects is posted', async () => {
    await station.scans('receive', 'CMD-NEW', '6901000000022', 'CMD-DEFECT', '6901000000022', 'CMD-FINISH')
    await station.scan('receive', 'BADGE-1002')
    const outcome = await station.scan('receive', 'BADGE-1001')
    expect(outcome.answer.reason).toBe('posted')
    expect(outcome.printJobIds).toHaveLength(2)
    const paper = await jobOf(outcome.printJobIds[0] ?? '')
    expect(paper?.document).toMatchObject({
      list: 'exchange-list',
      rows: [['T恤 2004 奶油 L', '1', '', '', '']],
    })
  })
})
