import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { openBenchBrowser } from './bench-browser.mjs'
import { buildPages } from './build-pages.mjs'

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript' }

/** Builds the benchmark page, serves it on loopback and opens it in a Chromium with a profile on disk. */
export async function openBenchPage() {
  const directory = mkdtempSync(join(tmpdir(), 'packbench-bench-'))
  const closing = [() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 })]
  const close = async () => {
    for (const step of closing.reverse()) await step()
  }
  try {
    const out = join(directory, 'page')
    await buildPages(out, ['index.html'])
    const server = serve(out)
    closing.push(() => server.close())
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { context, page } = await openBenchBrowser(join(directory, 'profile'))
    closing.push(() => context.close())
    await page.goto(`http://127.0.0.1:${server.address().port}/`)
    await page.waitForFunction(() => 'bench' in window)
    return { page, close }
  } catch (error) {
    await close()
    throw error
  }
}

function serve(root) {
  return createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const path = join(root, pathname.replace(/\/$/, '/index.html'))
    if (!existsSync(path)) return response.writeHead(404).end()
    response.writeHead(200, { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream' })
    createReadStream(path).pipe(response)
  })
}
