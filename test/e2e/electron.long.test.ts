import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HostReply } from '../../src/shared/protocol/host-contract.ts'
import { hostContractSuite } from '../contract/host-contract.suite.ts'
import { playTheDay } from './support/play-the-day.ts'
import { ROOT } from './support/station-process.ts'

/** The runtime that is there, never fetched for the test's sake. */
function findElectron(): string | null {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) return existsSync(join(override, 'electron')) ? join(override, 'electron') : null
  const packaged = join(ROOT, 'node_modules/electron')
  const pathFile = join(packaged, 'path.txt')
  if (!existsSync(pathFile)) return null
  const binary = join(packaged, 'dist', readFileSync(pathFile, 'utf8'))
  return existsSync(binary) ? binary : null
}

const electron = findElectron()
if (!electron)
  process.stderr.write('\n!!! No Electron runtime here: the whole path in a real window is NOT tested.\n\n')

const root = mkdtempSync(join(tmpdir(), 'packbench-electron-'))
let display: ChildProcess | null = null
const running: ElectronApplication[] = []

/** A screen for the window, where the machine has none. */
beforeAll(async () => {
  if (!electron || process.platform !== 'linux' || process.env.DISPLAY) return
  display = spawn('Xvfb', [':97', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], { stdio: 'ignore' })
  process.env.DISPLAY = ':97'
  await new Promise((resolve) => setTimeout(resolve, 1500))
})

afterAll(async () => {
  for (const application of running) await application.close().catch(() => undefined)
  display?.kill()
  rmSync(root, { recursive: true, force: true })
})

async function openWindow(data: string, from = ROOT) {
  const asRoot = process.getuid?.() === 0
  const application = await _electron.launch({
    executablePath: electron ?? '',
    args: [...(asRoot ? ['--no-sandbox'] : []), from, '--data', data, '--lang=zh-CN'],
    env: { ...(process.env as Record<string, string>), LANG: 'zh_CN.UTF-8' },
  })
  running.push(application)
  return { application, page: await application.firstWindow() }
}

describe.skipIf(!electron)('a real Electron window', () => {
  it('RCV PUT PIK PAK LBL SHP ARC: the same path as in the browser, from first start to the archive', async () => {
    const files = join(root, 'files')
    execFileSync(process.execPath, [join(ROOT, 'test/fixtures/make.mjs'), '--out', files, '--seed', '3'])
    const { application, page } = await openWindow(join(root, 'data'))
    const told = await playTheDay({
      page,
      filesDirectory: files,
      dataDirectory: join(root, 'data'),
      orders: 10,
    })
    expect(told.shipped).toBe(9)
    expect(await page.evaluate(() => typeof (globalThis as Record<string, unknown>).require)).toBe(
      'undefined',
    )
    await application.close()
  })
})

/** The built application around a page that does nothing: the suite wants a host that nobody has called yet. */
function applicationWithBlankPage(): string {
  const directory = join(root, 'blank')
  for (const part of ['main', 'preload'])
    cpSync(join(ROOT, 'out', part), join(directory, 'out', part), { recursive: true })
  mkdirSync(join(directory, 'out/renderer'))
  writeFileSync(join(directory, 'out/renderer/index.html'), '<!doctype html><title>blank</title>')
  cpSync(join(ROOT, 'package.json'), join(directory, 'package.json'))
  symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'))
  return directory
}

describe.skipIf(!electron)('the host contract over IPC', () => {
  hostContractSuite('Electron IPC', async () => {
    const { application, page } = await openWindow(
      mkdtempSync(join(root, 'contract-')),
      applicationWithBlankPage(),
    )
    await page.waitForLoadState('domcontentloaded')
    return {
      call: (method: string, request: unknown) =>
        page.evaluate(
          ([name, body]) =>
            (
              window as unknown as {
                packbenchHost: { call(method: unknown, request: unknown): Promise<HostReply> }
              }
            ).packbenchHost.call(name, body),
          [method, request],
        ),
      close: () => application.close(),
    }
  })
})
