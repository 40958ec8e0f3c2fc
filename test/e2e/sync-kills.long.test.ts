import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { enrol, type HubClient } from '../support/hub-client.ts'
import { embeddedPostmaster, type HubProcess, saidCode, startHubProcess } from '../support/hub-process.ts'
import { diceFrom } from './support/dice.ts'
import { eventually } from './support/eventually.ts'
import { addedStock, sharedRows, storedParcels } from './support/ledger-rows.ts'
import { rebuildCompare, setUp } from './support/office.ts'
import { shoot } from './support/shoot.ts'
import { packOrder, stockUp } from './support/small-day.ts'
import { type SmallShop, writeSmallShop } from './support/small-shop.ts'
import { storedRows, storedStock } from './support/stored.ts'
import {
  closeStation,
  enrolByForm,
  inStep,
  joinAtStart,
  openStation,
  readNewCode,
  reopenBrowser,
  restartHost,
  signInManager,
  type SyncStation,
  syncNow,
} from './support/sync-station.ts'

/** Each kind of death so many times. */
const ROUNDS = Number(process.env.PACKBENCH_SYNC_KILLS ?? 2)
const VICTIMS = ['hub', 'postgres', 'browser', 'host'] as const
const seed = Number(process.env.PACKBENCH_SEED ?? Date.now() % 1_000_000)
const roll = diceFrom(seed)

const root = mkdtempSync(join(tmpdir(), 'packbench-sync-kills-'))
const hubDirectory = join(root, 'hub')
/** More than two stations pack from one death to the next; whoever runs out of orders is not killed at work. */
const ORDERS_A_DEATH = 30
const ORDERS = ROUNDS * VICTIMS.length * ORDERS_A_DEATH + 4
const shop: SmallShop = writeSmallShop(root, ORDERS, 1, 6 * ORDERS)
const orders = [...shop.orderNumbers]
/** Waybills whose verdict "finished" was on a screen. */
const acknowledged: string[] = []
let hub: HubProcess
let auditor: HubClient
let first: SyncStation
let second: SyncStation

beforeAll(async () => {
  hub = await startHubProcess(['--port', '0', '--data', hubDirectory])
  first = await openStation(root, 'PC-1', hub.port)
  second = await openStation(root, 'PC-2', hub.port)
  await setUp(first.page)
  await stockUp(first.floor, shop, orders.length)
  await enrolByForm(first, saidCode(hub.err()))
  await inStep(first)
  await joinAtStart(second, await readNewCode(first))
  await signInManager(second)
  auditor = await enrol(hub.url, await readNewCode(first))
  await Promise.all([inStep(first), inStep(second)])
}, 240_000)

afterEach(async ({ task }) => {
  for (const { page, name } of [first, second])
    await shoot(page, `${task.name.slice(0, 12)}-${name}`).catch(() => undefined)
})

afterAll(async () => {
  await Promise.all([first, second].map(closeStation))
  hub?.kill('SIGTERM')
  await hub?.ended
  rmSync(root, { recursive: true, force: true })
}, 60_000)

function nextOrder(): string {
  const order = orders.shift()
  if (order === undefined) throw new Error('all orders are packed: the test needs more')
  return order
}

/** Packs one order after the other until told to stop, or until the browser dies. */
async function keepPacking(station: SyncStation, stopped: () => boolean): Promise<'stopped' | Error> {
  try {
    while (!stopped()) acknowledged.push(await packOrder(station.floor, shop, nextOrder()))
    return 'stopped'
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

async function kill(victim: (typeof VICTIMS)[number]): Promise<void> {
  switch (victim) {
    case 'hub': {
      hub.kill('SIGKILL')
      await hub.ended
      return
    }
    case 'postgres': {
      const postmaster = embeddedPostmaster(hubDirectory)
      if (postmaster === null) throw new Error('PostgreSQL does not run')
      process.kill(postmaster, 'SIGKILL')
      return
    }
    case 'browser':
      return second.browser.kill()
    case 'host':
      return second.process.kill()
  }
}

async function bringBack(victim: (typeof VICTIMS)[number]): Promise<void> {
  if (victim === 'hub') {
    hub = await startHubProcess(['--port', '0', '--data', hubDirectory])
    auditor = auditor.at(hub.url)
    for (const { network } of [first, second]) network.leadTo(hub.port)
  }
  if (victim === 'host') await restartHost(second)
  if (victim === 'browser') {
    await reopenBrowser(second)
    await second.floor.go('pack')
    await putBy(second)
  }
}

/**
 * An order that was on the bench is put by; its pieces are still in their bins. With nothing on the bench the command
 * takes one back that was put by after an earlier death: that one is put by again.
 */
async function putBy({ floor }: SyncStation): Promise<void> {
  const { reason } = await floor.scan('CMD-HOLD')
  if (reason === 'resumed') await floor.expectReasons(['CMD-HOLD', 'held'])
}

interface Streamed {
  readonly sequence: number
  readonly event: { readonly eventId: string; readonly type: string; readonly body: unknown }
}

async function wholeStream(): Promise<Streamed[]> {
  const events: Streamed[] = []
  for (;;) {
    const page = await auditor.call('pull', { after: events.at(-1)?.sequence ?? 0, limit: 2000 })
    events.push(...page.events)
    if (page.events.length === 0 || events.at(-1)?.sequence === page.last) return events
  }
}

async function bothInStep(): Promise<void> {
  for (const station of [first, second]) await syncNow(station)
  const last = async (): Promise<number> => (await auditor.call('pull', { after: 0, limit: 1 })).last
  const heard = async ({ page }: SyncStation): Promise<number> =>
    Number((await storedRows(page, 'meta')).find((row) => row.key === 'hubCursor')?.value)
  await eventually(
    async () => {
      for (const station of [first, second]) await inStep(station, 120_000)
      return [await last(), await heard(first), await heard(second)]
    },
    ([hubs, ...stations]) => stations.every((cursor) => cursor === hubs),
    'hub and stations at one sequence',
    120_000,
  )
}

describe('deaths while stations work', () => {
  it(`SYN-3 seed ${seed}: ${ROUNDS} rounds of kill -9 of hub, PostgreSQL, browser and host: everything acknowledged is there once`, async () => {
    for (let round = 0; round < ROUNDS; round++)
      for (const victim of VICTIMS) {
        let stop = false
        const work = [first, second].map((station) => keepPacking(station, () => stop))
        await sleep(500 + roll(2500))
        await kill(victim)
        await sleep(roll(2000))
        stop = true
        const [one, two] = await Promise.all(work)
        expect(one).toBe('stopped')
        if (victim === 'browser') expect(two).toBeInstanceOf(Error)
        else expect(two).toBe('stopped')
        await bringBack(victim)
      }
    expect(acknowledged.length).toBeGreaterThan(ROUNDS * 2)
    await bothInStep()
    // A little more, so that the ways that were broken are used again.
    for (const station of [first, second])
      acknowledged.push(await packOrder(station.floor, shop, nextOrder()))
    await bothInStep()

    const stream = await wholeStream()
    expect(stream.map(({ sequence }) => sequence)).toEqual(stream.map((_, index) => index + 1))
    const ids = stream.map(({ event }) => event.eventId)
    expect(new Set(ids).size).toBe(ids.length)
    const finished = stream
      .filter(({ event }) => event.type === 'ParcelFinished')
      .map(({ event }) => (event.body as { waybillNumber: string }).waybillNumber)
    expect(new Set(finished).size).toBe(finished.length)
    expect(finished).toEqual(expect.arrayContaining(acknowledged))
    for (const { page, floor } of [first, second]) {
      const records = (await storedRows(page, 'records')).filter((record) => record.kind === 'event')
      expect(records.map((record) => record.eventId).sort()).toEqual([...ids].sort())
      expect((await storedParcels(page)).map(({ waybill }) => waybill)).toEqual([...finished].sort())
      expect(await storedStock(page)).toEqual(await addedStock(page))
      expect(await rebuildCompare(floor)).toBe('equal')
    }
    expect(await sharedRows(second.page)).toEqual(await sharedRows(first.page))
  })
})
