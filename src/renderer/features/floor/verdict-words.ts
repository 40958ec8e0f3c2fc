import type { Answer, Params } from '../../../shared/domain/answer.ts'
import { floor } from '../../i18n/zh-CN/floor.ts'

/** What a verdict says; codes to look for or to scan stand in backticks. */
export interface SpokenVerdict {
  readonly title: string
  readonly next: string
  readonly choices: readonly string[]
}

/** Says the first of the keys that has words in the station's language; keys are those of the area `floor`. */
export type Say = (keys: readonly string[], params: Params) => string

/** Puts an answer's tags and figures into words. */
export function speakAnswer(say: Say, answer: Answer): SpokenVerdict {
  const own = { ...BLANKS, ...namedParams(say, answer.params) }
  const all = { ...own, ...answer.nextParams }
  const { next, choices = [] } = answer
  return {
    title: tidy(say(titleKeys(answer), own)),
    next: tidy(say(all.bin === '' ? [`next.${next}_noBin`, `next.${next}`] : [`next.${next}`], all)),
    choices: choices.map((choice) => say([`choice.${choice.tag}`], { ...own, ...choice.params })),
  }
}

/**
 * Every figure and name that words may take, empty: an answer gives those it knows, and what it leaves out is left out
 * of the sentence.
 */
const BLANKS: Params = Object.fromEntries(
  [...JSON.stringify([floor.verdict, floor.next, floor.choice]).matchAll(/\{\{(\w+)\}\}/g)].map(
    ([, name = '']) => [name, ''],
  ),
)

/** A sentence whose last name is not known ends before it. */
const tidy = (text: string): string => text.replace(/[\s·]+$/u, '').trim()

/** A reason's titles, the most special first: by the next step, by its figures, the plain one. */
function titleKeys({ reason, next, params }: Answer): string[] {
  const byFigures = isBlank(params) ? ['blank'] : isOver(params) ? ['over'] : []
  return [next, ...byFigures, 'title'].map((variant) => `verdict.${reason}.${variant}`)
}

/** A blind receipt has neither a number nor an expected quantity. */
const isBlank = ({ expected, number, supplier }: Params): boolean =>
  expected === '' || (number === '' && supplier === '')

const isOver = ({ expected, counted }: Params): boolean =>
  typeof expected === 'number' && typeof counted === 'number' && counted > expected

/** Parameters that are tags themselves are said in words: the kind of a bin, what is odd about an address. */
function namedParams(say: Say, params: Params): Params {
  const { kind, doubts } = params
  return {
    ...params,
    ...(typeof kind === 'string' ? { kind: say([`binKind.${kind}`], {}) } : {}),
    ...(typeof doubts === 'string' ? { doubts: inWords(say, doubts) } : {}),
  }
}

const inWords = (say: Say, doubts: string): string =>
  doubts
    .split(' ')
    .filter((doubt) => doubt !== '')
    .map((doubt) => say([`doubt.${doubt}`], {}))
    .join(' · ')
