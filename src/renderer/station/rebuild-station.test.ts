import { describe, expect, it } from 'vitest'
import { mayLackItsEnd } from './rebuild-station.ts'

const journal = (generation: string | null) => ({ generation, lastSeq: 1, totalEntries: 1 })

describe('after a rebuild', () => {
  it('SYN-2 doubts the numbers after a restore and a torn journal, and not after a wiped browser', () => {
    expect(mayLackItsEnd({ notices: [], journal: journal('5b0c') })).toBe(false)
    expect(mayLackItsEnd({ notices: [], journal: journal(null) })).toBe(false)
    expect(mayLackItsEnd({ notices: [], journal: journal('restored-5b0c') })).toBe(true)
    for (const tag of ['journalTailCut', 'restoredFromBackup'] as const)
      expect(mayLackItsEnd({ notices: [{ tag, detail: '' }], journal: journal('5b0c') })).toBe(true)
  })
})
