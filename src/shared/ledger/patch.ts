/**
 * Small differences between two JSON documents. A work step stores the way forward (so that a journal can be replayed
 * without deciding again) and the way back (so that `CMD-BACK` undoes exactly one scan, whatever it was).
 */

/** One change: at `path`, the value becomes `value`; without `value` the member is gone. */
export interface PatchChange {
  readonly path: readonly string[]
  readonly value?: unknown
}
export type Patch = readonly PatchChange[]

type Container = Record<string, unknown>

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null

/** An array's length is a member of its own, so that appending costs one change and not a copy. */
const LENGTH = 'length'

/** The patch that makes `after` out of `before`; subtrees that are the same object are not looked into. */
export function diff(before: unknown, after: unknown): Patch {
  const changes: PatchChange[] = []
  walk([], before, after, changes)
  return changes
}

function walk(path: readonly string[], before: unknown, after: unknown, changes: PatchChange[]): void {
  if (Object.is(before, after)) return
  const sameKind = isContainer(before) && isContainer(after) && Array.isArray(before) === Array.isArray(after)
  if (!sameKind) {
    changes.push(after === undefined ? { path } : { path, value: after })
    return
  }
  if (Array.isArray(after) && Array.isArray(before) && after.length < before.length)
    changes.push({ path: [...path, LENGTH], value: after.length })
  for (const name of Object.keys(after)) walk([...path, name], member(before, name), after[name], changes)
  if (Array.isArray(after)) return
  for (const name of Object.keys(before))
    if (!Object.hasOwn(after, name)) changes.push({ path: [...path, name] })
}

/** Applies a patch and returns a new document; `document` is not changed. */
export function applyPatch(document: unknown, patch: Patch): unknown {
  return patch.reduce((current: unknown, change) => applyAt(current, change.path, change), document)
}

function applyAt(current: unknown, path: readonly string[], change: PatchChange): unknown {
  const [name, ...rest] = path
  if (name === undefined) return 'value' in change ? change.value : undefined
  if (Array.isArray(current)) {
    if (name === LENGTH && rest.length === 0) return current.slice(0, Number(change.value))
    const copy = [...current]
    copy[Number(name)] = applyAt(copy[Number(name)], rest, change)
    return copy
  }
  const copy: Container = isContainer(current) ? { ...current } : {}
  const next = applyAt(member(copy, name), rest, change)
  if (next === undefined) delete copy[name]
  else setMember(copy, name, next)
  return copy
}

/** A document may have a member called `toString`; what every object inherits is none of its members. */
const member = (container: Container, name: string): unknown =>
  Object.hasOwn(container, name) ? container[name] : undefined

/** Assigning to `__proto__` would change the object's class; a code read from a file may be called just that. */
function setMember(container: Container, name: string, value: unknown): void {
  Object.defineProperty(container, name, { value, enumerable: true, configurable: true, writable: true })
}
