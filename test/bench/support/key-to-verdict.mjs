import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBenchBrowser } from './bench-browser.mjs'
import { buildScript } from './build-pages.mjs'
import { goToPacking, setUp } from './first-start.mjs'
import { startStation } from './station.mjs'

const SCANS_PER_PARCEL = 8
/** A person's pace at its fastest; uneven, so that scans do not keep step with the frames. */
const PAUSE_MS = 120
const UNEVEN_MS = 40

/**
 * Milliseconds from the Enter of each scan to the frame that shows its verdict, in the built application with a
 * catalogue of `skus` SKUs. Keys come through the browser's own input path.
 */
export async function measureKeyToVerdict({ skus, scans }) {
  const directory = mkdtempSync(join(tmpdir(), 'packbench-keys-'))
  const closing = [() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 })]
  try {
    const probe = await buildScript(join(directory, 'probe'), 'verdict-probe')
    const station = await startStation(join(directory, 'data'))
    closing.push(station.stop)
    const { context, page } = await openBenchBrowser(join(directory, 'profile'))
    closing.push(() => context.close())
    await context.addInitScript({ path: probe })
    await page.goto(station.url)
    await setUp(page)
    await page.evaluate((count) => window.benchProbe.fill(count), skus)
    await page.evaluate((count) => window.benchProbe.openParcel(count), skus)
    await goToPacking(page)
    return await scanMany(page, skus, scans)
  } finally {
    for (const step of closing.reverse()) await step()
  }
}

async function scanMany(page, skus, scans) {
  const times = []
  let barcodes = []
  for (let i = 0; i < scans; i++) {
    if (i % SCANS_PER_PARCEL === 0) {
      barcodes = await page.evaluate((count) => window.benchProbe.openParcel(count), skus)
      await page.waitForTimeout(300)
    }
    await page.keyboard.type(barcodes[i % barcodes.length])
    await page.keyboard.press('Enter')
    // The page is left alone until the verdict is there: asking would take its time from it.
    await page.waitForTimeout(PAUSE_MS + Math.random() * UNEVEN_MS)
    times.push(await page.evaluate((n) => window.benchProbe.sample(n), i))
  }
  return times
}
