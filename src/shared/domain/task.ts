import type { Choice, Params } from './answer.ts'
import type { Area } from './scan.ts'

/**
 * A question on screen whose numbered choices `ANS-n` answers. It stands until the next scan of its area and no longer,
 * so that a stray answer never acts on something that is no longer on screen.
 */
export interface Question {
  /** Which question, for instance `linkUnknown`. */
  readonly about: string
  readonly choices: readonly Choice[]
  /** What the answer needs, for instance the unknown code. */
  readonly params: Params
}

/** What every open task of the floor has in common. The whole task is plain JSON: steps store patches of it. */
export interface TaskBase<A extends Area> {
  readonly area: A
  readonly taskId: string
  readonly openedAt: number
  readonly openedBy: string | null
  /** The last step that `CMD-BACK` would undo; steps form a chain (interface.md, scan-only grammar). */
  readonly undoHead: string | null
}

/** A signature by badge or PIN: who, when, in which role's place. */
export interface Signature {
  readonly personId: string
  readonly name: string
  readonly at: number
  readonly as: 'clerk' | 'countersign' | 'sole' | 'packer' | 'courier'
}
