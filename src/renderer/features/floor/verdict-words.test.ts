import i18next from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Answer, ask, REASONS, right, stop } from '../../../shared/domain/answer.ts'
import { resources } from '../../i18n/resources.ts'
import { type Say, speakAnswer } from './verdict-words.ts'

const sources = Object.values(
  import.meta.glob<string>(
    [
      '../../../shared/station/areas/*.ts',
      '../../../shared/station/*.ts',
      '../../../shared/domain/**/*.ts',
      '!**/*.test.ts',
    ],
    { query: '?raw', import: 'default', eager: true },
  ),
)
const documents = Object.values(
  import.meta.glob<string>('../../../../docs/verdicts.md', { query: '?raw', import: 'default', eager: true }),
)

/** The whole call that begins at `from`, brackets balanced. */
function callAt(source: string, from: number): string {
  let depth = 0
  for (let at = from; at < source.length; at += 1) {
    if (source[at] === '(') depth += 1
    if (source[at] === ')') depth -= 1
    if (source[at] === ')' && depth === 0) return source.slice(from, at + 1)
  }
  return ''
}

/** Tags of a `next` expression: `'weigh'`, `a ? 'b' : 'c'`; tests such as `=== 'voided'` are none. */
const tagsIn = (expression: string): string[] =>
  [...expression.matchAll(/(?:^|[?:])\s*'([A-Za-z.]+)'/g)].map((match) => match[1] ?? '')

function nextTags(): string[] {
  const written = sources.flatMap((source) =>
    [...source.matchAll(/\bnext\s*(?::|=(?!=))\s*([^,;}]+)/g)].flatMap((match) => tagsIn(match[1] ?? '')),
  )
  const byReason = sources.flatMap((source) =>
    [...source.matchAll(/\b(?:right|stop|ask)\('([A-Za-z]+)'/g)].flatMap((match) => {
      const call = callAt(source, match.index)
      return /\bnext\b|Step\(|\bdetail\b/.test(call) ? [] : [match[1] ?? '']
    }),
  )
  const suggested = ['sameSkuSameMeasure', 'sameSku', 'sameCategory', 'freeCapacity', 'none']
  return [
    ...new Set([...written, ...byReason, ...suggested.map((reason) => `suggest.${reason}`), 'notStored']),
  ]
}

function choiceTags(): string[] {
  const lists = sources.flatMap((source) =>
    [...source.matchAll(/(?:choices|CHOICES)\b[^=\n]*=\s*(\[[^\]]*\])/g)].map((match) => match[1] ?? ''),
  )
  const mapped = sources.flatMap((source) => [...source.matchAll(/\(\{ tag: '(\w+)', params/g)])
  return [
    ...new Set([
      ...lists.flatMap((list) => [...list.matchAll(/tag: '(\w+)'/g)].map((match) => match[1] ?? '')),
      ...mapped.map((match) => match[1] ?? ''),
    ]),
  ]
}

function say(language: string): Say {
  const translate = i18next.getFixedT(language, 'floor') as unknown as (
    keys: readonly string[],
    params: object,
  ) => string
  return (keys, params) => translate(keys, params)
}

beforeAll(() =>
  i18next.init({
    resources,
    lng: 'zh-CN',
    fallbackLng: false,
    showSupportNotice: false,
    interpolation: { escapeValue: false },
  }),
)

describe.each(['zh-CN', 'en'] as const)('verdicts in %s', (language) => {
  const has = (key: string): boolean => i18next.exists(key, { ns: 'floor', lng: language })

  it('PAK-1 every reason says what happened', () => {
    expect(REASONS.filter((reason) => !has(`verdict.${reason}.title`))).toEqual([])
  })

  it('PAK-1 every next step says what to do', () => {
    const tags = nextTags()
    expect(tags.length).toBeGreaterThan(90)
    expect(tags.filter((tag) => !has(`next.${tag}`))).toEqual([])
  })

  it('PAK-9 every numbered choice has words', () => {
    const tags = choiceTags()
    expect(tags.length).toBeGreaterThan(18)
    expect(tags.filter((tag) => !has(`choice.${tag}`))).toEqual([])
  })
})

describe('words of an answer', () => {
  const wrongSize: Answer = stop('wrongSku', 'PAK-1', {
    params: {
      title: '牛仔裤 2031 深蓝 30',
      size: '30',
      colour: '深蓝',
      wanted: '牛仔裤 2031 深蓝 31',
      wantedSize: '31',
      bin: 'A-03-2-04',
    },
    next: 'wrongSize',
  })

  it('PAK-1 names the cause: this is size 30, the order wants 31', () => {
    expect(speakAnswer(say('zh-CN'), wrongSize)).toMatchObject({
      title: '不对 · 这是 30 码，订单要 31',
      next: '放回，31 码在 `A-03-2-04`',
    })
    expect(speakAnswer(say('en'), wrongSize).title).toBe('Wrong · this is size 30, the order wants 31')
  })

  it('PAK-1 does not send anyone to a bin that is not known', () => {
    const inCart = { ...wrongSize, params: { ...wrongSize.params, bin: '' } }
    expect(speakAnswer(say('zh-CN'), inCart).next).toBe('放回，拿 `牛仔裤 2031 深蓝 31`')
  })

  it('RCV-1 a blind count has no expected figure, an over-count says so', () => {
    const counted = (expected: number | '', pieces: number): string =>
      speakAnswer(
        say('zh-CN'),
        right('pieceCounted', 'RCV-1', { params: { title: 'T恤', counted: pieces, expected } }),
      ).title
    expect(counted('', 3)).toBe('对 · T恤 · 第 3 件')
    expect(counted(20, 3)).toBe('对 · T恤 · 3 / 20')
    expect(counted(20, 21)).toBe('多了 · T恤 · 21 / 20')
  })

  it('PUT-3 a bin kind is said in words', () => {
    const answer = stop('wrongBinKind', 'PUT-3', { params: { bin: 'Q-01', kind: 'quarantine' } })
    expect(speakAnswer(say('zh-CN'), answer).title).toBe('Q-01 是待检货位，不放可售的货')
  })

  it('PAK-9 choices carry their figures', () => {
    const answer = ask('measureWanted', 'ORD-6', {
      choices: [{ tag: 'takeSuggested', params: { measureMm: 770 } }],
    })
    expect(speakAnswer(say('en'), answer).choices).toEqual(['Yes, 770 mm'])
  })

  it('PAK-9 a name that the answer does not give is left out', () => {
    expect(speakAnswer(say('zh-CN'), right('resumed', 'PAK-9')).title).toBe('取回，接着做')
    const asked = ask('measureWanted', 'ORD-6', { next: 'confirmWanted' })
    expect(speakAnswer(say('zh-CN'), asked).title).toBe('先问买家要多大腰围')
  })

  it('no answer shows a placeholder, whatever it leaves out', () => {
    const spoken = REASONS.flatMap((reason) => {
      const { title, next } = speakAnswer(say('en'), stop(reason, 'PAK-1'))
      return [title, next]
    })
    expect(spoken.filter((text) => text.includes('{{'))).toEqual([])
  })

  it('SEC-3 imported text stays text', () => {
    const answer = stop('unknownCode', 'PAK-1', { params: { code: '<b>$t(x){{y}}' } })
    expect(speakAnswer(say('en'), answer).title).toBe('Unknown code · <b>$t(x){{y}}')
  })
})

describe('docs/verdicts.md', () => {
  it('PAK-1 lists every reason', () => {
    const text = documents.join('')
    expect(REASONS.filter((reason) => !new RegExp(`^\\| \`${reason}\` +\\|`, 'm').test(text))).toEqual([])
  })
})
