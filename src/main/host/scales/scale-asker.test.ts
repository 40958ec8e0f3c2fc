import { describe, expect, it } from 'vitest'
import { createAsker } from './scale-asker.ts'

/**
 * Lets time pass in steps of 25 ms; `says`: the scale tells a weight now. Answers what it was asked.
 */
function play(
  asker: ReturnType<typeof createAsker>,
  options: { readonly ms: number; readonly says?: (nowMs: number, asked: string | null) => boolean },
): readonly { readonly atMs: number; readonly text: string }[] {
  const sent: { atMs: number; text: string }[] = []
  for (let now = 0; now <= options.ms; now += 25) {
    const question = asker.due(now)
    const text = question === null ? null : String.fromCharCode(...question)
    if (text !== null) sent.push({ atMs: now, text })
    if (options.says?.(now, text)) asker.heard(now)
  }
  return sent
}

describe('asking a scale', () => {
  it('PAK-4 asks every 100 ms with the question that was answered', () => {
    const sent = play(createAsker(null, 0), { ms: 3_000, says: (_now, asked) => asked === 'SI\r\n' })
    expect(sent.slice(0, 3).map(({ text }) => text)).toEqual(['Q\r\n', 'SI\r\n', 'SI\r\n'])
    const gaps = sent.slice(2).map(({ atMs }, index) => atMs - (sent[index + 1]?.atMs ?? 0))
    expect(new Set(gaps)).toEqual(new Set([100]))
  })

  it('PAK-4 tries each question in turn while nobody answers, also with a parity bit', () => {
    const sent = play(createAsker(null, 0), { ms: 1_300 })
    expect(sent.map(({ text }) => text)).toEqual([
      'Q\r\n',
      'SI\r\n',
      '\u00d1\u008d\n',
      'S\u00c9\u008d\n',
      'Q\r\n',
    ])
    expect(sent[0]?.atMs).toBe(250)
  })

  it('PAK-4 leaves a scale alone that talks by itself, and asks it when it has stopped', () => {
    const sent = play(createAsker('ad', 0), { ms: 2_000, says: (now) => now <= 1_000 && now % 200 === 0 })
    expect(sent[0]).toEqual({ atMs: 1_600, text: 'Q\r\n' })
  })

  it('PAK-4 asks nothing of a scale that only talks', () => {
    expect(play(createAsker('toledo', 0), { ms: 5_000 })).toEqual([])
  })
})
