import { describe, expect, it } from 'vitest'
import type { PrintJobState } from '../protocol/print-contract.ts'
import { fullJob, heardOf } from './print-job.ts'
import type { PrintJobRow } from './tables.ts'

/** As version 1 wrote it. */
const old = (state: PrintJobRow['state'], file = '') => ({
  jobId: 'a',
  document: { kind: 'bin' as const, code: 'A', kindName: '', category: '' },
  personRef: null,
  subject: 'A',
  state,
  createdAt: 1,
  reason: '',
  detail: '',
  file,
})

const news = (state: PrintJobState['state']): PrintJobState => ({
  jobId: 'a',
  state,
  printerId: 'p',
  printerName: '打包台',
  attempts: 1,
  trouble: state === 'failed' ? 'outOfPaper' : null,
  detail: '',
  file: 'a.zpl',
  sha256: '',
  missingGlyphs: [],
  at: 1,
  cursor: 1,
})

describe('print jobs', () => {
  it('LBL-4 rows of an older version read with what they lack', () => {
    expect(fullJob(old('printed', 'a.pdf'))).toMatchObject({
      state: 'printed',
      copy: 0,
      printerId: null,
      printerName: '',
      trouble: null,
      attempts: 0,
      atHost: true,
      batch: null,
    })
    expect(fullJob(old('queued')).atHost).toBe(false)
    expect('batchId' in fullJob(old('queued'))).toBe(false)
  })

  it('LBL-4 the index key of a batch is always its id', () => {
    const batch = { batchId: 'b', index: 0, size: 1 }
    expect(fullJob({ ...old('batched'), batch }).batchId).toBe('b')
  })

  it('LBL-4 follows the host until the job is final, and says when nothing changed', () => {
    const job = fullJob(old('queued'))
    const failed = heardOf(job, news('failed'))
    expect(failed).toMatchObject({
      state: 'failed',
      trouble: 'outOfPaper',
      atHost: true,
      printerName: '打包台',
    })
    expect(failed && heardOf(failed, news('failed'))).toBe(null)
    expect(heardOf(fullJob(old('printed')), news('unknown'))).toBe(null)
    expect(heardOf(fullJob(old('cancelled')), news('failed'))).toBe(null)
  })
})
