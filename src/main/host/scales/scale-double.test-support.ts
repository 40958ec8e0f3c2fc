import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { existsSync } from 'node:fs'
import { createSerialPorts, type SerialLine, type SerialPorts } from './serial-ports.ts'
import type { ScalePort } from '../../../shared/protocol/scale-contract.ts'

/** A cable between a scale and the station: two pseudo-terminals that `socat` joins. */
export interface Cable {
  /** The station's end. */
  readonly path: string
  /** Whatever the station has sent, as text of seven bits. */
  heard(): string
  /** Sends as the scale. */
  send(bytes: Uint8Array | string): void
  /** Pulls the plug: both ends are gone at once. */
  unplug(): Promise<void>
  /** Plugs it in again under the same name. */
  plug(): Promise<void>
  remove(): Promise<void>
}

/** A cable that is plugged in. */
export async function layCable(onHeard: (text: string) => void = () => undefined): Promise<Cable> {
  const directory = await mkdtemp(join(tmpdir(), 'packbench-scale-'))
  const path = join(directory, 'station')
  const scaleEnd = join(directory, 'scale')
  let socat: ChildProcess | null = null
  let line: SerialLine | null = null
  let heard = ''
  const plug = async (): Promise<void> => {
    const ends = [path, scaleEnd].map((link) => `pty,raw,echo=0,link=${link}`)
    const started = spawn('socat', ends, { stdio: 'ignore' })
    socat = started
    // A test that fails before it clears up leaves no process behind.
    const end = (): void => void started.kill()
    process.once('exit', end)
    started.once('exit', () => process.off('exit', end))
    let failed = false
    started.once('error', () => {
      failed = true
    })
    while (!existsSync(path) || !existsSync(scaleEnd)) {
      if (failed || started.exitCode !== null) throw new Error('socat is wanted for this test')
      await sleep(5)
    }
    const opened = await createSerialPorts().open(scaleEnd, 9600, {
      onBytes: (bytes) => {
        const text = String.fromCharCode(...bytes.map((byte) => byte & 0x7f))
        heard += text
        onHeard(text)
      },
      onLost: () => {
        line = null
      },
    })
    if (opened.tag !== 'open') throw new Error(`${opened.tag}: ${opened.detail}`)
    line = opened.line
  }
  const unplug = async (): Promise<void> => {
    const gone = socat
    socat = null
    await line?.close()
    line = null
    if (gone === null || gone.exitCode !== null) return
    await new Promise((resolve) => {
      gone.once('exit', resolve)
      gone.kill('SIGKILL')
    })
    await Promise.all([path, scaleEnd].map((link) => rm(link, { force: true })))
  }
  await plug()
  return {
    path,
    heard: () => heard,
    send: (bytes) => line?.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes),
    unplug,
    plug,
    remove: async () => {
      await unplug()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** The real ports, of which only these are listed: those that exist at the moment. */
export function onlyPorts(...paths: readonly string[]): SerialPorts {
  const list = async (): Promise<readonly ScalePort[]> =>
    paths.filter((path) => existsSync(path)).map((path) => ({ path, detail: '' }))
  return { ...createSerialPorts(), list }
}
