import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const PAGE = fileURLToPath(new URL('../page', import.meta.url))

/** Builds pages of test/bench/page, by their HTML files, into a directory. */
export async function buildPages(outDir, names) {
  await build({
    root: PAGE,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir,
      emptyOutDir: true,
      target: 'chrome130',
      rollupOptions: { input: names.map((name) => join(PAGE, name)) },
    },
    worker: { format: 'es' },
  })
}

/** Builds one module of test/bench/page as a plain script, for running in a page before its own code. */
export async function buildScript(outDir, name) {
  await build({
    root: PAGE,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir,
      emptyOutDir: true,
      target: 'chrome130',
      lib: {
        entry: join(PAGE, `${name}.ts`),
        formats: ['iife'],
        name: 'bench',
        fileName: () => `${name}.js`,
      },
    },
  })
  return join(outDir, `${name}.js`)
}
