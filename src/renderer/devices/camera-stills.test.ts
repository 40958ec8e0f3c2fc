import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createThrottle } from './camera-stills.ts'

describe('stills of a burst of verdicts', () => {
  it('PAK-8 takes the first at once and the last in its turn, and nothing twice', async () => {
    const taken: string[] = []
    const throttle = createThrottle<string>(80, (reason) => taken.push(reason))
    for (const reason of ['a', 'b', 'c']) throttle.put(reason)
    expect(taken).toEqual(['a'])
    await sleep(150)
    expect(taken).toEqual(['a', 'c'])
    await sleep(200)
    expect(taken).toEqual(['a', 'c'])
    throttle.put('d')
    expect(taken).toEqual(['a', 'c', 'd'])
  })

  it('PAK-8 does not lose the last one when the parcel is sealed', () => {
    const taken: string[] = []
    const throttle = createThrottle<string>(10_000, (reason) => taken.push(reason))
    throttle.flush()
    throttle.put('piecePacked')
    throttle.put('finished')
    throttle.flush()
    throttle.flush()
    expect(taken).toEqual(['piecePacked', 'finished'])
  })
})
