import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LabelDocument } from '../../shared/labels/label-document.ts'
import type { LabelModel } from '../../shared/labels/label-model.ts'
import type { PrintAnswer } from '../../shared/protocol/host-contract.ts'
import { readJsonIfThere, writeFileDurably } from './durable-file.ts'
import { listPrintedLabels, OutcomeSchema, readPrintLedger } from './print-ledger.ts'
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
  /** Ids of the jobs printed so far that begin with `prefix`, sorted. */
  printed(prefix: string): Promise<readonly string[]>
}

/**
 * Prints each job once, as `labels/<job id>.pdf` (LBL-4). The outcome is written first, beside it as `<job id>.json`,
 * and the label's appearance under its name is the commit: when it is there the job was printed, and the same id
 * answers with that outcome, whatever document comes with it; so does one that the ledger of a restored backup names. A failed job left nothing, so its id may be tried again.
 */
export function createPrintJobs(space: string, labels: LabelPort): PrintJobs {
  const underWay = new Map<string, Promise<PrintAnswer>>()
  let ledger: ReturnType<typeof readPrintLedger> | null = null
  const readLedger: ReadLedger = () => {
    // Only a restore changes it, and everything is opened anew after one.
    ledger ??= readPrintLedger(space)
    return ledger
  }
  return {
    submit: (jobId, document) => {
      const running = underWay.get(jobId)
      if (running !== undefined) return running
      const run = printOnce({ space, labels, readLedger }, jobId, document).finally(() =>
        underWay.delete(jobId),
      )
      underWay.set(jobId, run)
      return run
    },
    printed: async (prefix) => {
      const ids = new Set([...(await readLedger()).keys(), ...(await listPrintedLabels(space))])
      return [...ids].filter((id) => id.startsWith(prefix)).sort()
    },
  }
}

type ReadLedger = () => ReturnType<typeof readPrintLedger>

async function printOnce(
  {
    space,
    labels,
    readLedger,
  }: { readonly space: string; readonly labels: LabelPort; readonly readLedger: ReadLedger },
  jobId: string,
  document: LabelDocument,
): Promise<PrintAnswer> {
  const directory = join(space, 'labels')
  const file = `${jobId}.pdf`
  const path = join(directory, file)
  try {
    const printed = await readIfThere(path)
    if (printed !== null) return await firstOutcome(directory, jobId, printed)
    const elsewhere = (await readLedger()).get(jobId)
    if (elsewhere !== undefined) {
      return { tag: 'printed', file, sha256: elsewhere.sha256, missingGlyphs: elsewhere.missingGlyphs }
    }
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
