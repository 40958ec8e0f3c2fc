import {
  DELIVERED_LINES,
  deliveredLine,
  MOST_RULE_LINES,
  type PackingRules,
  PackingRulesSchema,
} from '../../../shared/domain/packing/packing-rules.ts'
import { resources } from '../../i18n/resources.ts'

type Language = keyof typeof resources

/** The rules as they stand in the form: one line of text is one line of a rule. */
export interface RuleDraft {
  readonly usual: string
  readonly fragile: string
  readonly categories: readonly { readonly category: string; readonly text: string }[]
}

/** Why a draft cannot be saved; `of` is the category it is about, empty for goods of any. */
export interface DraftFault {
  readonly fault: 'blankRule' | 'tooManyLines' | 'tooLong' | 'blankCategory' | 'twice'
  readonly of: string
}

/** A line as it is read; the shop's own words are the same in every language. */
export function lineText(line: string, language: Language): string {
  const tag = deliveredLine(line)
  return tag === null ? line : resources[language].dispatch.packing.line[tag]
}

/** A line as it is stored: what the station has words for keeps its tag, so that the other language has it too. */
export function lineOf(text: string): string {
  const words = Object.values(resources).map(({ dispatch }) => dispatch.packing.line)
  const tag = DELIVERED_LINES.find((known) => words.some((line) => line[known] === text))
  return tag === undefined ? text : `@${tag}`
}

export function draftOf(rules: PackingRules, language: Language): RuleDraft {
  const text = (lines: readonly string[]): string => lines.map((line) => lineText(line, language)).join('\n')
  return {
    usual: text(rules.usual),
    fragile: text(rules.fragile),
    categories: rules.categories.map(({ category, lines }) => ({ category, text: text(lines) })),
  }
}

/** The rules that the draft means, or the first thing that is wrong with it. */
export function rulesOf(draft: RuleDraft): PackingRules | DraftFault {
  const parts = [
    { of: '', text: draft.usual },
    { of: '', text: draft.fragile },
    ...draft.categories.map(({ category, text }) => ({ of: category.trim(), text })),
  ]
  const names = parts.slice(2).map(({ of }) => of.normalize('NFKC').toUpperCase())
  const twice = names.findIndex((name, index) => names.indexOf(name) !== index)
  if (names.includes('')) return { fault: 'blankCategory', of: '' }
  if (twice >= 0) return { fault: 'twice', of: parts[twice + 2]?.of ?? '' }
  for (const { of, text } of parts) {
    const lines = linesOf(text)
    if (lines.length === 0) return { fault: 'blankRule', of }
    if (lines.length > MOST_RULE_LINES) return { fault: 'tooManyLines', of }
    if (!PackingRulesSchema.shape.usual.safeParse(lines).success) return { fault: 'tooLong', of }
  }
  return {
    version: 1,
    usual: linesOf(draft.usual),
    fragile: linesOf(draft.fragile),
    categories: draft.categories.map(({ category, text }) => ({
      category: category.trim(),
      lines: linesOf(text),
    })),
  }
}

const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map(lineOf),
  ),
]
