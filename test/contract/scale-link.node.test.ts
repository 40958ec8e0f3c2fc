import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Cable, layCable } from '../../src/main/host/scales/scale-double.test-support.ts'
import { scaleHandlers } from '../../src/main/host/scales/scale-handlers.ts'
import { openScales, type Scales } from '../../src/main/host/scales/scales.ts'
import {
  listenToScale,
  markLockUsed,
  scaleChanged,
  weighAgain,
  weighFor,
} from '../../src/renderer/devices/scale-link.ts'
import { onScaleLock, type ScaleView, useScale } from '../../src/renderer/devices/scale-view.ts'
import type { HostClient } from '../../src/shared/protocol/host-contract.ts'
import type { ScaleLock, ScaleResponses } from '../../src/shared/protocol/scale-contract.ts'
import type { WebHid, WebHidDevice, WebHidReport } from '../../src/renderer/devices/web-hid.ts'

const seen = (fits: () => boolean): Promise<unknown> => vi.waitUntil(fits, { timeout: 20_000, interval: 10 })

describe('the page and its scale', () => {
  let directory: string
  let cable: Cable
  let scales: Scales
  let calls = 0
  let talking: NodeJS.Timeout | undefined
  const page = Object.assign(new EventTarget(), { hidden: false })
  const stops: (() => void)[] = []
  const locks: ScaleLock[] = []

  /** The real host's methods, without a transport between. */
  const host: HostClient = {
    call: async (method, request) => {
      calls++
      const handlers = scaleHandlers(scales)
      const handler = handlers[method as keyof ScaleResponses] as (request: unknown) => Promise<never>
      return handler(request)
    },
  }
  const view = (): ScaleView => useScale.getState()
  const say = (line: string): void => {
    clearInterval(talking)
    talking = setInterval(() => cable.send(`${line}\r\n`), 50)
  }
  const connect = (): Promise<unknown> =>
    scales.configure({ on: true, port: cable.path, baud: 9600, dialect: 'sics' })

  beforeEach(async () => {
    vi.stubGlobal('document', page)
    vi.stubGlobal('navigator', {})
    page.hidden = false
    directory = await mkdtemp(join(tmpdir(), 'packbench-scale-link-'))
    cable = await layCable()
    scales = await openScales({ directory })
    locks.length = 0
    calls = 0
    stops.push(onScaleLock((lock) => locks.push(lock)))
  })
  afterEach(async () => {
    for (const stop of stops.splice(0)) stop()
    clearInterval(talking)
    await scales.close()
    await seen(() => view().state === 'none')
    await cable.remove()
    await rm(directory, { recursive: true })
    vi.unstubAllGlobals()
  })

  it('PAK-4 shows the pan and tells each lock once, to whoever listens', async () => {
    await connect()
    stops.push(listenToScale(host), listenToScale(host))
    say('S D     412.00 g')
    await seen(() => view().state === 'moving' && view().grams === 412)
    say('S S     658.00 g')
    await seen(() => locks.length === 1)
    expect(view()).toMatchObject({ state: 'live', grams: 658, locked: { grams: 658 } })
    say('S S       0.00 g')
    await seen(() => view().locked === null && view().grams === 0)
    say('S S     700.00 g')
    await seen(() => locks.length === 2)
    await weighAgain(host)
    await seen(() => locks.length === 3)
    expect(locks.map(({ grams }) => grams)).toEqual([658, 700, 700])
    say('S +')
    await seen(() => view().state === 'overload')
    expect(view().grams).toBeNull()
    await cable.unplug()
    await seen(() => view().state === 'unplugged')
  })

  it('PAK-4 does not weigh the parcel before for the next one, until the pan was empty', async () => {
    await connect()
    stops.push(listenToScale(host))
    say('S S     300.00 g')
    await seen(() => locks.length === 1)
    // The box alone, that pieces went into on the pan.
    say('S S     658.00 g')
    await seen(() => view().grams === 658)
    await weighFor(host, 'first')
    await seen(() => locks.length === 2)
    const [, full] = locks
    if (full) markLockUsed(full, 'first')
    await weighFor(host, 'second')
    await sleep(400)
    expect(locks.map(({ grams }) => grams)).toEqual([300, 658])
    await weighFor(host, 'first')
    await seen(() => locks.length === 3)
    say('S S       0.00 g')
    await seen(() => view().locked === null)
    say('S S     700.00 g')
    await seen(() => locks.length === 4)
  })

  it('PAK-4 shows a weight that was taken before somebody listened, and does not tell it as new', async () => {
    await connect()
    say('S S     658.00 g')
    await seen(() => scales.describe().news.lock !== null)
    stops.push(listenToScale(host))
    await seen(() => view().locked?.grams === 658)
    await sleep(300)
    expect(locks).toEqual([])
  })

  it('PAK-4 does not ask on and on where no scale is set up, nor while the page is hidden', async () => {
    stops.push(listenToScale(host))
    await sleep(700)
    expect(calls).toBe(1)
    await connect()
    scaleChanged()
    say('S D     412.00 g')
    await seen(() => view().grams === 412)
    page.hidden = true
    say('S D     500.00 g')
    await seen(() => view().grams === 500)
    const before = calls
    for (const grams of [510, 520, 530]) {
      say(`S D     ${grams}.00 g`)
      await sleep(150)
    }
    expect(calls).toBe(before)
    page.hidden = false
    page.dispatchEvent(new Event('visibilitychange'))
    await seen(() => view().grams === 530)
  })

  it('PAK-4 stops asking when nobody listens any more', async () => {
    await connect()
    const stop = listenToScale(host)
    say('S D     412.00 g')
    await seen(() => view().grams === 412)
    stop()
    stop()
    await sleep(1_300)
    say('S D     500.00 g')
    await seen(() => view().state === 'none')
    const before = calls
    say('S D     600.00 g')
    await sleep(400)
    expect(calls).toBe(before)
  })

  it('PAK-4 reads a USB scale that was chosen before, instead of a serial one, by the same rule', async () => {
    const usb = createUsb()
    vi.stubGlobal('navigator', { hid: usb.hid })
    await connect()
    say('S S     111.00 g')
    stops.push(listenToScale(host))
    await seen(() => usb.scale.opened)
    usb.report(3, 412)
    expect(view()).toMatchObject({ state: 'moving', grams: 412, detail: 'Postal Scale' })
    usb.report(4, 658)
    usb.report(4, 658)
    usb.report(4, 658)
    expect(view()).toMatchObject({ state: 'live', grams: 658, locked: { grams: 658 } })
    await weighAgain(host)
    expect(view().locked).toBeNull()
    usb.unplug()
    expect(view()).toMatchObject({ state: 'unplugged', grams: null })
    await sleep(300)
    expect(view().state).toBe('unplugged')
    usb.plug()
    await seen(() => view().state === 'searching')
    usb.report(4, 700)
    usb.report(4, 700)
    expect(locks.map(({ grams }) => grams)).toEqual([658, 700])
  })
})

/** A browser's WebHID with one scale and one keyboard at it. */
function createUsb() {
  const events = new Map<string, (event: { device: WebHidDevice }) => void>()
  let onReport: ((report: WebHidReport) => void) | null = null
  const keyboard = { collections: [{ usagePage: 1 }] } as unknown as WebHidDevice
  const scale = {
    opened: false,
    productName: 'Postal Scale',
    collections: [{ usagePage: 0x8d }],
    open: async () => {
      scale.opened = true
    },
    close: async () => {
      scale.opened = false
    },
    addEventListener: (_type: string, listener: (report: WebHidReport) => void) => {
      onReport = listener
    },
    removeEventListener: () => {
      onReport = null
    },
  }
  const hid: WebHid = {
    getDevices: async () => [keyboard, scale],
    requestDevice: async () => [scale],
    addEventListener: (type, listener) => void events.set(type, listener),
    removeEventListener: (type) => void events.delete(type),
  }
  return {
    hid,
    scale,
    report: (status: number, grams: number) => {
      const bytes = Uint8Array.of(status, 2, 0, grams & 0xff, grams >> 8)
      onReport?.({ data: new DataView(bytes.buffer) })
    },
    unplug: () => {
      scale.opened = false
      events.get('disconnect')?.({ device: scale })
    },
    plug: () => events.get('connect')?.({ device: scale }),
  }
}
