import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const SEARCH = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/bin']

/** What CUPS sends by to a printer that listens on a port; Debian's `cups-daemon` comes without it. */
export const CUPS_SOCKET = '/usr/lib/cups/backend/socket'

/** The programs of these, by name or by path, that are not installed. */
export function missingPrograms(names: readonly string[]): readonly string[] {
  return names.filter((name) => !SEARCH.some((directory) => existsSync(resolve(directory, name))))
}

function program(name: string): string {
  return SEARCH.map((directory) => join(directory, name)).find((path) => existsSync(path)) ?? name
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const limit = Date.now() + 60_000; Date.now() < limit; await sleep(50)) if (await holds()) return
  throw new Error(`in vain waited for ${what}`)
}

async function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  )
}

function run(name: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(program(name), args, { stdio: 'ignore', env: { ...process.env, ...environment } })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await Promise.race([ended, sleep(3_000).then(() => child.kill('SIGKILL'))])
}

/** A CUPS scheduler of its own on loopback, with one raw queue. */
export interface PrivateCups {
  /** For `CUPS_SERVER`. */
  readonly server: string
  command(name: 'lpadmin' | 'cupsdisable' | 'cupsenable' | 'cancel', args: readonly string[]): void
  stop(): Promise<void>
  start(): Promise<void>
  remove(): Promise<void>
}

export async function startCups(): Promise<PrivateCups> {
  const root = await mkdtemp(join(tmpdir(), 'packbench-cups-'))
  await chmod(root, 0o755)
  const port = await freePort()
  const server = `127.0.0.1:${port}`
  const { username, uid } = userInfo()
  const owner = uid === 0 ? ['User lp', 'Group lp'] : [`User ${username}`]
  for (const name of ['root', 'spool', 'cache', 'state', 'log', 'ssl']) await mkdir(join(root, name))
  const files = join(root, 'cups-files.conf')
  const places = {
    ServerRoot: 'root',
    RequestRoot: 'spool',
    TempDir: 'spool',
    CacheDir: 'cache',
    StateDir: 'state',
  }
  await writeFile(
    files,
    [
      ...Object.entries(places).map(([name, folder]) => `${name} ${join(root, folder)}`),
      `ServerKeychain ${join(root, 'ssl')}`,
      ...['Error', 'Access', 'Page'].map((name) => `${name}Log ${join(root, 'log', name.toLowerCase())}`),
      `SystemGroup ${uid === 0 ? 'root' : 'nogroup'}`,
      ...owner,
      '',
    ].join('\n'),
  )
  const configuration = join(root, 'cupsd.conf')
  await writeFile(
    configuration,
    [
      `Listen ${server}`,
      'Browsing Off',
      'DefaultAuthType None',
      'WebInterface No',
      '<Location />\nOrder allow,deny\nAllow all\n</Location>',
      '<Policy default>\n<Limit All>\nOrder deny,allow\nAllow all\n</Limit>\n</Policy>',
      '',
    ].join('\n'),
  )
  let child: ChildProcess | null = null
  const start = async (): Promise<void> => {
    child = run('cupsd', ['-f', '-c', configuration, '-s', files])
    await until(() => answers(port), 'cupsd')
  }
  const stop = async (): Promise<void> => {
    if (child !== null) await end(child)
    child = null
  }
  await start()
  return {
    server,
    start,
    stop,
    command: (name, args) => {
      const env = { ...process.env, CUPS_SERVER: server }
      execFileSync(program(name), args, { stdio: 'pipe', env })
    },
    remove: async () => {
      await stop()
      await rm(root, { recursive: true, force: true })
    },
  }
}

/** An IPP Everywhere printer (`ippeveprinter`) that takes PDF and does what the document says: `EMPTY` or `ABORT`. */
export interface IppPrinter {
  readonly url: string
  /** Puts paper in for documents that say `EMPTY`, or takes it out. */
  paper(there: boolean): Promise<void>
  /** First words of each document that came out. */
  printed(): Promise<readonly string[]>
  remove(): Promise<void>
}

const COMMAND = `#!/bin/sh
text=$(head -c 60 "$1")
case "$text" in
*EMPTY*) echo "STATE: +media-empty" >&2; while [ ! -e PAPER ]; do sleep 0.1; done; echo "STATE: -media-empty" >&2;;
*ABORT*) exit 1;;
esac
echo "$text" >> OUT
`

const BUS = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path=PATH</listen><auth>EXTERNAL</auth><policy context="default">
<allow user="*"/><allow own="*"/><allow send_type="*"/><allow receive_type="*"/><allow send_destination="*"/>
</policy></busconfig>`

/** It insists on announcing itself, so that it gets an avahi of its own on a bus of its own, on loopback only. */
export async function startIppPrinter(): Promise<IppPrinter> {
  const root = await mkdtemp(join(tmpdir(), 'packbench-ipp-'))
  const path = (name: string): string => join(root, name)
  await mkdir(path('spool'))
  await writeFile(path('bus.conf'), BUS.replace('PATH', path('bus')))
  await writeFile(path('avahi.conf'), '[server]\nallow-interfaces=lo\nuse-ipv6=no\n')
  await writeFile(path('command'), COMMAND.replace('OUT', path('out')).replace('PAPER', path('paper')), {
    mode: 0o755,
  })
  const bus = { DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${path('bus')}` }
  const children = [run('dbus-daemon', [`--config-file=${path('bus.conf')}`, '--nofork'])]
  const remove = async (): Promise<void> => {
    for (const child of children.reverse()) await end(child)
    await rm(root, { recursive: true, force: true })
  }
  try {
    await until(() => existsSync(path('bus')), 'dbus-daemon')
    const flags = ['--no-drop-root', '--no-chroot', '--no-rlimits', '--no-proc-title']
    children.push(run('avahi-daemon', ['-f', path('avahi.conf'), ...flags], bus))
    const port = await freePort()
    // It gives up at once while avahi is not ready yet.
    await until(async () => {
      const printer = run(
        'ippeveprinter',
        [
          '-p',
          `${port}`,
          '-d',
          path('spool'),
          '-f',
          'application/pdf',
          '-c',
          path('command'),
          'packbench-test',
        ],
        bus,
      )
      for (let tries = 0; tries < 20 && printer.exitCode === null; tries++) {
        await sleep(50)
        if (!(await answers(port))) continue
        children.push(printer)
        return true
      }
      await end(printer)
      return false
    }, 'ippeveprinter')
    return {
      url: `ipp://127.0.0.1:${port}/ipp/print`,
      paper: (there) => (there ? writeFile(path('paper'), '') : rm(path('paper'), { force: true })),
      printed: async () => (await readFile(path('out'), 'utf8').catch(() => '')).split('\n').filter(Boolean),
      remove,
    }
  } catch (error) {
    await remove()
    throw error
  }
}
