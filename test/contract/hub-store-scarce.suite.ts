import { expect, it } from 'vitest'
import type { HubCaller } from '../../src/hub/hub-service.ts'
import { madeEvent } from '../support/hub-events.ts'
import type { HubRig } from '../support/hub-rig.ts'
import { pullAll, tags } from './hub-store-answers.ts'

export function leaseTests(rig: () => HubRig): void {
  it('SYN-2 leases an order to one station, with a token that never comes twice', async () => {
    const r = rig()
    const [a, b] = [r.caller('a'), r.caller('b')]
    const ask = async (caller: HubCaller, orderIds = ['o1']) =>
      (await r.hub.answer(caller, 'lease', { orderIds, taskId: 't', seconds: 60 })).leases
    const expiresAt = r.now() + 60_000
    const granted = {
      orderId: 'o1',
      tag: 'granted',
      token: 1,
      stationId: a.stationId,
      stationName: 'a',
      expiresAt,
    }
    expect(await ask(a)).toEqual([granted])
    expect(await ask(b, ['o2', 'o1'])).toMatchObject([
      { orderId: 'o2', tag: 'granted', token: 1, stationId: b.stationId },
      { ...granted, tag: 'held' },
    ])
    r.pass(30_000)
    expect(await ask(a)).toMatchObject([{ tag: 'granted', token: 1, expiresAt: expiresAt + 30_000 }])
    r.pass(60_000)
    expect(await ask(a)).toMatchObject([{ tag: 'granted', token: 2 }])
    await r.hub.answer(b, 'release', { orderIds: ['o1'] })
    expect(await ask(b)).toMatchObject([{ tag: 'held', token: 2 }])
    await r.hub.answer(a, 'release', { orderIds: ['o1', 'never'] })
    expect(await ask(b)).toMatchObject([{ tag: 'granted', token: 3, stationName: 'b' }])
  })

  it('SYN-2 gives an order that two ask for at once to one of them, under any name', async () => {
    const r = rig()
    const nasty = `o'; "\\ {}, \u0000 订单`
    const callers = ['a', 'b', 'c', 'd'].map((name) => r.caller(name))
    const asked = await Promise.all(
      callers.map((caller) =>
        r.hub.answer(caller, 'lease', { orderIds: [nasty, nasty], taskId: nasty, seconds: 60 }),
      ),
    )
    expect(asked.every(({ leases }) => leases.length === 2 && leases[0]?.orderId === nasty)).toBe(true)
    expect(asked.filter(({ leases }) => leases[0]?.tag === 'granted')).toHaveLength(1)
  })
}

export function grantTests(rig: () => HubRig): void {
  const waybills = (positions: Readonly<Record<string, number>>) =>
    Object.entries(positions).map(([number, position]) => ({
      courier: 'ZTO',
      number,
      sortCode: '',
      position,
    }))

  async function post(
    r: HubRig,
    caller: HubCaller,
    counter: number,
    type: string,
    body: unknown,
  ): Promise<void> {
    const event = madeEvent(caller, counter, { type, body })
    expect(
      tags(await r.hub.answer(caller, 'push', { generation: 'g1', opensAt: 1, events: [{ event }] })),
    ).toHaveLength(1)
  }

  const grant = (r: HubRig, caller: HubCaller, requestId: string, count: number) =>
    r.hub.answer(caller, 'grant', { requestId, courier: 'ZTO', count })

  async function granted(r: HubRig, caller: HubCaller) {
    const { events } = await pullAll(r, caller)
    return events.flatMap(({ event }) => (event.stationId === 'hub' ? [event] : []))
  }

  it('SYN-2 grants returned numbers in pool order, as an event of its own, once per request', async () => {
    const r = rig()
    const [a, b] = [r.caller('a'), r.caller('b')]
    const loaded = { file: 'f', waybills: waybills({ '77': 2, '78': 1, '79': 3 }) }
    await post(r, a, 1, 'WaybillsLoaded', loaded)
    expect(await grant(r, b, 'r1', 5)).toEqual({ tag: 'dry' })
    await post(r, a, 2, 'WaybillsReturned', { keys: ['ZTO/70', 'ZTO/77', 'ZTO/78', 'ZTO/79', 'YTO/1'] })
    expect(await grant(r, b, 'r1', 3)).toEqual({ tag: 'granted', count: 3 })
    expect(await grant(r, b, 'r1', 3)).toEqual({ tag: 'granted', count: 3 })
    expect(await grant(r, b, 'r2', 3)).toEqual({ tag: 'granted', count: 1 })
    expect(await grant(r, b, 'r3', 3)).toEqual({ tag: 'dry' })
    const events = await granted(r, b)
    expect(events.map(({ counter, body }) => [counter, body])).toEqual([
      [1, { stationId: b.stationId, requestId: 'r1', keys: ['ZTO/78', 'ZTO/77', 'ZTO/79'] }],
      [2, { stationId: b.stationId, requestId: 'r2', keys: ['ZTO/70'] }],
    ])
    expect(events[0]).toMatchObject({ type: 'WaybillsGranted', version: 1, at: r.now(), commandId: 'r1' })
    expect(await r.hub.lastSequence(r.warehouseId)).toBe(4)
    expect(r.news.at(-1)).toEqual({ warehouseId: r.warehouseId, sequence: 4 })
  })

  it('SYN-2 never grants a number that was printed, written off or is in another hand', async () => {
    const r = rig()
    const [a, b] = [r.caller('a'), r.caller('b')]
    await post(r, a, 1, 'WaybillsReturned', { keys: ['ZTO/1', 'ZTO/2', 'ZTO/3', 'ZTO/4'] })
    await post(r, a, 2, 'ParcelFinished', { waybillKey: 'ZTO/1' })
    await post(r, a, 3, 'WaybillsWrittenOff', { keys: ['ZTO/2'], reason: 'lost' })
    await post(r, a, 4, 'WaybillsReturned', { keys: ['ZTO/1', 'ZTO/2'] })
    await post(r, a, 5, 'WaybillsSetAside', { keys: ['ZTO/3'] })
    expect(await grant(r, b, 'r1', 10)).toEqual({ tag: 'granted', count: 1 })
    // The same number came back twice: the second time it is no longer the returner's.
    await post(r, a, 6, 'WaybillsReturned', { keys: ['ZTO/4'] })
    expect(await grant(r, a, 'r2', 10)).toEqual({ tag: 'dry' })
    await post(r, b, 1, 'WaybillsReturned', { keys: ['ZTO/4'] })
    expect(await grant(r, a, 'r2', 10)).toEqual({ tag: 'granted', count: 1 })
    expect((await granted(r, a)).map(({ body }) => body)).toMatchObject([
      { keys: ['ZTO/4'] },
      { keys: ['ZTO/4'] },
    ])
  })

  it('SYN-2 gives each number to one of those who ask at once', async () => {
    const r = rig()
    const a = r.caller('a')
    const keys = Array.from({ length: 40 }, (_, index) => `ZTO/${1000 + index}`)
    await post(r, a, 1, 'WaybillsReturned', { keys })
    const askers = Array.from({ length: 6 }, (_, index) => r.caller(`s${index}`))
    await Promise.all(askers.map((caller) => grant(r, caller, 'same-name', 10)))
    const given = (await granted(r, a)).flatMap(({ body }) => (body as { keys: string[] }).keys)
    expect([...given].sort()).toEqual(keys)
  })
}
