// What the starting scripts share: words on standard error, and a child that lives and ends with its script.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/** Everything but the child's own lines goes to standard error: scripts read standard output. */
export function say(text) {
  process.stderr.write(`${text}\n`)
}

export function fail(text) {
  say(text)
  process.exit(1)
}

/** Runs the product in the foreground: signals go to it, and its end and exit code are this process's. */
export function runChild(command, parameters) {
  const child = spawn(command, parameters, { stdio: 'inherit' })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  endWithNpm(child)
  child.on('error', (error) => fail(error.message))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
}

/**
 * npm runs a script through a shell, and some shells (dash) die of npm's SIGTERM without passing it on. Then this
 * process gets a new parent, and that is taken for the signal; a process without its terminal would hold the port.
 */
function endWithNpm(child) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    child.kill('SIGTERM')
  }, 100)
}
