import { patientStore } from '../../../src/renderer/data/patient-store.ts'
import { yieldTurn } from '../../../src/renderer/data/yield-turn.ts'
import type { HubCallAnswer } from '../../../src/shared/protocol/host-contract.ts'
import type { StationStore } from '../../../src/shared/station/store.ts'
import { createSyncSession, type SyncPorts } from '../../../src/shared/sync/sync-session.ts'
import { type MadeEvent, madeStream } from '../sync-events.ts'
import { benchEnvironment } from './bench-shop.ts'
import type { Load } from './load.ts'

/** More than any run takes in. */
const HUB_HAS = 1_000_000_000

/** A shop's stream without an end, pulled by the station's own session in the window of the scans; begins at once. */
export function startPullLoad(store: StationStore): Load {
  let done = 0
  let stopped = false
  const patient = patientStore(store)
  const session = createSyncSession({
    // Each transaction that wrote was one piece of a page.
    store: { ...patient, write: (tables, body) => patient.write(tables, body).finally(() => done++) },
    identity: benchEnvironment.identity,
    appVersion: 'bench',
    call: hubCalls(),
    now: () => Date.now(),
    clockOffsetMs: () => 0,
    dice: () => Math.random(),
    yieldTurn,
  })
  const ended = (async () => {
    while (!stopped) {
      await session.step()
      if (session.state.trouble) throw new Error(JSON.stringify(session.state.trouble))
    }
  })()
  // Whoever stops it hears of a failure; until then it is nobody's.
  ended.catch(() => undefined)
  return {
    done: () => done,
    stop: () => {
      stopped = true
      return ended
    },
  }
}

function hubCalls(): SyncPorts['call'] {
  const stream = madeStream(benchEnvironment.identity.warehouseId)
  const made: MadeEvent[] = []
  return async (call, body) => {
    if (call === 'hello') return answered({ ...WELCOME, hubTime: Date.now() })
    if (call === 'push') return answered({ tag: 'taken', results: [] })
    const { after, limit } = body as { after: number; limit: number }
    while (made.length < after + limit) {
      const { value } = stream.next()
      made.push(withOwnBarcodes(value))
    }
    const events = made
      .slice(after, after + limit)
      .map((entry, index) => ({ sequence: after + index + 1, ...entry }))
    return answered({ events, last: HUB_HAS })
  }
}

const WELCOME = {
  tag: 'welcome',
  hubId: 'hub-bench',
  warehouseId: benchEnvironment.identity.warehouseId,
  sequence: HUB_HAS,
  snapshot: null,
}

/** As it comes from the host: parsed from text. */
const answered = (value: unknown): HubCallAnswer => ({
  tag: 'answered',
  value: JSON.parse(JSON.stringify(value)),
  clockOffsetMs: 0,
})

/** The other stations' goods have other barcodes than those that are scanned meanwhile. */
function withOwnBarcodes(made: MadeEvent): MadeEvent {
  const { body } = made.event as { body: { skus?: readonly { barcodes: readonly string[] }[] } }
  if (!body.skus) return made
  const skus = body.skus.map((sku) => ({
    ...sku,
    barcodes: sku.barcodes.map((code) => `68${code.slice(2)}`),
  }))
  return { ...made, event: { ...made.event, body: { ...body, skus } } }
}
