import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBenchBrowser } from './bench-browser.mjs'
import { buildPages } from './build-pages.mjs'
import { ROOT, startStation } from './station.mjs'

/**
 * Opens a benchmark page that the real loopback host serves: the built host is copied, and the page stands where the
 * renderer stands beside it, so that journal, session and border rules are those of the product.
 */
export async function openHostedPage(name) {
  const directory = mkdtempSync(join(tmpdir(), 'packbench-hosted-'))
  const closing = [() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 })]
  const close = async () => {
    for (const step of closing.reverse()) await step()
  }
  try {
    const main = join(directory, 'main')
    cpSync(join(ROOT, 'out/main'), main, { recursive: true })
    symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'), 'junction')
    await buildPages(join(directory, 'renderer'), [name])
    const station = await startStation(join(directory, 'data'), join(main, 'http.js'))
    closing.push(station.stop)
    const { context, page } = await openBenchBrowser(join(directory, 'profile'))
    closing.push(() => context.close())
    // The token is exchanged for a cookie at `/`; there is no page there, and none is needed.
    await page.goto(station.url)
    await page.goto(new URL(`/${name}`, station.url).href)
    await page.waitForFunction(() => 'bench' in window)
    return { page, close }
  } catch (error) {
    await close()
    throw error
  }
}
