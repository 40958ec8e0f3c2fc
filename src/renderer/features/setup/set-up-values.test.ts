import { describe, expect, it } from 'vitest'
import {
  badgeText,
  EMPTY_SET_UP,
  hasClerk,
  type SetUpValues,
  tidySetUp,
  validateSetUp,
} from './set-up-values.ts'

const GOOD: SetUpValues = {
  ...EMPTY_SET_UP,
  shopName: '蜀都精品',
  stationName: '打包台 1',
  managerName: '张主管',
  managerPin: '1234',
  managerBadge: '1001',
}

const TWO: SetUpValues = { ...GOOD, clerkName: '王收货', clerkPin: '5678', clerkBadge: '1002' }

describe('set-up values', () => {
  it('one person or two are enough to begin', () => {
    expect(validateSetUp(GOOD)).toEqual({})
    expect(validateSetUp(TWO)).toEqual({})
  })

  it('names every missing field of the manager and none of an absent clerk', () => {
    expect(validateSetUp({ ...EMPTY_SET_UP, shopName: '  ' })).toEqual({
      shopName: 'missing',
      stationName: 'missing',
      managerName: 'missing',
      managerPin: 'missing',
      managerBadge: 'missing',
    })
  })

  it('a clerk begun is a clerk to be finished', () => {
    const begun = { ...GOOD, clerkBadge: 'BADGE-1002' }
    expect(hasClerk(begun)).toBe(true)
    expect(validateSetUp(begun)).toEqual({ clerkName: 'missing', clerkPin: 'missing' })
  })

  it('SEC-2 a PIN has 4 to 12 digits, full-width ones included', () => {
    for (const pin of ['123', '1234567890123', '12a4'])
      expect(validateSetUp({ ...GOOD, managerPin: pin })).toEqual({ managerPin: 'pinDigits' })
    expect(validateSetUp({ ...GOOD, managerPin: '１２３４' })).toEqual({})
    expect(tidySetUp({ ...GOOD, managerPin: '１２３４' }).managerPin).toBe('1234')
  })

  it('RCV-7 two people have two badges, however they were typed', () => {
    expect(validateSetUp({ ...TWO, clerkBadge: ' badge-1001 ' })).toEqual({ clerkBadge: 'badgeTaken' })
  })

  it('a badge must fit a barcode', () => {
    expect(validateSetUp({ ...GOOD, managerBadge: '张 1' })).toEqual({ managerBadge: 'badgeCharacters' })
  })

  it('a scanned badge is kept without its prefix and in comparing form', () => {
    expect(badgeText('BADGE-1001')).toBe('1001')
    expect(badgeText('1001')).toBe('1001')
    expect(tidySetUp({ ...GOOD, managerBadge: 'ＢＡＤＧＥ-ab1' }).managerBadge).toBe('AB1')
  })

  it('a name of 61 characters is too long for a badge list', () => {
    expect(validateSetUp({ ...GOOD, managerName: '𠮷'.repeat(60) })).toEqual({})
    expect(validateSetUp({ ...GOOD, managerName: '𠮷'.repeat(61) })).toEqual({ managerName: 'tooLong' })
  })
})
