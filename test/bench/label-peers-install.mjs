import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BENCH_CACHE } from './hub-build.mjs'

/** The peers, for this benchmark alone: no part of the product, and installed when they are first measured. */
const PACKAGES = ['pdfkit@0.20', 'jspdf@4', 'pdf-lib@1.17.1', '@pdf-lib/fontkit@1']

/** Installs the peers into a directory of the cache; answers the directory of their packages. */
export function installPeers() {
  const directory = join(BENCH_CACHE, 'label-peers')
  const modules = join(directory, 'node_modules')
  const name = (wanted) => wanted.slice(0, wanted.lastIndexOf('@'))
  if (PACKAGES.every((wanted) => existsSync(join(modules, name(wanted))))) return modules
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'package.json'), '{"private":true}\n')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', directory, ...PACKAGES]
  const { status } = spawnSync(npm, args, { cwd: directory, stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error('the peers could not be installed')
  return modules
}
