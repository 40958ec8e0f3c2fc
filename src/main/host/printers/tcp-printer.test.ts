import { createServer, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { PrinterLanguage } from '../../../shared/protocol/print-contract.ts'
import { type LabelPrinter, startLabelPrinter, zplLabel } from './label-printer.test-support.ts'
import type { SendOutcome } from './printer-driver.ts'
import { createTcpPrinter } from './tcp-printer.ts'

const printers: LabelPrinter[] = []
async function printer(manners: Parameters<typeof startLabelPrinter>[0] = {}): Promise<LabelPrinter> {
  const made = await startLabelPrinter(manners)
  printers.push(made)
  return made
}
afterEach(async () => {
  for (const one of printers.splice(0)) await one.off()
})

interface Sent {
  readonly outcome: SendOutcome
  readonly committed: boolean
}

async function send(
  port: number,
  text: string,
  options: {
    host?: string
    language?: PrinterLanguage
    signal?: AbortSignal
    stallMs?: number
    statusMs?: number
    committing?: () => void
  } = {},
): Promise<Sent> {
  const {
    host = '127.0.0.1',
    language = 'zpl',
    signal = new AbortController().signal,
    stallMs = 5_000,
    statusMs = 150,
  } = options
  const driver = createTcpPrinter({ host, port, language, connectMs: 5_000, statusMs, stallMs })
  let committed = false
  const outcome = await driver.send(
    { jobId: 'j', title: 'j#1', bytes: Buffer.from(text), language, size: null, pages: [] },
    {
      signal,
      commit: async () => {
        committed = true
        options.committing?.()
      },
      handedOver: async () => undefined,
      delayed: () => undefined,
    },
  )
  return { outcome, committed }
}

const READY =
  '\x02030,0,0,1245,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n'
/** A busy PC may hear the answer late. */
const answering = { statusMs: 5_000 }
const paperOut = Buffer.from(READY.replace('030,0,0', '030,1,0'))
const headUp = Buffer.from(READY.replace('000,0,0,0,0,2', '000,0,1,0,0,2'))

describe('a printer at a TCP port', () => {
  it('LBL-3 prints a label that it took to its end', async () => {
    const { port, printed } = await printer({ closesLate: 50 })
    expect(await send(port, zplLabel('A', 300_000))).toEqual({
      outcome: { tag: 'printed', detail: '' },
      committed: true,
    })
    expect(printed.get('A')).toBe(1)
  })

  it('LBL-4 is off: certainly nothing was sent, and nothing was marked as being sent', async () => {
    const one = await printer()
    await one.off()
    const { outcome, committed } = await send(one.port, zplLabel('A'))
    expect(outcome).toMatchObject({ tag: 'notSent', trouble: 'printerOff' })
    expect(committed).toBe(false)
  })

  it('LBL-4 has a name that nobody knows', async () => {
    const { outcome, committed } = await send(9100, zplLabel('A'), { host: 'no-such-printer.invalid' })
    expect(outcome).toMatchObject({ tag: 'notSent', trouble: 'hostUnknown' })
    expect(committed).toBe(false)
  })

  it('LBL-4 stalls: what has left may have come out', async () => {
    const { port } = await printer({ stalls: true })
    // Small enough for the buffers on the way: taken by the system is not taken by the printer.
    for (const bytes of [200, 30_000_000]) {
      const { outcome, committed } = await send(port, zplLabel('A', bytes), { stallMs: 400 })
      expect(outcome).toMatchObject({ tag: 'unknown', trouble: 'brokenOff' })
      expect(committed).toBe(true)
    }
  })

  it('LBL-4 closes half-way', async () => {
    const { port, printed } = await printer({ closesAfter: 100_000 })
    const { outcome } = await send(port, zplLabel('A', 8_000_000))
    expect(outcome).toMatchObject({ tag: 'unknown', trouble: 'brokenOff' })
    expect(printed.get('A')).toBeUndefined()
  })

  it('LBL-4 comes back after it was off', async () => {
    const one = await printer()
    await one.off()
    expect((await send(one.port, zplLabel('A'))).outcome.tag).toBe('notSent')
    await one.on()
    expect((await send(one.port, zplLabel('A'))).outcome.tag).toBe('printed')
    expect(one.printed.get('A')).toBe(1)
  })

  it('LBL-3 says that it is out of paper or open before anything is sent', async () => {
    const { port, manners, heard } = await printer({ status: paperOut })
    expect((await send(port, zplLabel('A'), answering)).outcome).toMatchObject({
      tag: 'notSent',
      trouble: 'outOfPaper',
    })
    manners.status = headUp
    expect((await send(port, zplLabel('A'), answering)).outcome).toMatchObject({
      tag: 'notSent',
      trouble: 'coverOpen',
    })
    manners.status = Buffer.from([0x04])
    const tspl = await send(port, 'CLS\r\nPRINT 1\r\n', { language: 'tspl', ...answering })
    expect(tspl.outcome).toMatchObject({ tag: 'notSent', trouble: 'outOfPaper' })
    expect(heard).toEqual(['~HS', '~HS', '\x1b!?'])
  })

  it('LBL-4 confirms the end by a status asked behind the label, where it answers such questions', async () => {
    const { port, printed, heard } = await printer({ status: Buffer.from(READY), closesLate: 5_000 })
    expect((await send(port, zplLabel('A'), answering)).outcome.tag).toBe('printed')
    expect(printed.get('A')).toBe(1)
    expect(heard[0]).toMatch(/^~HS[\s\S]*~HS$/)
  })

  it('LBL-4 that runs out of paper in the middle leaves a person to look', async () => {
    let asked = 0
    const server = createServer((socket: Socket) => {
      socket.on('error', () => undefined)
      socket.on('data', (part) => {
        if (part.includes('~HS')) socket.write(asked++ === 0 ? READY : paperOut)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    expect((await send(port, zplLabel('A'), answering)).outcome).toMatchObject({
      tag: 'unknown',
      trouble: 'outOfPaper',
    })
    server.close()
  })

  it('LBL-4 is not waited for when the station closes', async () => {
    const { port } = await printer({ stalls: true })
    const ending = new AbortController()
    const committing = () => void setTimeout(() => ending.abort(), 100)
    const { outcome } = await send(port, zplLabel('A', 30_000_000), {
      signal: ending.signal,
      stallMs: 60_000,
      committing,
    })
    expect(outcome.tag).toBe('unknown')
    const { outcome: later, committed } = await send(port, zplLabel('A'), { signal: AbortSignal.abort() })
    expect(later).toMatchObject({ tag: 'notSent', trouble: 'hostStopped' })
    expect(committed).toBe(false)
  })

  it('LBL-3 tells how it is without printing', async () => {
    const one = await printer({ status: headUp })
    const driver = createTcpPrinter({ host: '127.0.0.1', port: one.port, language: 'zpl', statusMs: 1_000 })
    const { signal } = new AbortController()
    expect(await driver.probe(signal)).toMatchObject({ condition: 'coverOpen' })
    one.manners.status = null
    expect(await driver.probe(signal)).toMatchObject({ condition: 'ready' })
    await one.off()
    expect(await driver.probe(signal)).toMatchObject({ condition: 'away' })
    expect(one.printed.size).toBe(0)
  })
})
