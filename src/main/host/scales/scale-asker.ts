import { SCALE_DIALECTS, type ScaleDialect, weightQuestion } from '../../../shared/formats/scale-frames.ts'
import { withEvenParity } from './parity.ts'

/** A scale that talks by itself is listened to for so long before it is asked anything. */
const LISTEN_FIRST_MS = 250
/** From one answered question to the next. */
const ASK_EVERY_MS = 100
/** How long a question may stay unanswered before another one is tried. */
const ANSWER_MS = 220
/** A scale that talked by itself and has stopped is asked after so long. */
const FELL_SILENT_MS = 600

/** Decides when a scale is asked for its weight, and how. */
export interface ScaleAsker {
  /** What to send now; null: nothing. */
  due(nowMs: number): Uint8Array | null
  /** A reading has come. */
  heard(nowMs: number): void
}

/**
 * Asks a scale only when it does not talk by itself. While its dialect or its parity are not known, the questions are
 * tried in turn; the one that was answered is kept.
 * @param dialect null: not known yet
 * @param nowMs milliseconds of a clock that does not jump
 */
export function createAsker(dialect: ScaleDialect | null, nowMs: number): ScaleAsker {
  const questions = questionsFor(dialect)
  let turn = 0
  let askedAt: number | null = null
  let heardAt = nowMs
  let answered = true
  let talksByItself = true
  let patienceMs = LISTEN_FIRST_MS
  return {
    heard: (now) => {
      talksByItself = askedAt === null || answered
      heardAt = now
      patienceMs = FELL_SILENT_MS
      answered = true
    },
    due: (now) => {
      const question = questions[turn % questions.length]
      if (question === undefined) return null
      if (talksByItself && now - heardAt < patienceMs) return null
      if (askedAt !== null && now - askedAt < (answered ? ASK_EVERY_MS : ANSWER_MS)) return null
      const next = answered ? question : questions[++turn % questions.length]
      askedAt = now
      answered = false
      talksByItself = false
      return next ?? question
    },
  }
}

function questionsFor(dialect: ScaleDialect | null): readonly Uint8Array[] {
  const dialects = dialect === null ? SCALE_DIALECTS : [dialect]
  const texts = dialects.map(weightQuestion).filter((text) => text !== null)
  const plain = texts.map((text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0)))
  return [...plain, ...texts.map(withEvenParity)]
}
