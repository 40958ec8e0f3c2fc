import { describe, expect, it } from 'vitest'
import { DEFAULT_PACKING_RULES } from '../../../shared/domain/packing/packing-rules.ts'
import { draftOf, rulesOf } from './rule-draft.ts'

describe('draft of the packing rules', () => {
  it('PAK-6 what was not changed is stored as it was, whichever language it was read in', () => {
    expect(rulesOf(draftOf(DEFAULT_PACKING_RULES, 'zh-CN'))).toEqual(DEFAULT_PACKING_RULES)
    expect(rulesOf(draftOf(DEFAULT_PACKING_RULES, 'en'))).toEqual(DEFAULT_PACKING_RULES)
  })

  it('PAK-6 lines of the shop stay as they were written, blanks and repetitions left out', () => {
    const draft = { ...draftOf(DEFAULT_PACKING_RULES, 'zh-CN'), usual: '  封口 \n\n吊牌朝上\n吊牌朝上' }
    const categories = [{ category: ' 玻璃杯 ', text: '双层纸箱' }]
    expect(rulesOf({ ...draft, categories })).toMatchObject({
      usual: ['@sealed', '吊牌朝上'],
      categories: [{ category: '玻璃杯', lines: ['双层纸箱'] }],
    })
  })

  it('PAK-6 names what is wrong and the category that it is wrong with', () => {
    const draft = draftOf(DEFAULT_PACKING_RULES, 'en')
    const withRule = (category: string, text: string) =>
      rulesOf({
        ...draft,
        categories: [
          { category: 'Cups', text: 'Boxed' },
          { category, text },
        ],
      })
    expect(rulesOf({ ...draft, usual: ' \n' })).toEqual({ fault: 'blankRule', of: '' })
    expect(withRule('Jeans', 'a\nb\nc\nd\ne\nf')).toEqual({ fault: 'tooManyLines', of: 'Jeans' })
    expect(withRule('Jeans', 'x'.repeat(33))).toEqual({ fault: 'tooLong', of: 'Jeans' })
    expect(withRule(' ', 'Boxed')).toEqual({ fault: 'blankCategory', of: '' })
    expect(withRule('cups', 'Boxed')).toEqual({ fault: 'twice', of: 'cups' })
  })
})
