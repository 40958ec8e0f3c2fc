import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { ROOT } from '../../scripts/build-when-older.mjs'

/** Where benchmarks keep what they build and install; below the project, so that its packages are found from there. */
export const BENCH_CACHE = join(ROOT, 'node_modules/.cache/packbench-bench')

/** Builds modules of test/bench for Node, by their names, into a directory of the cache; answers it. */
export async function buildForNode(directory, names) {
  const outDir = join(BENCH_CACHE, directory)
  mkdirSync(outDir, { recursive: true })
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rollupOptions: {
        input: Object.fromEntries(names.map((name) => [name, join(ROOT, 'test/bench', `${name}.ts`)])),
        output: { entryFileNames: '[name].mjs', chunkFileNames: 'chunk-[hash].mjs' },
      },
    },
  })
  return outDir
}
