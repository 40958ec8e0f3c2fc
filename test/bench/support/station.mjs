import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))))
const READY_LIMIT_MS = 60_000

/** The built loopback host on a free port: its address with the launch token, and how to end it. */
export async function startStation(data, script = join(ROOT, 'out/main/http.js')) {
  if (!existsSync(script)) throw new Error('the station is not built: run `npm run build` first')
  const args = [script, '--port', String(await freePort()), '--data', data]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  try {
    return { url: await readyUrl(child), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function readyUrl(child) {
  return new Promise((resolve, reject) => {
    let output = ''
    const timer = setTimeout(() => reject(new Error(`no ready line: ${output}`)), READY_LIMIT_MS)
    child.stdout.on('data', (chunk) => {
      output += String(chunk)
      const ready = /^Station ready: (http:\S+)$/m.exec(output)
      if (!ready) return
      clearTimeout(timer)
      resolve(ready[1])
    })
    child.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`the station ended with ${code}`))
    })
  })
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
