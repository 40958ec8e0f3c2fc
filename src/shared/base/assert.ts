/** Thrown when the program contradicts itself; never used for what a person or a file may do wrong. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError'
}

/** States what must hold for the program to go on; stays in production builds. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message)
}

/** Closes a switch over a union: a new member that is not handled is a type error, and an assert at run time. */
export function assertNever(value: never, what: string): never {
  throw new InvariantError(`unexpected ${what}: ${JSON.stringify(value)}`)
}
