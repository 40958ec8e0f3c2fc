import { type ExportCell, writeCsv } from '../../../shared/formats/export-csv.ts'
import type { Refusal } from '../../../shared/formats/refusal.ts'
import { keepDigits } from '../../../shared/formats/shipped-file.ts'
import type { RefusedFile } from './import-protocol.ts'

interface RefusalTexts {
  readonly headers: readonly [line: string, field: string, reason: string, remedy: string]
  readonly of: (refusal: Refusal) => readonly [field: string, reason: string, remedy: string]
}

/**
 * The refused rows of a file as a file: its own columns first, so that it can be mended and taken in again, then line,
 * field, reason and remedy (ORD-1). Several refusals of one row stand on one line. No cell can become a formula (SEC-3).
 */
export function refusedCsv(file: RefusedFile, texts: RefusalTexts): string {
  const byLine = new Map<number, { cells: readonly string[]; refusals: Refusal[] }>()
  for (const { refusal, cells } of file.rows) {
    const row = byLine.get(refusal.line)
    if (row) row.refusals.push(refusal)
    else byLine.set(refusal.line, { cells, refusals: [refusal] })
  }
  const rows = [...byLine].map(([line, { cells, refusals }]): ExportCell[] => {
    const words = refusals.map(texts.of)
    const own = file.headers.map((_, index) => bareCell(cells[index] ?? ''))
    const column = (at: 0 | 1 | 2) => words.map((word) => word[at]).join('; ')
    return [...own, line, column(0), column(1), column(2)]
  })
  return writeCsv([[...file.headers, ...texts.headers], ...rows], { encoding: 'utf-8-bom' })
}

/** `="1930…"` is the platform's guard and itself a formula; a trailing tab guards as well and is none. */
function bareCell(cell: string): string {
  const guarded = /^="(.*)"$/.exec(cell.trim())
  return keepDigits(guarded ? (guarded[1] ?? '') : cell)
}
