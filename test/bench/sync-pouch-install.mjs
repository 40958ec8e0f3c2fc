import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BENCH_CACHE } from './hub-build.mjs'

/** The peer, for this benchmark alone: no part of the product, and installed when it is first measured. */
const PACKAGES = ['pouchdb@9', 'express-pouchdb@4', 'express@4']

/** Installs PouchDB and its server into the cache; answers the directory of their packages. */
export function installPouch() {
  const modules = join(BENCH_CACHE, 'node_modules')
  if (PACKAGES.every((name) => existsSync(join(modules, name.split('@')[0])))) return modules
  mkdirSync(BENCH_CACHE, { recursive: true })
  writeFileSync(join(BENCH_CACHE, 'package.json'), '{"private":true}\n')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', BENCH_CACHE, ...PACKAGES]
  const { status } = spawnSync(npm, args, { cwd: BENCH_CACHE, stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error('PouchDB could not be installed')
  return modules
}
