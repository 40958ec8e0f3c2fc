import { z } from 'zod'
import { BinSchema } from './bin.ts'

/** Bins from a file or a pattern (PUT-1). */
export const BinsImportedBody = z.object({ file: z.string(), bins: z.array(BinSchema).min(1) })

/** Something for a person to look at, such as a count after goods were found that the ledger did not have. */
export const CountWantedBody = z.object({
  todoId: z.string().min(1),
  kind: z.enum(['countBin', 'countSku']),
  subject: z.string().min(1),
  reason: z.string(),
})
