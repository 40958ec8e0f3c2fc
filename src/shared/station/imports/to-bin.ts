import { err, ok, type Result } from '../../base/result.ts'
import type { Bin } from '../../domain/stock/bin.ts'
import type { BinRecord } from '../../formats/records.ts'
import { cutText, longField, type Misfit } from './limits.ts'

/** A row of a bin file as the station keeps it (PUT-1). */
export function toBin(record: BinRecord): Result<Bin, Misfit> {
  const misfit = longField([['code', record.codeKey, 60]])
  if (misfit) return err(misfit)
  const { codeKey, kind, capacity, category } = record
  return ok({ code: codeKey, kind, capacity, category: cutText(category, 80) })
}
