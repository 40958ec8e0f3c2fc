// Builds the product when what it was built from is newer; shared by `npm start` and `npm run hub`.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fail, say } from './run-child.mjs'

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const SOURCES = ['src', 'resources', 'package.json', 'electron.vite.config.ts']

/** Builds when one of the results (paths from the project's root) is missing or older than the newest source. */
export function buildWhenOlder(results) {
  const built = results.map((path) => join(ROOT, path))
  const oldest = built.every((path) => existsSync(path))
    ? Math.min(...built.map((path) => statSync(path).mtimeMs))
    : 0
  if (oldest >= Math.max(...SOURCES.map((path) => newest(join(ROOT, path))))) return
  say('正在构建… Building …')
  const cli = join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js')
  if (!existsSync(cli)) fail('请先运行 npm install。 Run npm install first.')
  const { status } = spawnSync(process.execPath, [cli, 'build'], { cwd: ROOT, stdio: ['ignore', 2, 2] })
  if (status !== 0) fail('构建失败。 The build failed.')
}

/** The time of the latest change below a path; tests are no part of the build. */
function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return 0
  if (!stat.isDirectory()) return /\.test\.tsx?$/.test(path) ? 0 : stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}
