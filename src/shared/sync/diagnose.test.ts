import { describe, expect, it } from 'vitest'
import { diagnose, type HubCheck, type SyncSigns } from './diagnose.ts'

const WELL: SyncSigns = {
  check: { tag: 'welcome', sequence: 10 },
  hubIsHere: false,
  online: true,
  trouble: null,
  clockOffsetMs: 800,
  cursor: 10,
  freeBytes: 50e9,
  journalLag: 3,
  journalTrouble: null,
  quarantined: 0,
}
const tags = (signs: Partial<SyncSigns>): string[] => diagnose({ ...WELL, ...signs }).map(({ tag }) => tag)
const unreachable = (cause: Extract<HubCheck, { tag: 'unreachable' }>['cause']): HubCheck => ({
  tag: 'unreachable',
  cause,
  detail: 'x',
})
const refused = (refusal: Extract<HubCheck, { tag: 'refused' }>['refusal']): HubCheck => ({
  tag: 'refused',
  refusal,
  detail: 'x',
})

describe('diagnose', () => {
  it('SYN-5 says that all is well only when nothing is found', () => {
    expect(diagnose(WELL)).toEqual([{ tag: 'allWell', weight: 'ok', params: {} }])
    expect(tags({ check: { tag: 'notEnrolled' } })).toEqual(['alone'])
  })

  it('SYN-5 names why the hub cannot be reached', () => {
    expect(tags({ check: unreachable('noNetwork') })).toEqual(['noNetwork'])
    expect(tags({ check: unreachable('nameUnknown') })).toEqual(['nameUnknown'])
    expect(tags({ check: unreachable('refused') })).toEqual(['hubDown'])
    expect(tags({ check: unreachable('other') })).toEqual(['hubDown'])
    expect(tags({ check: unreachable('timeout') })).toEqual(['timeout'])
    expect(tags({ check: unreachable('tls') })).toEqual(['tls'])
    expect(tags({ check: { tag: 'hostGone', detail: '' } })).toEqual(['hostGone'])
  })

  it('SYN-5 a PC without a network is the cause, unless the hub runs on it', () => {
    expect(tags({ check: unreachable('timeout'), online: false })).toEqual(['noNetwork'])
    expect(tags({ check: unreachable('refused'), online: false, hubIsHere: true })).toEqual(['hubDown'])
  })

  it('SYN-5 names why the hub refuses', () => {
    expect(tags({ check: refused('revoked') })).toEqual(['revoked'])
    expect(tags({ check: refused('unknownStation') })).toEqual(['unknownStation'])
    expect(tags({ check: refused('badSignature') })).toEqual(['badSignature'])
    expect(tags({ check: refused('ending') })).toEqual(['hubDown'])
    expect(tags({ check: refused('internal') })).toEqual(['hubFault'])
    expect(tags({ check: { tag: 'versionTooOld', minimum: 2 } })).toEqual(['versionTooOld'])
  })

  it('SYN-5 names a clock that is off, also when everything else works', () => {
    expect(tags({ clockOffsetMs: 120_000 })).toEqual(['allWell'])
    expect(diagnose({ ...WELL, clockOffsetMs: 7 * 60_000 })).toEqual([
      { tag: 'clockSlow', weight: 'warn', params: { minutes: 7 } },
    ])
    expect(diagnose({ ...WELL, clockOffsetMs: -181_000 })).toEqual([
      { tag: 'clockFast', weight: 'warn', params: { minutes: 3 } },
    ])
    expect(diagnose({ ...WELL, check: refused('clockOff'), clockOffsetMs: 3_600_000 })).toEqual([
      { tag: 'clockSlow', weight: 'stop', params: { minutes: 60 } },
    ])
  })

  it('SYN-5 names a hub that has forgotten, once, and a leftover copy of a station', () => {
    const behind = { tag: 'hubBehind', detail: '4 < 10' } as const
    expect(tags({ check: { tag: 'welcome', sequence: 4 } })).toEqual(['hubBehind'])
    expect(tags({ check: { tag: 'welcome', sequence: 4 }, trouble: behind })).toEqual(['hubBehind'])
    expect(tags({ trouble: { tag: 'generationClosed', detail: '9' } })).toEqual(['generationClosed'])
    expect(tags({ trouble: { tag: 'otherHub', detail: '' } })).toEqual(['otherHub'])
  })

  it('SYN-5 a trouble that this very check has disproved is no finding', () => {
    expect(tags({ trouble: { tag: 'hubDown', detail: '' } })).toEqual(['allWell'])
    expect(tags({ trouble: { tag: 'revoked', detail: '' } })).toEqual(['allWell'])
  })

  it('SYN-5 names a full disk once, and a journal that does not follow', () => {
    const full = { tag: 'diskFull', detail: '' } as const
    expect(tags({ freeBytes: 100 * 1024 * 1024 })).toEqual(['diskFull'])
    expect(tags({ freeBytes: 0, trouble: full })).toEqual(['diskFull'])
    expect(tags({ freeBytes: 0, trouble: full, check: { tag: 'notEnrolled' } })).toEqual(['diskFull'])
    expect(tags({ freeBytes: null })).toEqual(['allWell'])
    expect(tags({ journalLag: 501 })).toEqual(['journalLag'])
    expect(tags({ journalLag: 5, journalTrouble: 'notOwner' })).toEqual(['journalStuck'])
  })

  it('SYN-5 puts what stops the work before what is only to be seen to', () => {
    expect(tags({ quarantined: 2, journalTrouble: 'diskFull', clockOffsetMs: 500_000 })).toEqual([
      'journalStuck',
      'clockSlow',
      'quarantined',
    ])
  })
})
