import { z } from 'zod'
import { keepFailure } from './corpus.ts'
import { runSeed } from './run-seed.ts'

/** Runs the seeds that its parent sends, one after another, and reports each. */
const JobSchema = z.object({
  seed: z.number().int(),
  stations: z.number().int().positive(),
  commands: z.number().int().positive(),
})

process.on('message', async (message) => {
  const { seed, stations, commands } = JobSchema.parse(message)
  const report = await runSeed(seed, { stations, commands, faults: true })
  if (report.broken.length > 0) keepFailure({ seed, stations, commands, found: [...report.broken] })
  process.send?.(report)
})
process.on('disconnect', () => process.exit(0))
process.send?.({ ready: true })
