import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { madeEvent } from '../../test/support/hub-events.ts'
import { canonicalHash } from '../shared/ledger/canonical.ts'
import type { PushedEvent, SyncRequest } from '../shared/protocol/sync-messages.ts'
import { carryOver, decidePush, type IngestState, type PushDecision } from './ingest.ts'
import { receivePush } from './received-event.ts'

const STATIONS = ['a', 'b'] as const
const caller = (stationId: string) => ({ stationId, warehouseId: 'w', name: stationId })

/** What a station of the model does next. Numbers are drawn small, so that pushes overlap and leave holes. */
interface Step {
  readonly station: (typeof STATIONS)[number]
  /** 0 the youngest generation, 1 the one before … */
  readonly back: number
  readonly opensNext: boolean
  /** Where the push starts, from the first counter that the generation has not pushed. */
  readonly shift: number
  readonly count: number
  /** Counters of this remainder come with other content than at other times. */
  readonly altered: number | null
  readonly skipsOne: boolean
}

const stepArbitrary: fc.Arbitrary<Step> = fc.record({
  station: fc.constantFrom(...STATIONS),
  back: fc.constantFrom(0, 0, 0, 1, 2),
  opensNext: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  shift: fc.constantFrom(0, 0, 0, 0, -1, -2, -6, 1),
  count: fc.integer({ min: 1, max: 5 }),
  altered: fc.option(fc.constantFrom(0, 1, 2), { nil: null, freq: 6 }),
  skipsOne: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
})

interface ModelGeneration {
  readonly name: string
  readonly opensAt: number
  next: number
}

/** A station's event; a fixed few of them can have no place, whenever they are pushed. */
function modelEvent(station: string, generation: string, counter: number, altered: boolean): PushedEvent {
  const event = madeEvent({ stationId: station, warehouseId: 'w' }, counter, { generation })
  if (altered) return { event: { ...event, body: 'altered' } }
  if (counter % 7 === 3) return { event: { ...event, warehouseId: 'elsewhere' } }
  if (counter % 11 === 5) return { event: { ...event, at: 'noon' } }
  return { event }
}

function pushOf(step: Step, generation: ModelGeneration): SyncRequest<'push'> {
  const from = Math.max(1, generation.next + step.shift)
  const counters = Array.from({ length: step.count + 1 }, (_, index) => from + index)
  const chosen = counters.filter((_, index) => (step.skipsOne ? index !== 1 : index < step.count))
  const events = chosen.map((counter) =>
    modelEvent(step.station, generation.name, counter, counter % 3 === step.altered),
  )
  return { generation: generation.name, opensAt: generation.opensAt, events }
}

function emptyState(): IngestState {
  return { lastSequence: 0, generations: new Map(), tickets: new Map(), held: new Map() }
}

describe('ingest', () => {
  it('SYN-1 holds every pushed fact once, in order, however pushes repeat, overlap and leave holes', () => {
    const everything = fc.property(fc.array(stepArbitrary, { minLength: 1, maxLength: 60 }), (steps) => {
      const model = createModel()
      for (const step of steps) model.run(step)
      model.finish()
    })
    fc.assert(everything, { numRuns: 150 })
  })

  it('SYN-1 lets one generation of a station write at a time', () => {
    const state = emptyState()
    const push = (generation: string, opensAt: number, counter: number) =>
      take(state, 'a', { generation, opensAt, events: [modelEvent('a', generation, counter, false)] })
    expect(push('g1', 1, 1).answer.tag).toBe('taken')
    expect(push('g2', 2, 2).answer.tag).toBe('taken')
    expect(push('g3', 2, 2).answer.tag).toBe('taken')
    const open = [...state.generations.values()].filter((row) => !row.closed)
    expect(open.map((row) => row.generation)).toEqual(['g3'])
    expect(push('g2', 2, 3).answer).toEqual({ tag: 'generationClosed', lastCounter: 2 })
    expect(push('g2', 2, 2).answer).toMatchObject({ tag: 'taken', results: [{ tag: 'duplicate' }] })
  })

  it('SYN-1 reads counters from the neighbours of an event that has none', () => {
    const state = emptyState()
    const events = [{ event: null }, modelEvent('a', 'g', 2, false), { event: { counter: -1 } }, {}]
    const push = { generation: 'g', opensAt: 1, events } as SyncRequest<'push'>
    const tags = (decision: PushDecision) =>
      decision.answer.tag === 'taken' ? decision.answer.results.map((r) => `${r.counter} ${r.tag}`) : []
    expect(tags(take(state, 'a', push))).toEqual(['1 quarantined', '2 ack', '3 quarantined', '4 quarantined'])
    expect(tags(take(state, 'a', push))).toEqual([
      '1 quarantined',
      '2 duplicate',
      '3 quarantined',
      '4 quarantined',
    ])
  })

  it('SYN-2 knows a printed number from an event that came too late, and nothing else of it', () => {
    const state = emptyState()
    take(state, 'a', { generation: 'g1', opensAt: 1, events: [modelEvent('a', 'g1', 1, false)] })
    take(state, 'a', { generation: 'g2', opensAt: 1, events: [modelEvent('a', 'g2', 1, false)] })
    const of = (counter: number, type: string, body: unknown) => ({
      event: madeEvent({ stationId: 'a', warehouseId: 'w' }, counter, { type, body }),
    })
    const events = [
      of(2, 'ParcelFinished', { waybillKey: 'ZTO/1' }),
      of(3, 'WaybillsReturned', { keys: ['ZTO/2'] }),
    ]
    const late = take(state, 'a', { generation: 'g1', opensAt: 1, events })
    expect(late.answer.tag).toBe('generationClosed')
    expect(late.claims.map(({ key, what }) => `${key} ${what.tag}`)).toEqual(['ZTO/1 spent'])
  })
})

function take(state: IngestState, station: string, push: SyncRequest<'push'>): PushDecision {
  const decision = decidePush(state, receivePush(caller(station), push), 0)
  carryOver(state, decision)
  return decision
}

/** Runs steps against the rules and looks at every answer. */
function createModel() {
  const state = emptyState()
  const generations = new Map<string, ModelGeneration[]>(
    STATIONS.map((station) => [station, [{ name: 'g0', opensAt: 1, next: 1 }]]),
  )
  /** Sequence by content, and everything that was set aside. */
  const taken = new Map<string, number>()
  const aside = new Set<string>()
  let appended = 0

  function run(step: Step): void {
    const own = generations.get(step.station) ?? []
    const youngest = own.at(-1)
    if (step.opensNext && youngest) {
      own.push({ name: `g${own.length}`, opensAt: youngest.next, next: youngest.next })
    }
    const generation = own.at(-1 - step.back) ?? own[0]
    if (!generation) return
    const push = pushOf(step, generation)
    const decision = take(state, step.station, push)
    look(step.station, push, decision)
    lookAgain(step.station, push, decision)
    const row = state.generations.get(`${step.station}/${generation.name}`)
    generation.next = (row?.lastCounter ?? generation.opensAt - 1) + 1
  }

  function look(station: string, push: SyncRequest<'push'>, decision: PushDecision): void {
    for (const event of decision.events) {
      appended += 1
      expect(event.sequence).toBe(appended)
      const hash = contentOf(station, event.envelope)
      expect(taken.has(hash), 'an event was taken twice').toBe(false)
      taken.set(hash, event.sequence)
    }
    for (const event of decision.quarantined) aside.add(contentOf(station, event.envelope))
    if (decision.answer.tag === 'gap') {
      expect([...decision.events, ...decision.generations, ...decision.quarantined]).toEqual([])
      return
    }
    for (const { event } of push.events) {
      const hash = contentOf(station, JSON.stringify(event))
      expect(taken.has(hash) || aside.has(hash), 'a fact was refused').toBe(true)
    }
    if (decision.answer.tag !== 'taken') return
    push.events.forEach(({ event }, index) => {
      const result = decision.answer.tag === 'taken' ? decision.answer.results[index] : undefined
      const sequence = taken.get(contentOf(station, JSON.stringify(event)))
      if (result?.tag !== 'quarantined') expect(result?.sequence).toBe(sequence)
    })
  }

  /** The answer is lost: the same push once more changes nothing and hears the same. */
  function lookAgain(station: string, push: SyncRequest<'push'>, first: PushDecision): void {
    const again = take(state, station, push)
    expect(again.events).toEqual([])
    expect(again.generations).toEqual([])
    expect(again.answer).toEqual(heardAgain(first.answer))
  }

  function finish(): void {
    expect(state.lastSequence).toBe(taken.size)
    for (const station of STATIONS) {
      const open = [...state.generations.values()].filter((row) => row.stationId === station && !row.closed)
      expect(open.length).toBeLessThanOrEqual(1)
    }
  }

  return { run, finish }
}

function heardAgain(answer: PushDecision['answer']): unknown {
  if (answer.tag !== 'taken') return answer
  const results = answer.results.map((one) => (one.tag === 'ack' ? { ...one, tag: 'duplicate' } : one))
  return { ...answer, results }
}

const contentOf = (station: string, envelope: string) => `${station} ${canonicalHash(JSON.parse(envelope))}`
