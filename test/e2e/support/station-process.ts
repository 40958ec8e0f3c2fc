import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))))

/** A station as a person would start it without a window. */
export interface StationProcess {
  /** With the launch token, as it was printed. */
  readonly url: string
  readonly port: number
  readonly dataDirectory: string
  /** Ends it as a person would (SIGTERM); answers the exit code. */
  stop(): Promise<number | null>
  /** Ends it as a power cut would. */
  kill(): Promise<void>
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}

/** Runs `npm start -- --browser`'s script and waits for its ready line on standard output. */
export async function startStation(dataDirectory: string, port?: number): Promise<StationProcess> {
  const chosen = port ?? (await freePort())
  const script = join(ROOT, 'scripts/start.mjs')
  const args = [script, '--browser', '--port', String(chosen), '--data', dataDirectory]
  // A group of its own: a power cut takes the script and the host that it started.
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const url = await readyUrl(child)
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  return {
    url,
    port: chosen,
    dataDirectory,
    stop: () => {
      child.kill('SIGTERM')
      return ended
    },
    kill: async () => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      await ended
    },
  }
}

function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    let errors = ''
    const timer = setTimeout(() => reject(new Error(`no ready line: ${output} ${errors}`)), 180_000)
    child.stderr?.on('data', (chunk) => {
      errors += String(chunk)
    })
    child.stdout?.on('data', (chunk) => {
      output += String(chunk)
      const ready = /^Station ready: (http:\S+)$/m.exec(output)
      if (!ready?.[1]) return
      clearTimeout(timer)
      resolve(ready[1])
    })
    child.once('exit', (code) => reject(new Error(`station ended with ${code}: ${errors}`)))
  })
}
