import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { chromiumArguments, ensureChromium } from '../../../scripts/find-chromium.mjs'

/** A browser that can die as in a power cut: no goodbye, no flushing. */
export interface KillableBrowser {
  readonly page: Page
  kill(): Promise<void>
  close(): Promise<void>
}

export async function openKillableBrowser(profile: string): Promise<KillableBrowser> {
  const portFile = join(profile, 'DevToolsActivePort')
  rmSync(portFile, { force: true })
  const args = [
    ...chromiumArguments,
    '--headless',
    `--user-data-dir=${profile}`,
    '--remote-debugging-port=0',
    '--lang=zh-CN',
    '--window-size=1366,768',
    'about:blank',
  ]
  const child = spawn(await ensureChromium(), args, { stdio: 'ignore', detached: true })
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${await debuggingPort(portFile)}`)
  const context = browser.contexts()[0]
  const page = context?.pages()[0] ?? (await context?.newPage())
  if (!page) throw new Error('the browser has no page')
  return {
    page,
    kill: () => end(child, browser, 'SIGKILL'),
    close: () => end(child, browser, 'SIGTERM'),
  }
}

async function debuggingPort(file: string): Promise<string> {
  for (let tries = 0; tries < 300; tries++) {
    const port = existsSync(file) ? readFileSync(file, 'utf8').split('\n')[0] : ''
    if (port) return port
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the browser did not open its debugging port')
}

async function end(child: ChildProcess, browser: Browser, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  // The whole group: the process that holds the database dies with the rest.
  if (child.pid !== undefined) process.kill(-child.pid, signal)
  await ended
  await browser.close().catch(() => undefined)
}
