import { expect, it } from 'vitest'
import type { HubCaller } from '../../src/hub/hub-service.ts'
import { SYNC_PROTOCOL_VERSION } from '../../src/shared/protocol/sync-messages.ts'
import { madePush } from '../support/hub-events.ts'
import { type HubRig, stationKey } from '../support/hub-rig.ts'

export function snapshotTests(rig: () => HubRig): void {
  async function stockUp(r: HubRig, caller: HubCaller, events: number): Promise<void> {
    const known = await r.hub.lastSequence(r.warehouseId)
    for (let from = known + 1; from <= events; from += 500) {
      await r.hub.answer(caller, 'push', madePush(caller, from, Math.min(500, events - from + 1)))
    }
  }
  const offer = async (
    r: HubRig,
    caller: HubCaller,
    sequence: number,
    part: number,
    hash = 'h',
    parts = 2,
  ) => {
    const rows = `{"rows":"${caller.name} ${sequence}/${part} \u0000"}`
    return (await r.hub.answer(caller, 'offer', { sequence, part, parts, hash, rows })).tag
  }
  const get = (r: HubRig, sequence: number | null, part: number) =>
    r.hub.answer(r.caller('x'), 'snapshot', { sequence, part })

  it('SYN-1 keeps a snapshot when all its parts are there, and tells two that disagree', async () => {
    const r = rig()
    const [a, b] = [r.caller('a'), r.caller('b')]
    await stockUp(r, a, 10)
    expect(await get(r, null, 0)).toEqual({ tag: 'none' })
    expect(await offer(r, a, 11, 0)).toBe('notWanted')
    expect(await offer(r, a, 10, 1)).toBe('notWanted')
    expect(await offer(r, a, 10, 0)).toBe('taken')
    expect(await offer(r, b, 10, 0)).toBe('notWanted')
    expect(await offer(r, a, 10, 0)).toBe('taken')
    expect(await get(r, null, 0)).toEqual({ tag: 'none' })
    expect(await offer(r, a, 10, 1)).toBe('taken')
    expect(await offer(r, a, 10, 1)).toBe('taken')
    expect(await get(r, null, 1)).toMatchObject({ tag: 'part', sequence: 10, part: 1, parts: 2, hash: 'h' })
    expect(await get(r, 10, 0)).toMatchObject({ part: 0 })
    expect(await get(r, 10, 2)).toEqual({ tag: 'none' })
    expect(await get(r, 9, 0)).toEqual({ tag: 'none' })
    const before = (await r.hub.figures()).differingSnapshots
    expect(await offer(r, b, 10, 0, 'other')).toBe('differs')
    expect(await offer(r, b, 10, 0, 'other')).toBe('differs')
    expect((await r.hub.figures()).differingSnapshots).toBe(before + 1)
    expect(await offer(r, b, 10, 0)).toBe('notWanted')
    const hello = { protocolVersion: SYNC_PROTOCOL_VERSION, appVersion: '1', generation: 'g', stationTime: 0 }
    expect(await r.hub.answer(a, 'hello', hello)).toMatchObject({
      tag: 'welcome',
      sequence: 10,
      snapshot: 10,
    })
  })

  it('SYN-1 wants the next snapshot 2,000 events later, from whoever goes on with it, and keeps two', async () => {
    const r = rig()
    const [a, b] = [r.caller('a'), r.caller('b')]
    await stockUp(r, a, 6100)
    expect(await offer(r, a, 10, 0, 'h', 1)).toBe('taken')
    expect(await offer(r, a, 2009, 0)).toBe('notWanted')
    expect(await offer(r, a, 2010, 0)).toBe('taken')
    r.pass(11 * 60_000)
    // The first has not come back: what it began is dropped, and its late part is not mixed in.
    expect(await offer(r, b, 2020, 0)).toBe('taken')
    expect(await offer(r, a, 2010, 1)).toBe('notWanted')
    expect(await offer(r, b, 2020, 1)).toBe('taken')
    expect(await offer(r, a, 4020, 0, 'h', 1)).toBe('taken')
    expect(await get(r, null, 0)).toMatchObject({ sequence: 4020 })
    expect(await get(r, 2020, 1)).toMatchObject({ sequence: 2020 })
    expect(await get(r, 10, 0)).toEqual({ tag: 'none' })
  })
}

export function stationTests(rig: () => HubRig): void {
  const request = (stationId: string, code: string, publicKey = stationKey()) => ({
    protocolVersion: SYNC_PROTOCOL_VERSION,
    code,
    stationId,
    stationName: `台'${stationId}`,
    publicKey,
    appVersion: '2.0',
  })

  it('SEC-2 takes a station in by a code that works once, for a day, and forgives how it is typed', async () => {
    const r = rig()
    const { code, expiresAt } = await r.hub.createCode(r.warehouseId)
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
    expect(expiresAt).toBe(r.now() + 86_400_000)
    const a = request(r.caller('a').stationId, ` ${code.toLowerCase().replaceAll('-', ' ')} `)
    expect(await r.hub.findStation(a.stationId)).toBeNull()
    const enrolled = await r.hub.enrol(a)
    expect(enrolled).toMatchObject({ tag: 'enrolled', warehouseId: r.warehouseId, hubTime: r.now() })
    expect(await r.hub.enrol(a), 'the answer was lost').toEqual(enrolled)
    const used = { tag: 'refused', reason: 'codeUsed' }
    expect(await r.hub.enrol({ ...a, publicKey: stationKey() })).toEqual(used)
    expect(await r.hub.enrol(request(r.caller('b').stationId, code))).toEqual(used)
    expect(await r.hub.findStation(a.stationId)).toEqual({
      caller: { stationId: a.stationId, warehouseId: r.warehouseId, name: a.stationName },
      publicKey: a.publicKey,
      revoked: false,
    })
    const old = await r.hub.createCode(r.warehouseId)
    r.pass(86_400_000)
    const late = { tag: 'refused', reason: 'codeExpired' }
    expect(await r.hub.enrol(request(r.caller('b').stationId, old.code))).toEqual(late)
  })

  it('SEC-2 refuses what is no key, no code, too old, or of another warehouse', async () => {
    const [r, other] = [rig(), rig()]
    const { code } = await r.hub.createCode(r.warehouseId)
    const good = request(r.caller('a').stationId, code)
    const refused = async (changes: object) => {
      const answer = await r.hub.enrol({ ...good, ...changes })
      return answer.tag === 'refused' ? answer.reason : answer.tag
    }
    expect(await refused({ publicKey: 'x'.repeat(60) })).toBe('badKey')
    expect(await refused({ stationId: 'hub' })).toBe('badKey')
    expect(await refused({ protocolVersion: 0 })).toBe('versionTooOld')
    expect(await refused({ code: "' OR 1=1 --" })).toBe('codeUnknown')
    expect(await refused({})).toBe('enrolled')
    const foreign = await other.hub.createCode(other.warehouseId)
    expect(await refused({ code: foreign.code, publicKey: stationKey() })).toBe('codeUnknown')
    expect((await r.hub.findStation(good.stationId))?.publicKey).toBe(good.publicKey)
  })

  it('SEC-2 revokes a station of its own warehouse, for good until it enrols anew', async () => {
    const [r, other] = [rig(), rig()]
    const manager = r.caller('manager')
    const { code } = await r.hub.answer(manager, 'code', {})
    const a = request(r.caller('a').stationId, code)
    await r.hub.enrol(a)
    const { stationId } = a
    expect(await other.hub.answer(other.caller('m'), 'revoke', { stationId })).toEqual({ tag: 'unknown' })
    expect(await r.hub.answer(manager, 'revoke', { stationId: 'nobody' })).toEqual({ tag: 'unknown' })
    expect((await r.hub.findStation(stationId))?.revoked).toBe(false)
    expect(await r.hub.answer(manager, 'revoke', { stationId })).toEqual({ tag: 'revoked' })
    expect((await r.hub.findStation(stationId))?.revoked).toBe(true)
    expect(await r.hub.enrol(a)).toEqual({ tag: 'refused', reason: 'codeUsed' })
    const fresh = request(stationId, (await r.hub.answer(manager, 'code', {})).code)
    expect((await r.hub.enrol(fresh)).tag).toBe('enrolled')
    expect(await r.hub.findStation(stationId)).toMatchObject({ publicKey: fresh.publicKey, revoked: false })
  })

  it('SYN-5 lists the stations of a warehouse with what was last seen of them', async () => {
    const r = rig()
    const [a, b] = [r.caller('a'), r.caller('b')]
    for (const { stationId } of [b, a]) {
      await r.hub.enrol(request(stationId, (await r.hub.createCode(r.warehouseId)).code))
    }
    const enrolledAt = r.now()
    r.pass(100_000)
    const hello = {
      protocolVersion: SYNC_PROTOCOL_VERSION,
      appVersion: '2.0',
      generation: 'g',
      stationTime: 0,
    }
    for (const caller of [a, b]) await r.hub.answer(caller, 'hello', hello)
    expect(await r.hub.answer(a, 'hello', { ...hello, protocolVersion: 0 })).toEqual({
      tag: 'versionTooOld',
      minimum: 1,
    })
    await r.hub.answer(a, 'push', madePush(a, 1, 3))
    const { stations } = await r.hub.answer(b, 'stations', {})
    const common = { enrolledAt, revokedAt: null }
    expect(stations).toEqual([
      {
        ...common,
        stationId: a.stationId,
        name: `台'${a.stationId}`,
        appVersion: '2.0',
        lastSeenAt: r.now(),
        events: 3,
      },
      {
        ...common,
        stationId: b.stationId,
        name: `台'${b.stationId}`,
        appVersion: '2.0',
        lastSeenAt: r.now(),
        events: 0,
      },
    ])
  })
}
