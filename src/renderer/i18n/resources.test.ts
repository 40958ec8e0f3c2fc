import { describe, expect, it } from 'vitest'
import { firstLanguage } from './i18n.ts'
import { resources } from './resources.ts'

/** Flattens words to `area.key.key` → the sorted names of its {{params}}. */
function shapeOf(words: object, path = ''): Map<string, string> {
  const shape = new Map<string, string>()
  for (const [key, value] of Object.entries(words)) {
    const here = path === '' ? key : `${path}.${key}`
    if (typeof value === 'string') {
      const params = [...value.matchAll(/\{\{\s*([\w.]+)/g)].map((match) => match[1])
      shape.set(here, [...new Set(params)].sort().join(','))
    } else {
      for (const [inner, params] of shapeOf(value, here)) shape.set(inner, params)
    }
  }
  return shape
}

describe('words', () => {
  const chinese = shapeOf(resources['zh-CN'])
  const english = shapeOf(resources.en)

  it('both languages have the same keys', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort())
  })

  it('both languages take the same parameters at every key', () => {
    expect([...english].sort()).toEqual([...chinese].sort())
  })

  it('no word is empty', () => {
    const empty = JSON.stringify(resources).match(/"[^"]+":""/g)
    expect(empty).toBeNull()
  })
})

describe('first language', () => {
  it('follows the stored choice, then the system', () => {
    expect(firstLanguage('en', 'zh-CN')).toBe('en')
    expect(firstLanguage(null, 'zh-Hans-CN')).toBe('zh-CN')
    expect(firstLanguage(null, 'de-DE')).toBe('en')
    expect(firstLanguage('klingon', 'zh-TW')).toBe('zh-CN')
  })
})
