import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { LabelDocument } from '../../shared/labels/label-document.ts'
import type { LabelModel } from '../../shared/labels/label-model.ts'
import type { PrintAnswer } from '../../shared/protocol/host-contract.ts'
import { readJsonIfThere, writeFileDurably } from './durable-file.ts'
import { errorText, systemErrorCode } from './system-error.ts'

/** What lays out and draws labels; a port, made by `createLabelRenderer`. */
export interface LabelPort {
  /** One model for each page. */
  layout(document: LabelDocument): readonly LabelModel[] | Promise<readonly LabelModel[]>
  pdf(document: LabelDocument): Promise<{ bytes: Uint8Array; missingGlyphs: readonly string[] }>
}

/** The "save as file" printer of one space. */
export interface PrintJobs {
  submit(jobId: string, document: LabelDocument): Promise<PrintAnswer>
}

const OutcomeSchema = z.object({ sha256: z.string(), missingGlyphs: z.array(z.string()) })

/**
 * Prints each job once, as `labels/<job id>.pdf` (LBL-4). The outcome is written first, beside it as `<job id>.json`,
 * and the label's appearance under its name is the commit: when it is there the job was printed, and the same id
 * answers with that outcome, whatever document comes with it. A failed job left nothing, so its id may be tried again.
 */
export function createPrintJobs(directory: string, labels: LabelPort): PrintJobs {
  const underWay = new Map<string, Promise<PrintAnswer>>()
  return {
    submit: (jobId, document) => {
      const running = underWay.get(jobId)
      if (running !== undefined) return running
      const run = printOnce(directory, labels, jobId, document).finally(() => underWay.delete(jobId))
      underWay.set(jobId, run)
      return run
    },
  }
}

async function printOnce(
  directory: string,
  labels: LabelPort,
  jobId: string,
  document: LabelDocument,
): Promise<PrintAnswer> {
  const file = `${jobId}.pdf`
  const path = join(directory, file)
  try {
    const printed = await readIfThere(path)
    if (printed !== null) return await firstOutcome(directory, jobId, printed)
    const { bytes, missingGlyphs } = await labels.pdf(document)
    const outcome = { sha256: sha256(bytes), missingGlyphs: [...missingGlyphs] }
    await writeFileDurably(join(directory, `${jobId}.json`), `${JSON.stringify(outcome)}\n`, 0o600)
    await writeFileDurably(path, bytes, 0o600)
    return { tag: 'printed', file, ...outcome }
  } catch (error) {
    return { tag: 'failed', detail: errorText(error) }
  }
}

async function firstOutcome(directory: string, jobId: string, bytes: Uint8Array): Promise<PrintAnswer> {
  const outcome = OutcomeSchema.safeParse(await readJsonIfThere(join(directory, `${jobId}.json`)))
  const missingGlyphs = outcome.success ? outcome.data.missingGlyphs : []
  return { tag: 'printed', file: `${jobId}.pdf`, sha256: sha256(bytes), missingGlyphs }
}

async function readIfThere(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path)
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null
    throw error
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
