/** Runs one task after the other, in the order of calls; a failed task does not stop the next. */
export type Queue = <T>(task: () => Promise<T>) => Promise<T>

/** Makes an empty queue. */
export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const run = last.then(task, task)
    last = run.catch(() => undefined)
    return run
  }
}
