import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { openBrowser } from './support/browser.ts'
import { playTheDay } from './support/play-the-day.ts'
import { ROOT, type StationProcess, startStation } from './support/station-process.ts'

const seeds = (process.env.PACKBENCH_SEEDS ?? '1,2').split(',').map(Number)
const directories: string[] = []
let station: StationProcess | null = null
let browser: BrowserContext | null = null

function temporary(name: string): string {
  const directory = mkdtempSync(join(tmpdir(), `packbench-${name}-`))
  directories.push(directory)
  return directory
}

afterEach(async () => {
  await browser?.close()
  await station?.stop()
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true })
})

describe('the main job in the browser host', () => {
  for (const seed of seeds)
    it(`seed ${seed}: RCV PUT PIK PAK LBL SHP ARC from first start to the archive, with the network off`, async () => {
      const files = temporary('files')
      execFileSync(process.execPath, [
        join(ROOT, 'test/fixtures/make.mjs'),
        '--out',
        files,
        '--seed',
        String(seed),
      ])
      station = await startStation(temporary('data'))
      browser = await openBrowser(temporary('profile'))
      const page = browser.pages()[0] ?? (await browser.newPage())
      await page.goto(station.url)
      const told = await playTheDay({ page, filesDirectory: files, dataDirectory: station.dataDirectory })
      expect(told.orders).toBeGreaterThanOrEqual(20)
      expect(existsSync(join(station.dataDirectory, 'journal/journal.jsonl'))).toBe(true)
      await browser.close()
      browser = null
      expect(await station.stop()).toBe(0)
    }, 300_000)
})
