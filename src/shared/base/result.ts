/** An expected outcome: either the value or a tagged rejection. */
export type Result<T, E> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E }

/** The good outcome. */
export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value })

/** The expected bad outcome. */
export const err = <E>(error: E): { ok: false; error: E } => ({ ok: false, error })
