import { describe, expect, it } from 'vitest'
import { colourOfName } from './colour-of-name.ts'

describe('colour of a name', () => {
  it('knows the shop’s colours', () => {
    const names = [
      '深蓝',
      '浅蓝',
      '黑',
      '灰',
      '白',
      '雾蓝',
      '砖红',
      '奶油',
      '碎花',
      '杏色',
      '军绿',
      '米白',
      '透明',
      '琥珀',
    ]
    for (const name of names) expect(colourOfName(name), name).not.toBeNull()
  })

  it('takes the longest word: 雾蓝 is not 蓝, 深蓝色 is 深蓝', () => {
    expect(colourOfName('雾蓝')).not.toBe(colourOfName('蓝'))
    expect(colourOfName('深蓝色')).toBe(colourOfName('深蓝'))
    expect(colourOfName('Navy')).toBe(colourOfName('深蓝'))
  })

  it('says so when it does not know the word', () => {
    expect(colourOfName('如图')).toBeNull()
    expect(colourOfName('')).toBeNull()
  })
})
