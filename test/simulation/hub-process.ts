import type { HubCaller, HubService } from '../../src/hub/hub-service.ts'
import { createHubService } from '../../src/hub/hub-service.ts'
import type { HubStore, HubTransaction } from '../../src/hub/hub-store.ts'
import type { HubCallAnswer } from '../../src/shared/protocol/host-contract.ts'
import {
  type SyncAnswer,
  type SyncCall,
  type SyncRequest,
  syncAnswerSchemas,
  syncRequestSchemas,
} from '../../src/shared/protocol/sync-messages.ts'
import { assert } from '../../src/shared/base/assert.ts'
import type { Dice } from './dice.ts'
import type { FaultLog } from './fault-log.ts'
import type { Message } from './network.ts'

/** The hub's process died in the middle of something. */
class HubCrash extends Error {
  override readonly name = 'HubCrash'
}

/** The hub's process over a store that outlives it. */
export interface HubProcess {
  readonly store: HubStore
  readonly up: boolean
  restart(): void
  /** It dies in the next transaction: before it is durable, or after it and before anybody hears of it. */
  crashNext(when: 'before' | 'after'): void
  /** Answers a message as the server would; null when the hub is down or dies over it. */
  answer(message: Message, late: boolean): Promise<HubCallAnswer | null>
}

export interface HubProcessOptions {
  readonly store: HubStore
  readonly dice: Dice
  readonly faults: FaultLog
  readonly clock: () => number
  readonly nameOf: (stationId: string) => string
  /** Everything that the hub said, heard or not. */
  readonly onAnswer: (message: Message, answer: unknown, late: boolean) => void
  readonly tamper?: (service: HubService) => HubService
}

export const WAREHOUSE = 'main'

export function createHubProcess(options: HubProcessOptions): HubProcess {
  const { dice, faults, clock, nameOf } = options
  let crash: 'before' | 'after' | null = null
  let up = true
  const store = crashing(options.store, () => {
    const when = crash
    crash = null
    if (when !== null) {
      up = false
      faults.note(when === 'before' ? 'hubCrashBefore' : 'hubCrashAfter')
    }
    return when
  })
  const open = (): HubService => {
    const random = (bytes: number): Uint8Array => Uint8Array.from({ length: bytes }, () => dice.below(256))
    const service = createHubService({ store, clock, random, hubVersion: 'simulated' })
    return options.tamper?.(service) ?? service
  }
  let service = open()
  return {
    store: options.store,
    get up() {
      return up
    },
    restart: () => {
      faults.note('hubRestart')
      service = open()
      up = true
    },
    crashNext: (when) => {
      crash = when
    },
    answer: async (message, late) => {
      if (!up) return null
      const caller = { stationId: message.stationId, warehouseId: WAREHOUSE, name: nameOf(message.stationId) }
      try {
        const value: unknown = await answerMessage(service, caller, message)
        options.onAnswer(message, value, late)
        return { tag: 'answered', value, clockOffsetMs: 0 }
      } catch (error) {
        if (error instanceof HubCrash) return null
        throw error
      }
    },
  }
}

/** As on the wire: the request is text, is parsed by its schema, and so is the answer. */
async function answerMessage<C extends SyncCall>(
  service: HubService,
  caller: HubCaller,
  message: Message & { readonly call: C },
): Promise<SyncAnswer<C>> {
  const { call, body } = message
  const parsed = syncRequestSchemas[call].safeParse(JSON.parse(body))
  assert(parsed.success, `a station sends what ${call} wants: ${body.slice(0, 200)}`)
  const request = parsed.data as SyncRequest<C>
  const text =
    call === 'pull'
      ? await service.pullJson(caller, request as SyncRequest<'pull'>)
      : JSON.stringify(await service.answer(caller, call, request))
  const value: unknown = JSON.parse(text)
  const fits = syncAnswerSchemas[call].safeParse(value)
  assert(fits.success, `the hub answers what ${call} promises: ${text.slice(0, 200)}`)
  return value as SyncAnswer<C>
}

function crashing(store: HubStore, crashNow: () => 'before' | 'after' | null): HubStore {
  return {
    ...store,
    transaction: async (scope, work) => {
      const when = crashNow()
      const result = await store.transaction(scope, async (tx: HubTransaction) => {
        const done = await work(tx)
        if (when === 'before') throw new HubCrash('before the commit')
        return done
      })
      if (when === 'after') throw new HubCrash('after the commit')
      return result
    },
  }
}
