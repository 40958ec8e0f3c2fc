import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import {
  type LabelPrinter,
  startLabelPrinter,
  zplLabel,
} from '../../src/main/host/printers/label-printer.test-support.ts'
import type {
  HostMethod,
  HostReply,
  HostRequest,
  HostResponses,
} from '../../src/shared/protocol/host-contract.ts'
import type { Printer, PrintJobState } from '../../src/shared/protocol/print-contract.ts'
import { cookieOf, sendRaw } from '../contract/http-requests.ts'
import { diceFrom } from './support/dice.ts'
import { freePort, ROOT } from './support/station-process.ts'

const KILLS = Number(process.env.PACKBENCH_KILLS ?? 50)
const LABELS = Number(process.env.PACKBENCH_LABELS ?? 200)
const KILLS_A_BATCH = 5
const seed = Number(process.env.PACKBENCH_SEED ?? Date.now() % 1_000_000)
/** The built host itself, without the script around it: it is started again and again. */
const BUILT = process.env.PACKBENCH_HTTP_HOST ?? join(ROOT, 'out/main/http.js')
const data = mkdtempSync(join(tmpdir(), 'packbench-prints-'))

let printer: LabelPrinter
let running: RunningHost | null = null

afterAll(async () => {
  running?.kill()
  await printer?.off()
  rmSync(data, { recursive: true, force: true })
})

interface RunningHost {
  ask<M extends HostMethod>(method: M, request: HostRequest<M>): Promise<HostResponses[M]>
  kill(): void
  readonly ended: Promise<unknown>
}

async function startHost(port: number): Promise<RunningHost> {
  if (!existsSync(BUILT)) throw new Error(`${BUILT} is missing: run npm run build first`)
  const child = spawn(process.execPath, [BUILT, '--port', String(port), '--data', data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const url = await readyUrl(child)
  const host = `127.0.0.1:${port}`
  const cookie = cookieOf(
    await sendRaw({ port, path: url.slice(url.indexOf('/?')), headers: { Host: host } }),
  )
  const headers = {
    Host: host,
    Origin: `http://${host}`,
    Cookie: cookie,
    'Content-Type': 'application/json',
  }
  return {
    ended,
    kill: () => void child.kill('SIGKILL'),
    ask: async (method, request) => {
      const body = JSON.stringify(request)
      const answer = await sendRaw({ port, path: `/api/${method}`, method: 'POST', headers, body })
      const reply = JSON.parse(answer.body) as HostReply
      if (!reply.ok) throw new Error(`${method}: ${JSON.stringify(reply.fault)}`)
      return reply.value as never
    },
  }
}

function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    child.stdout?.on('data', (part) => {
      output += String(part)
      const ready = /^Station ready: (\S+)$/m.exec(output)
      if (ready?.[1] !== undefined) resolve(ready[1])
    })
    child.once('exit', (code) => reject(new Error(`the host ended with ${code}`)))
  })
}

const bench = (port: number): Printer => ({
  printerId: 'bench',
  name: '打包台',
  path: { via: 'tcp', host: '127.0.0.1', port },
  language: 'zpl',
  dpi: 203,
  paper: null,
  gapUm: 2000,
  darkness: null,
  sparePrinterId: null,
})

/** What the page does after each start: everything that it does not know to be printed is handed over again. */
async function submitAll({ ask }: RunningHost, jobIds: readonly string[]): Promise<void> {
  for (let from = 0; from < jobIds.length; from += 20) {
    await Promise.all(
      jobIds.slice(from, from + 20).map((jobId) =>
        ask('print.submit', {
          space: 'live',
          jobId,
          document: {
            kind: 'courier-label',
            language: 'zpl',
            base64: Buffer.from(zplLabel(jobId, 12_000)).toString('base64'),
            waybillNumber: jobId,
          },
          layout: null,
          printerId: 'bench',
        }),
      ),
    )
  }
}

/** Waits until none of the jobs waits or is being sent. */
async function allSettled({ ask }: RunningHost, jobIds: ReadonlySet<string>): Promise<PrintJobState[]> {
  const states = new Map<string, PrintJobState>()
  const open = (): boolean =>
    states.size < jobIds.size ||
    [...states.values()].some(({ state }) => state === 'waiting' || state === 'sending')
  const limit = Date.now() + 120_000
  for (let cursor = 0; ; ) {
    const answer = await ask('print.watch', { space: 'live', cursor, timeoutMs: 5_000 })
    cursor = answer.cursor
    for (const job of answer.jobs) if (jobIds.has(job.jobId)) states.set(job.jobId, job)
    if (!open()) return [...states.values()]
    if (Date.now() > limit) throw new Error(`not settled: ${JSON.stringify([...states.values()].slice(-3))}`)
  }
}

/** Waits until so many more labels have come out, or for ten seconds, as when the batch ends before. */
async function moreLabels(count: number): Promise<void> {
  const wanted = printer.printed.size + count
  for (const limit = Date.now() + 10_000; printer.printed.size < wanted && Date.now() < limit; )
    await sleep(2)
}

describe('power cuts while labels are printed', () => {
  it(`LBL-4 seed ${seed}: ${KILLS} kills in the middle of ${LABELS} labels lose none and print none twice`, async () => {
    const roll = diceFrom(seed)
    printer = await startLabelPrinter({ closesLate: 1 })
    const port = await freePort()
    running = await startHost(port)
    await running.ask('printer.save', { printer: bench(printer.port) })
    const seen = { printed: 0, unknownOut: 0, unknownNot: 0 }

    for (let batch = 0; batch < KILLS / KILLS_A_BATCH; batch++) {
      const jobIds = Array.from({ length: LABELS }, (_, index) => `k${batch}-${index}`)
      for (let kill = 0; kill < KILLS_A_BATCH; kill++) {
        const host: RunningHost = running
        const handingOver = submitAll(host, jobIds).catch(() => undefined)
        await moreLabels(roll(Math.floor(LABELS / (KILLS_A_BATCH + 1))))
        // Somewhere in the course of one label.
        await sleep(roll(40))
        host.kill()
        await Promise.all([host.ended, handingOver])
        running = await startHost(port)
      }
      await submitAll(running, jobIds)
      const jobs = await allSettled(running, new Set(jobIds))

      expect(jobs).toHaveLength(LABELS)
      for (const { jobId, state, attempts } of jobs) {
        const times = printer.printed.get(jobId) ?? 0
        expect({ jobId, state, times, attempts }).toMatchObject(
          state === 'printed'
            ? { times: 1, attempts: 1 }
            : { state: 'unknown', times: expect.toSatisfy((count) => count <= 1), attempts: 1 },
        )
        if (state === 'printed') seen.printed++
        else if (times === 1) seen.unknownOut++
        else seen.unknownNot++
      }
      // One printer sends one label at a time.
      expect(jobs.filter(({ state }) => state === 'unknown').length).toBeLessThanOrEqual(KILLS_A_BATCH)
    }

    expect(Math.max(...printer.printed.values())).toBe(1)
    console.log(`${KILLS} kills: ${JSON.stringify(seen)}`)
    // Kills that all fall beside the sending of a label show nothing.
    expect(seen.unknownOut + seen.unknownNot).toBeGreaterThan(0)
  })
})
