import { describe, expect, it } from 'vitest'
import type { HubService } from '../../src/hub/hub-service.ts'
import type { HubStore } from '../../src/hub/hub-store.ts'
import type { Lease } from '../../src/shared/protocol/sync-messages.ts'
import { applyChanges } from '../../src/shared/station/apply-changes.ts'
import { project } from '../../src/shared/station/project.ts'
import type { StationStore, WriteTx } from '../../src/shared/station/store.ts'
import type { LogRecord } from '../../src/shared/station/tables.ts'
import { type Planted, runSeed } from './run-seed.ts'

/** Seeds within which a planted bug has to be found. */
const FEW = 8

/** Runs seeds until one breaks; answers what it found, empty when none did. */
async function firstFound(
  planted: Planted,
  size = { stations: 4, commands: 150 },
): Promise<readonly string[]> {
  for (let seed = 1; seed <= FEW; seed++) {
    const { broken } = await runSeed(seed, { ...size, faults: true, planted })
    if (broken.length > 0) return broken
  }
  return []
}

/** The hub acknowledges a batch and its store loses the last event of it, now and then. */
function losingStore(store: HubStore): HubStore {
  let batches = 0
  return {
    ...store,
    transaction: (scope, work) =>
      store.transaction(scope, (tx) =>
        work({
          ...tx,
          append: (batch) =>
            tx.append(
              batch.events.length > 1 && ++batches % 5 === 0
                ? { ...batch, events: batch.events.slice(0, -1) }
                : batch,
            ),
        }),
      ),
  }
}

/** Whoever asks for an order is granted it, whoever holds it. */
function generousHub(service: HubService): HubService {
  return {
    ...service,
    answer: async (caller, call, request) => {
      const answer = await service.answer(caller, call, request)
      if (call !== 'lease') return answer
      const { leases } = answer as { leases: Lease[] }
      const granted = leases.map((lease) => ({ ...lease, tag: 'granted', stationId: caller.stationId }))
      return { leases: granted } as typeof answer
    },
  }
}

const wrapWrites = (
  store: StationStore,
  wrap: (tx: WriteTx) => { tx: WriteTx; after?: () => Promise<void> },
): StationStore => ({
  ...store,
  write: (names, body) =>
    store.write(names, async (tx) => {
      const wrapped = wrap(tx)
      const result = await body(wrapped.tx)
      await wrapped.after?.()
      return result
    }),
})

/** What comes in by the stream is projected once more. */
const applyingTwice = (store: StationStore): StationStore =>
  wrapWrites(store, (tx) => {
    const arrived: LogRecord[] = []
    const put: WriteTx['put'] = (table, row) => {
      if (table === 'records') arrived.push(row as LogRecord)
      tx.put(table, row)
    }
    const after = async (): Promise<void> => {
      for (const record of arrived)
        if (record.kind === 'event' && record.seq === undefined && record.outboxCounter === undefined)
          await applyChanges(tx, project(record.data, null, record.hubSequence ?? null))
    }
    return { tx: { ...tx, put }, after }
  })

/** To a projection what stands in the table looks newer than whatever arrives: the first to arrive wins. */
const firstArrivalWins = (store: StationStore): StationStore =>
  wrapWrites(store, (tx) => {
    const getMany: WriteTx['getMany'] = async (table, keys) => {
      const rows = await tx.getMany(table, keys)
      if (table !== 'settings') return rows
      const stamp = { hubSequence: null, counter: Number.MAX_SAFE_INTEGER, eventId: '' }
      return rows.map((row) => (row ? { ...row, stamp } : row))
    }
    return { tx: { ...tx, getMany } }
  })

describe('bugs planted to be found', () => {
  it('SYN-1 an acknowledged event that the hub lost', async () => {
    const found = await firstFound({ hubStore: losingStore })
    expect(found.join('\n')).toMatch(/acknowledged but not held|set aside|events missing|not quiet|hole/)
  }, 120_000)

  it('SYN-1 an event that a station applies twice', async () => {
    const found = await firstFound({ syncStore: applyingTwice })
    expect(found.join('\n')).toMatch(/stock: /)
  }, 120_000)

  it('SYN-2 leases that hold nobody off', async () => {
    const found = await firstFound({ hubService: generousHub }, { stations: 6, commands: 250 })
    expect(found.join('\n')).toMatch(/heard token .* while/)
  }, 120_000)

  it('SYN-1 a projection that goes by the order of arrival', async () => {
    const found = await firstFound({ syncStore: firstArrivalWins })
    expect(found.join('\n')).toMatch(/settings/)
  }, 120_000)

  it('LBL-5 numbers that are used again after a restore', async () => {
    const found = await firstFound({ forgetNumbers: true }, { stations: 6, commands: 250 })
    expect(found.join('\n')).toMatch(/number .* (was printed for|is used by)/)
  }, 120_000)
})
