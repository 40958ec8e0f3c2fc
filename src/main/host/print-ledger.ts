import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { readJsonIfThere, readTextIfThere } from './durable-file.ts'

/** Beside `labels/`: jobs whose labels lie elsewhere, because a backup without labels was restored. */
export const PRINT_LEDGER = 'print-jobs.jsonl'

/** `labels/<job id>.json`. */
export const OutcomeSchema = z.object({ sha256: z.string(), missingGlyphs: z.array(z.string()) })
const LedgerLineSchema = OutcomeSchema.extend({ jobId: z.string() })
export type PrintedJob = Readonly<z.infer<typeof LedgerLineSchema>>

/** Jobs that were printed on the PC that a backup came from, by id; they are never printed again (LBL-4). */
export async function readPrintLedger(space: string): Promise<ReadonlyMap<string, PrintedJob>> {
  const jobs = new Map<string, PrintedJob>()
  for (const line of ((await readTextIfThere(join(space, PRINT_LEDGER))) ?? '').split('\n')) {
    if (line === '') continue
    const job = LedgerLineSchema.parse(JSON.parse(line))
    jobs.set(job.jobId, job)
  }
  return jobs
}

/** Ids of the jobs whose labels lie in `labels/`. */
export async function listPrintedLabels(space: string): Promise<string[]> {
  const names = await readdir(join(space, 'labels'))
  return names.filter((name) => name.endsWith('.pdf')).map((name) => name.slice(0, -'.pdf'.length))
}

/** All that was ever printed, as a ledger for another PC. */
export async function printLedger(space: string): Promise<string> {
  const jobs = new Map(await readPrintLedger(space))
  for (const jobId of await listPrintedLabels(space)) {
    const outcome = OutcomeSchema.safeParse(await readJsonIfThere(join(space, 'labels', `${jobId}.json`)))
    const { sha256, missingGlyphs } = outcome.success ? outcome.data : { sha256: '', missingGlyphs: [] }
    jobs.set(jobId, { jobId, sha256, missingGlyphs })
  }
  return [...jobs.values()].map((job) => `${JSON.stringify(job)}\n`).join('')
}
