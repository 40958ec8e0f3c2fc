import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { openBrowser } from './browser.ts'
import { playTheDay } from './play-the-day.ts'
import { ROOT, startStation } from './station-process.ts'

/** The scripted newcomer in an ordinary browser, with files of a seed, from the bare directory to the clean end. */
export async function dayInBrowser(seed: number, orders: number): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), `packbench-day-${seed}-`))
  const files = join(root, 'files')
  execFileSync(process.execPath, [
    join(ROOT, 'test/fixtures/make.mjs'),
    '--out',
    files,
    '--seed',
    String(seed),
  ])
  const station = await startStation(join(root, 'data'))
  const browser = await openBrowser(join(root, 'profile'))
  try {
    const page = browser.pages()[0] ?? (await browser.newPage())
    await page.goto(station.url)
    const told = await playTheDay({
      page,
      filesDirectory: files,
      dataDirectory: station.dataDirectory,
      orders,
    })
    // One order of the story is refunded and does not ship.
    expect(told.shipped).toBe(orders - 1)
    expect(existsSync(join(station.dataDirectory, 'journal/journal.jsonl'))).toBe(true)
  } finally {
    await browser.close()
    expect(await station.stop()).toBe(0)
    rmSync(root, { recursive: true, force: true })
  }
}
