import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { buildWhenOlder, ROOT } from '../../scripts/build-when-older.mjs'
import { buildForNode } from './hub-build.mjs'
import { openBenchBrowser } from './support/bench-browser.mjs'
import { buildPages } from './support/build-pages.mjs'
import { openHostedPage } from './support/hosted-page.mjs'
import { installPouch } from './sync-pouch-install.mjs'

const APPLIED = Number(process.env.PACKBENCH_BENCH_EVENTS ?? 20_000)
const CAUGHT_UP = Number(process.env.PACKBENCH_BENCH_CATCH_UP ?? 100_000)
/** PouchDB may take so long for the whole; what it has done by then is scaled up, and the figure's name says so. */
const POUCH_LIMIT_MS = 180_000

/** How fast a station takes in the warehouse's stream, and PouchDB the same documents from its own server. */
export async function run(print) {
  const modules = installPouch()
  buildWhenOlder(['out/main/hub.js', 'out/main/http.js'])
  const built = await buildForNode('sync', ['sync-hub', 'sync-events'])
  const peer = await onBenchPage(modules, join(built, 'sync-events.mjs'), print)
  const caughtUp = await catchUp(built)
  const name = `catch-up-${CAUGHT_UP / 1000}k`
  if (peer.documents >= CAUGHT_UP) print(name, caughtUp.ms / 1000, peer.ms / 1000, 's')
  else {
    const scaled = (peer.ms / 1000) * (CAUGHT_UP / peer.documents)
    print(`${name}/peer-from-${Math.round(peer.documents / 1000)}k`, caughtUp.ms / 1000, scaled, 's')
  }
}

/** Applying a prepared stream, and PouchDB's replication, in pages of one kind. */
async function onBenchPage(modules, stream, print) {
  const directory = mkdtempSync(join(tmpdir(), 'packbench-sync-'))
  const closing = [() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 })]
  try {
    await buildPages(join(directory, 'page'), ['sync.html'])
    const server = await servePouch([join(directory, 'page'), join(directory, 'data'), modules, stream])
    closing.push(server.stop)
    const applied = await withPage(directory, server.url, (page) =>
      page.evaluate((count) => window.bench.apply(count), APPLIED),
    )
    process.stderr.write(
      `${Math.round(applied.eventBytes)} bytes an event; rows ${JSON.stringify(applied.rows)}\n`,
    )
    const small = await withPage(directory, server.url, (page) => replicate(page, '/db/small'))
    print('apply', perSecond(applied.events, applied.ms), perSecond(small.documents, small.ms), 'events/s')
    return await withPage(directory, server.url, (page) => replicate(page, '/db/whole'))
  } finally {
    for (const step of closing.reverse()) await step()
  }
}

const perSecond = (count, ms) => count / (ms / 1000)

async function replicate(page, path) {
  await page.addScriptTag({ url: '/pouchdb.js' })
  return page.evaluate(([url, limit]) => window.bench.pouch(url, limit), [path, POUCH_LIMIT_MS])
}

/** Every measurement begins with a fresh profile. */
async function withPage(directory, url, work) {
  const { context, page } = await openBenchBrowser(mkdtempSync(join(directory, 'profile-')))
  try {
    await page.goto(new URL('/sync.html', url).href)
    await page.waitForFunction(() => 'bench' in window)
    return await work(page)
  } finally {
    await context.close()
  }
}

function servePouch(args) {
  const script = fileURLToPath(new URL('./sync-pouch-server.mjs', import.meta.url))
  const child = fork(script, [...args, String(CAUGHT_UP)], { stdio: ['ignore', 2, 2, 'ipc'] })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const stop = async () => {
    child.kill()
    await ended
  }
  return new Promise((resolve, reject) => {
    child.once('message', ({ port }) => resolve({ url: `http://127.0.0.1:${port}/`, stop }))
    child.once('exit', (code) => reject(new Error(`PouchDB's server ended with ${code}`)))
  })
}

/** A real hub, a real station's host, and the page between them. */
async function catchUp(built) {
  const { startFilledHub } = await import(pathToFileURL(join(built, 'sync-hub.mjs')).href)
  const hub = await startFilledHub(ROOT, CAUGHT_UP)
  try {
    const bench = await openHostedPage('sync.html')
    try {
      const link = { url: hub.url, code: hub.code }
      return await bench.page.evaluate(
        ([count, where]) => window.bench.catchUp(count, where),
        [CAUGHT_UP, link],
      )
    } finally {
      await bench.close()
    }
  } finally {
    await hub.stop()
  }
}
