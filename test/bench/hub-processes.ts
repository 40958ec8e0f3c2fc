import { type ChildProcess, fork, spawn } from 'node:child_process'
import { join } from 'node:path'

const READY_LIMIT_MS = 60_000

/** A built hub in a process of its own. */
export interface BenchHub {
  readonly url: string
  /** The one-time code that it said at its start; null when stations were enrolled already. */
  readonly code: string | null
  stop(): Promise<void>
}

/** Starts `out/main/hub.js` on a database. */
export async function startHub(root: string, database: string): Promise<BenchHub> {
  const args = [join(root, 'out/main/hub.js'), '--port', '0', '--database', database]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let said = ''
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (): void => reject(new Error(`the hub did not start: ${said}`))
    const timer = setTimeout(fail, READY_LIMIT_MS)
    const hear = (chunk: unknown): void => {
      said += String(chunk)
      const ready = /^Hub ready: (\S+)$/m.exec(said)?.[1]
      if (ready === undefined) return
      clearTimeout(timer)
      resolve(ready)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', fail)
  })
  const code = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2,}/.exec(said)?.[0] ?? null
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await ended
  }
  return { url, code, stop }
}

/** A helper process that does one thing after another. */
export interface Worker {
  ask<T>(message: object): Promise<T>
  stop(): void
}

/** Starts a built module of the benchmark as a process that answers each message with one. */
export function startWorker(script: string): Worker {
  const child: ChildProcess = fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  return {
    ask: <T>(message: object) =>
      new Promise<T>((resolve, reject) => {
        const gone = (code: number | null): void => reject(new Error(`${script} ended with ${code}`))
        child.once('exit', gone)
        child.once('message', (answer: { error?: string; value?: T }) => {
          child.off('exit', gone)
          if (answer.error === undefined) resolve(answer.value as T)
          else reject(new Error(answer.error))
        })
        child.send(message)
      }),
    stop: () => void child.kill(),
  }
}

/** The other end of {@link startWorker}. */
export function answerMessages<M>(answer: (message: M) => Promise<unknown>): void {
  process.on('message', (message) => {
    answer(message as M).then(
      (value) => process.send?.({ value }),
      (error: unknown) => process.send?.({ error: String(error instanceof Error ? error.stack : error) }),
    )
  })
}
