import { expect, it } from 'vitest'
import { hubStoreSuite } from '../../../test/contract/hub-store.suite.ts'
import { madePush } from '../../../test/support/hub-events.ts'
import { hubRig } from '../../../test/support/hub-rig.ts'
import { createMemoryHubStore } from './memory-hub-store.ts'

hubStoreSuite('memory', async () => createMemoryHubStore())

it('SYN-3 has never taken what it crashed before keeping, and keeps what it crashed after', async () => {
  let crash: 'before' | 'after' | null = null
  const fail = (when: 'before' | 'after') => () => {
    if (crash === when) throw new Error(`crash ${when}`)
  }
  const store = createMemoryHubStore({ beforeCommit: fail('before'), afterCommit: fail('after') })
  const r = hubRig(store)
  const a = r.caller('a')
  await r.hub.answer(a, 'push', madePush(a, 1, 2))
  crash = 'before'
  await expect(r.hub.answer(a, 'push', madePush(a, 3, 1))).rejects.toThrow('crash before')
  expect(await store.lastSequence(r.warehouseId)).toBe(2)
  crash = 'after'
  await expect(r.hub.answer(a, 'push', madePush(a, 3, 1))).rejects.toThrow('crash after')
  crash = null
  const again = hubRig(store).hub
  expect(await again.answer(a, 'push', madePush(a, 2, 3))).toMatchObject({
    results: [
      { tag: 'duplicate', sequence: 2 },
      { tag: 'duplicate', sequence: 3 },
      { tag: 'ack', sequence: 4 },
    ],
  })
})

it('SYN-3 goes back to a snapshot that later writes have not touched', async () => {
  const store = createMemoryHubStore()
  const r = hubRig(store)
  const a = r.caller('a')
  await r.hub.answer(a, 'push', madePush(a, 1, 2))
  const kept = store.snapshot()
  await r.hub.answer(a, 'push', madePush(a, 3, 2))
  store.restore(kept)
  expect(await store.lastSequence(r.warehouseId)).toBe(2)
  expect(await r.hub.answer(a, 'push', madePush(a, 3, 1))).toMatchObject({
    results: [{ tag: 'ack', sequence: 3 }],
  })
})
