import { describe, expect, it } from 'vitest'
import { SIGNATURE_WINDOW_MS } from '../../shared/protocol/sync-messages.ts'
import { createNonceMemory } from './nonce-memory.ts'

const NOW = 1_790_000_000_000

describe('nonce memory', () => {
  it('SEC-2 hears a nonce once, and another station with the same one too', () => {
    const memory = createNonceMemory()
    expect(memory.take('a', 'n', NOW, NOW)).toBe(true)
    expect(memory.take('a', 'n', NOW, NOW)).toBe(false)
    expect(memory.take('b', 'n', NOW, NOW)).toBe(true)
  })

  it('SEC-2 remembers for as long as the request would be heard, and then forgets', () => {
    const memory = createNonceMemory()
    const ahead = NOW + SIGNATURE_WINDOW_MS
    memory.take('a', 'early', ahead, NOW)
    memory.take('a', 'usual', NOW, NOW)
    const last = ahead + SIGNATURE_WINDOW_MS
    expect(memory.take('a', 'early', ahead, last)).toBe(false)
    expect(memory.size()).toBe(1)
    memory.take('a', 'other', last + 600_000, last + 600_000)
    expect(memory.size()).toBe(1)
  })

  it('SEC-2 keeps what it has heard when the clock is set back', () => {
    const memory = createNonceMemory()
    memory.take('a', 'n', NOW, NOW)
    expect(memory.take('a', 'n', NOW, NOW - 3_600_000)).toBe(false)
    expect(memory.take('a', 'm', NOW - 3_600_000, NOW - 3_600_000)).toBe(true)
  })
})
