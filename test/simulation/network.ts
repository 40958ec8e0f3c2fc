import type { Dice } from './dice.ts'
import type { FaultLog } from './fault-log.ts'
import type { HubCallAnswer } from '../../src/shared/protocol/host-contract.ts'
import type { SyncCall } from '../../src/shared/protocol/sync-messages.ts'

/** A request as text, on its way to the hub. */
export interface Message {
  readonly stationId: string
  readonly call: SyncCall
  readonly body: string
}

/** What the hub's end makes of a message; null when the hub did not answer. */
export type Deliver = (message: Message, late: boolean) => Promise<HubCallAnswer | null>

interface UnderWay {
  readonly message: Message
  readonly answer: (answer: HubCallAnswer) => void
}

const LOST: HubCallAnswer = { tag: 'unreachable', cause: 'timeout', detail: 'simulated' }
const CUT: HubCallAnswer = { tag: 'unreachable', cause: 'noNetwork', detail: 'simulated' }
/** Old requests that may still turn up. */
const REMEMBERED = 40

/** The network between all stations and the hub; nothing moves in it unless {@link Network.moveOne} is called. */
export interface Network {
  send(message: Message): Promise<HubCallAnswer>
  cut(stationId: string): void
  mend(stationId: string): void
  isCut(stationId: string): boolean
  /** Nothing is lost, doubled or late any more. */
  heal(): void
  readonly waiting: number
  /** Carries one request that is under way, whichever the dice say. */
  moveOne(): Promise<void>
  /** An old request turns up once more; nobody waits for its answer. */
  redeliver(): Promise<void>
}

export function createNetwork(input: {
  readonly dice: Dice
  readonly faults: FaultLog
  readonly deliver: Deliver
  /** Requests and answers get lost, doubled and late. */
  readonly faulty: boolean
}): Network {
  const { dice, faults, deliver } = input
  const cutOff = new Set<string>()
  const underWay: UnderWay[] = []
  const old: Message[] = []
  let faulty = input.faulty
  const lossy = (probability: number): boolean => faulty && dice.chance(probability)

  async function carry({ message, answer }: UnderWay): Promise<void> {
    if (cutOff.has(message.stationId)) return answer(CUT)
    if (faulty) remember(message)
    if (lossy(0.03)) {
      faults.note('requestLost')
      return answer(LOST)
    }
    const reply = await deliver(message, false)
    if (lossy(0.03)) {
      faults.note('requestTwice')
      await deliver(message, true)
    }
    if (lossy(0.05)) {
      faults.note('answerLost')
      return answer(LOST)
    }
    answer(reply ?? { tag: 'unreachable', cause: 'refused', detail: 'simulated' })
  }

  function remember(message: Message): void {
    old.push(message)
    if (old.length > REMEMBERED) old.shift()
  }

  return {
    send: (message) =>
      new Promise((resolve) => {
        underWay.push({ message, answer: resolve })
      }),
    cut: (stationId) => cutOff.add(stationId),
    mend: (stationId) => cutOff.delete(stationId),
    isCut: (stationId) => cutOff.has(stationId),
    heal: () => {
      faulty = false
      cutOff.clear()
    },
    get waiting() {
      return underWay.length
    },
    moveOne: async () => {
      const [next] = underWay.splice(dice.below(underWay.length), 1)
      if (next) await carry(next)
    },
    redeliver: async () => {
      if (old.length === 0 || !faulty) return
      faults.note('lateRequest')
      await deliver(dice.pick(old), true)
    },
  }
}
