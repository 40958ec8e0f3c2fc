import { expect, it } from 'vitest'
import { type PushedEvent, syncAnswerSchemas } from '../../src/shared/protocol/sync-messages.ts'
import { madeEvent, madePush } from '../support/hub-events.ts'
import type { HubRig } from '../support/hub-rig.ts'
import { pullAll, results, tags } from './hub-store-answers.ts'

export function pushTests(rig: () => HubRig): void {
  it('SYN-1 gives pushed events their place and hands them to everybody, the writer included', async () => {
    const r = rig()
    const [a, b] = [r.caller('a'), r.caller('b')]
    expect(tags(await r.hub.answer(a, 'push', madePush(a, 1, 2)))).toEqual(['ack 1', 'ack 2'])
    expect(tags(await r.hub.answer(b, 'push', madePush(b, 1, 1)))).toEqual(['ack 3'])
    expect(tags(await r.hub.answer(a, 'push', madePush(a, 3, 1)))).toEqual(['ack 4'])
    const all = await pullAll(r, a)
    expect(all.events.map(({ sequence, event }) => [sequence, event.stationId, event.counter])).toEqual([
      [1, a.stationId, 1],
      [2, a.stationId, 2],
      [3, b.stationId, 1],
      [4, a.stationId, 3],
    ])
    expect(all.last).toBe(4)
    expect((await pullAll(r, b, 3)).events.map(({ sequence }) => sequence)).toEqual([4])
    expect(await r.hub.answer(a, 'pull', { after: 1, limit: 2 })).toMatchObject({
      events: [{ sequence: 2 }, { sequence: 3 }],
      last: 4,
    })
    expect(await pullAll(r, a, 4)).toEqual({ events: [], last: 4 })
    expect(await pullAll(r, a, 99)).toEqual({ events: [], last: 4 })
    expect(r.news.map(({ sequence }) => sequence)).toEqual([2, 3, 4])
  })

  it('SYN-1 answers a push whose answer was lost with the same sequences, and holds nothing twice', async () => {
    const r = rig()
    const a = r.caller('a')
    await r.hub.answer(a, 'push', madePush(a, 1, 3))
    expect(tags(await r.hub.answer(a, 'push', madePush(a, 1, 5)))).toEqual([
      'duplicate 1',
      'duplicate 2',
      'duplicate 3',
      'ack 4',
      'ack 5',
    ])
    const reordered = Object.fromEntries(Object.entries(madeEvent(a, 2)).reverse())
    const again = { generation: 'g1', opensAt: 1, events: [{ event: reordered }] }
    expect(tags(await r.hub.answer(a, 'push', again))).toEqual(['duplicate 2'])
    expect((await pullAll(r, a)).events).toHaveLength(5)
  })

  it('SYN-1 opens a generation only for the life that said hello last, and never for a request that was late', async () => {
    const r = rig()
    const a = r.caller('a')
    const hello = async (generation: string) => {
      const said = { protocolVersion: 1, appVersion: '1', generation, stationTime: 0 }
      const answer = await r.hub.answer(a, 'hello', said)
      return answer.tag === 'welcome' ? answer.ticket : undefined
    }
    const push = (generation: string, counter: number, ticket: string | undefined) => {
      const events = [{ event: madeEvent(a, counter, { generation }) }]
      return r.hub.answer(a, 'push', { generation, opensAt: counter, events, ...(ticket ? { ticket } : {}) })
    }
    const lost = await hello('g1')
    expect(lost).toBeDefined()
    expect(await hello('g1')).toBe(lost)
    const present = await hello('g2')
    expect(present).not.toBe(lost)
    expect((await push('g2', 1, present)).tag).toBe('taken')
    expect(await push('g1', 1, lost)).toEqual({ tag: 'helloWanted' })
    // What is open needs no ticket any more, and gives none.
    expect(await hello('g2')).toBeUndefined()
    expect((await push('g2', 2, undefined)).tag).toBe('taken')
    // An old hello that turns up late gives nothing to the request that it once came with.
    expect(await hello('g1')).not.toBe(lost)
    expect(await push('g1', 1, lost)).toEqual({ tag: 'helloWanted' })
    expect(await r.hub.lastSequence(r.warehouseId)).toBe(2)
  })

  it('SYN-4 opens generations of stations that know no tickets', async () => {
    const r = rig()
    const a = r.caller('a')
    expect(tags(await r.hub.answer(a, 'push', madePush(a, 1, 1)))).toEqual(['ack 1'])
  })

  it('SYN-1 asks for what is missing and takes nothing of a push with a hole', async () => {
    const r = rig()
    const a = r.caller('a')
    expect(await r.hub.answer(a, 'push', madePush(a, 2, 2))).toEqual({ tag: 'gap', wantedCounter: 1 })
    await r.hub.answer(a, 'push', madePush(a, 1, 2))
    expect(await r.hub.answer(a, 'push', madePush(a, 4, 1))).toEqual({ tag: 'gap', wantedCounter: 3 })
    const holed = [3, 5].map((counter) => ({ event: madeEvent(a, counter) }))
    const push = { generation: 'g1', opensAt: 1, events: holed }
    expect(await r.hub.answer(a, 'push', push)).toEqual({ tag: 'gap', wantedCounter: 3 })
    expect(await r.hub.lastSequence(r.warehouseId)).toBe(2)
  })

  it('SYN-1 sets another content of a held counter aside, once, and keeps the first', async () => {
    const r = rig()
    const a = r.caller('a')
    await r.hub.answer(a, 'push', madePush(a, 1, 2))
    const before = (await r.hub.figures()).quarantined
    const other = { generation: 'g1', opensAt: 1, events: [{ event: madeEvent(a, 2, { body: 'other' }) }] }
    for (const _ of [1, 2]) {
      expect(results(await r.hub.answer(a, 'push', other))).toEqual([
        { counter: 2, tag: 'quarantined', sequence: null, reason: 'otherContent' },
      ])
    }
    expect((await r.hub.figures()).quarantined).toBe(before + 1)
    expect((await pullAll(r, a)).events[1]?.event.body).toEqual(madeEvent(a, 2).body)
    expect(tags(await r.hub.answer(a, 'push', madePush(a, 2, 2)))).toEqual(['duplicate 2', 'ack 3'])
  })

  it('SYN-1 consumes the counter of what cannot stand in the order, so that the next goes on', async () => {
    const r = rig()
    const a = r.caller('a')
    const events: PushedEvent[] = [
      { event: madeEvent(a, 1) },
      { event: { ...madeEvent(a, 2), movements: 'none' } },
      { event: madeEvent({ ...a, stationId: 'somebody' }, 3) },
      { event: madeEvent({ ...a, warehouseId: 'elsewhere' }, 4) },
      { event: 'no envelope at all' },
      { event: madeEvent(a, 6, { eventId: 'b.g1.6' }) },
      { event: madeEvent(a, 7) },
    ]
    const expected = [
      { counter: 1, tag: 'ack', sequence: 1 },
      { counter: 2, tag: 'quarantined', sequence: null, reason: 'malformed' },
      { counter: 3, tag: 'quarantined', sequence: null, reason: 'otherStation' },
      { counter: 4, tag: 'quarantined', sequence: null, reason: 'otherWarehouse' },
      { counter: 5, tag: 'quarantined', sequence: null, reason: 'malformed' },
      { counter: 6, tag: 'quarantined', sequence: null, reason: 'malformed' },
      { counter: 7, tag: 'ack', sequence: 2 },
    ]
    const push = { generation: 'g1', opensAt: 1, events }
    const before = (await r.hub.figures()).quarantined
    expect(results(await r.hub.answer(a, 'push', push))).toEqual(expected)
    const again = expected.map((result) => (result.tag === 'ack' ? { ...result, tag: 'duplicate' } : result))
    expect(results(await r.hub.answer(a, 'push', push))).toEqual(again)
    expect((await r.hub.figures()).quarantined).toBe(before + 5)
    expect((await pullAll(r, a)).events.map(({ event }) => event.counter)).toEqual([1, 7])
  })

  it('SYN-3 takes pushes that come at once in one order without holes, many in one commit', async () => {
    const r = rig()
    const callers = Array.from({ length: 30 }, (_, index) => r.caller(`s${index}`))
    const answers = await Promise.all(
      callers.flatMap((caller) => [
        r.hub.answer(caller, 'push', madePush(caller, 1, 2)),
        r.hub.answer(caller, 'push', madePush(caller, 2, 2)),
      ]),
    )
    const acks = answers.flatMap((answer) => results(answer)).filter(({ tag }) => tag === 'ack')
    const order = acks.map(({ sequence }) => sequence ?? 0).sort((a, b) => a - b)
    expect(order).toEqual(Array.from({ length: 90 }, (_, index) => index + 1))
    const figures = await r.hub.figures()
    expect(figures).toMatchObject({ databaseOk: true, ingestPushes: 60, ingestEvents: 90 })
    expect(figures.ingestBatches).toBeLessThan(10)
  })
}

export function generationTests(rig: () => HubRig): void {
  it('SYN-1 closes the older generation of a station: what is held stays, what is new is kept aside', async () => {
    const r = rig()
    const [a, b] = [r.caller('a'), r.caller('b')]
    await r.hub.answer(a, 'push', madePush(a, 1, 3))
    await r.hub.answer(b, 'push', madePush(b, 1, 1))
    const younger = { ...madePush(a, 3, 1, { generation: 'g2' }), opensAt: 3 }
    expect(tags(await r.hub.answer(a, 'push', younger))).toEqual(['ack 5'])
    expect(tags(await r.hub.answer(a, 'push', madePush(a, 2, 2)))).toEqual(['duplicate 2', 'duplicate 3'])
    const before = (await r.hub.figures()).quarantined
    for (const _ of [1, 2]) {
      expect(await r.hub.answer(a, 'push', madePush(a, 3, 2))).toEqual({
        tag: 'generationClosed',
        lastCounter: 3,
      })
    }
    expect((await r.hub.figures()).quarantined).toBe(before + 1)
    expect(await r.hub.lastSequence(r.warehouseId)).toBe(5)
    expect(tags(await r.hub.answer(b, 'push', madePush(b, 2, 1)))).toEqual(['ack 6'])
    const next = { ...madePush(a, 4, 1, { generation: 'g2' }), opensAt: 3 }
    expect(tags(await r.hub.answer(a, 'push', next))).toEqual(['ack 7'])
  })
}

export function passingOnTests(rig: () => HubRig): void {
  it('SYN-4 passes on unknown types, unknown members and any text unchanged', async () => {
    const r = rig()
    const a = r.caller('a')
    const nasty = `'; DROP TABLE events; -- \u0000 \n "\\" {a,b} NULL \ud800 Ａ衣服 \u2028`
    const event = madeEvent(a, 1, {
      type: nasty,
      commandId: nasty,
      entities: [nasty],
      body: { [nasty]: nasty },
    })
    const pushed = { ...event, later: { nested: [1, null, nasty] }, movements: [movement({ more: nasty })] }
    await r.hub.answer(a, 'push', { generation: 'g1', opensAt: 1, events: [{ event: pushed }] })
    const text = await r.hub.pullJson(a, { after: 0, limit: 10 })
    expect(text).toBe(`{"events":[{"sequence":1,"event":${JSON.stringify(pushed)}}],"last":1}`)
    expect((await pullAll(r, a)).events).toEqual([{ sequence: 1, event: JSON.parse(JSON.stringify(pushed)) }])
  })

  it('SYN-1 keeps people beside the event and gives them with it, as text and as values', async () => {
    const r = rig()
    const a = r.caller('a')
    const people = [
      { personRef: 'p/2', name: '王"小\n明', '\u0000': 1 },
      { personRef: 'p/1', sealed: { key: 'x' } },
    ]
    const events = [
      { event: madeEvent(a, 1) },
      { event: madeEvent(a, 2), people },
      { event: madeEvent(a, 3) },
    ]
    await r.hub.answer(a, 'push', { generation: 'g1', opensAt: 1, events })
    const pulled = await pullAll(r, a)
    expect(pulled.events.map((one) => one.people)).toEqual([undefined, people, undefined])
    expect(pulled.events[1]?.event).toEqual(madeEvent(a, 2))
    const text = await r.hub.pullJson(a, { after: 0, limit: 2000 })
    expect(JSON.parse(text)).toEqual(pulled)
    expect(syncAnswerSchemas.pull.parse(JSON.parse(text))).toEqual(pulled)
  })

  it('SYN-1 gives the newest of what was written of people, and nothing of those nobody wrote of', async () => {
    const r = rig()
    const a = r.caller('a')
    const written = (street: string) => ({ personRef: 'p-newest', street })
    const events = [
      { event: madeEvent(a, 1), people: [written('旧街')] },
      { event: madeEvent(a, 2), people: [written('新街')] },
    ]
    await r.hub.answer(a, 'push', { generation: 'g1', opensAt: 1, events })
    const { people } = await r.hub.answer(a, 'people', { personRefs: ['p-newest', 'p-nobody'] })
    expect(people).toEqual([{ sequence: 2, person: written('新街') }])
  })

  it('SYN-3 keeps warehouses apart', async () => {
    const [r, other] = [rig(), rig()]
    await r.hub.answer(r.caller('a'), 'push', madePush(r.caller('a'), 1, 2))
    expect(await pullAll(other, other.caller('a'))).toEqual({ events: [], last: 0 })
    expect(await other.hub.pullJson(other.caller('a'), { after: 0, limit: 5 })).toBe('{"events":[],"last":0}')
    expect(await other.hub.lastSequence(other.warehouseId)).toBe(0)
    const push = madePush(other.caller('a'), 1, 1)
    expect(tags(await other.hub.answer(other.caller('a'), 'push', push))).toEqual(['ack 1'])
  })
}

const movement = (more: object) => ({
  skuCode: 'A',
  batch: null,
  expiresOn: null,
  measureMm: null,
  condition: 'good',
  quantity: 1,
  from: 'supplier',
  to: 'dock',
  ...more,
})

export function transactionTests(rig: () => HubRig): void {
  it('SYN-1 keeps nothing of a transaction that fails after its writes', async () => {
    const r = rig()
    const a = r.caller('a')
    await r.hub.answer(a, 'push', madePush(a, 1, 1))
    const scope = { lock: 'events', warehouseId: r.warehouseId } as const
    const failing = r.store.transaction(scope, async (tx) => {
      const identity = { stationId: a.stationId, generation: 'g1' }
      const event = { ...identity, counter: 2, sequence: 2, envelope: '{}', people: [] }
      const row = { ...identity, opensAt: 1, lastCounter: 2, closed: true }
      await tx.append({ events: [event], generations: [row], quarantined: [] })
      throw new Error('power cut')
    })
    await expect(failing).rejects.toThrow('power cut')
    expect((await pullAll(r, a)).events).toHaveLength(1)
    expect(tags(await r.hub.answer(a, 'push', madePush(a, 2, 1)))).toEqual(['ack 2'])
  })

  it('SYN-3 lets transactions of one scope and warehouse never overlap', async () => {
    const r = rig()
    for (const lock of ['events', 'leases', 'snapshots', 'stations'] as const) {
      let inside = 0
      let most = 0
      const work = async () => {
        inside += 1
        most = Math.max(most, inside)
        await new Promise((resolve) => setTimeout(resolve, 5))
        inside -= 1
      }
      const scope = lock === 'stations' ? { lock } : { lock, warehouseId: r.warehouseId }
      await Promise.all([1, 2, 3].map(() => r.store.transaction(scope, work)))
      expect(most, lock).toBe(1)
    }
  })

  it('SYN-3 has one id for ever, whoever asks first', async () => {
    const r = rig()
    const ids = await Promise.all(['x', 'y'].map((candidate) => r.store.hubId(candidate)))
    expect(new Set([...ids, await r.store.hubId('z')]).size).toBe(1)
  })
}
