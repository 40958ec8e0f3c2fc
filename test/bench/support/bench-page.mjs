import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { build } from 'vite'
import { chromiumArguments, ensureChromium } from '../../../scripts/find-chromium.mjs'

const PAGE = fileURLToPath(new URL('../page', import.meta.url))
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript' }

/** Builds the benchmark page, serves it on loopback and opens it in a Chromium with a profile on disk. */
export async function openBenchPage() {
  const directory = mkdtempSync(join(tmpdir(), 'packbench-bench-'))
  const out = join(directory, 'page')
  await build({
    root: PAGE,
    logLevel: 'error',
    build: { outDir: out, emptyOutDir: true, target: 'chrome130' },
    worker: { format: 'es' },
  })
  const server = createServer((request, response) => {
    const path = join(
      out,
      new URL(request.url ?? '/', 'http://localhost').pathname.replace(/\/$/, '/index.html'),
    )
    if (!existsSync(path)) return response.writeHead(404).end()
    response.writeHead(200, { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream' })
    createReadStream(path).pipe(response)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const context = await chromium.launchPersistentContext(join(directory, 'profile'), {
    executablePath: await ensureChromium(),
    headless: true,
    args: chromiumArguments,
  })
  const page = context.pages()[0] ?? (await context.newPage())
  page.setDefaultTimeout(0)
  await page.goto(`http://127.0.0.1:${server.address().port}/`)
  await page.waitForFunction(() => 'bench' in window)
  return {
    page,
    close: async () => {
      await context.close()
      server.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** The value below which the share `p` of the values lies. */
export function percentile(values, p) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN
}
