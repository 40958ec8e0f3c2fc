import { assert } from '../../../shared/base/assert.ts'
import type { Bin } from '../../../shared/domain/stock/bin.ts'
import { expandBinPattern } from '../../../shared/formats/bin-pattern.ts'

type Zone = Omit<Bin, 'code'> & { readonly pattern: string }

const ZONES: readonly Zone[] = [
  { pattern: 'A-01-{1..4}-{01..06}', kind: 'pick', capacity: 40, category: '牛仔裤' },
  { pattern: 'B-01-{1..4}-{01..06}', kind: 'pick', capacity: 60, category: 'T恤' },
  { pattern: 'C-01-{1..3}-{01..06}', kind: 'pick', capacity: 40, category: '连衣裙' },
  { pattern: 'D-01-{1..2}-{01..04}', kind: 'pick', capacity: 24, category: '玻璃杯' },
  { pattern: 'Q-01-1-{01..02}', kind: 'quarantine', capacity: null, category: '' },
  { pattern: 'R-01-1-{01..02}', kind: 'returns', capacity: null, category: '' },
  { pattern: 'P-01-1-{01..02}', kind: 'packing', capacity: null, category: '' },
]

/** A zone for each category, and one each for quarantine, returns and packing. */
export function demoBins(): Bin[] {
  return ZONES.flatMap(({ pattern, ...bin }) => {
    const codes = expandBinPattern(pattern)
    assert(codes.ok, `demo bin pattern ${pattern}`)
    return codes.value.map((code) => ({ ...bin, code }))
  })
}
