import { followQuery } from '../data/use-live-query.ts'
import { yieldTurn } from '../data/yield-turn.ts'
import type { HostClient } from '../../shared/protocol/host-contract.ts'
import type { StationEnvironment } from '../../shared/station/environment.ts'
import type { StationIdentity } from '../../shared/station/log-writer.ts'
import type { StationStore } from '../../shared/station/store.ts'
import type { StationDatabase } from '../data/station-database.ts'
import { createSyncDriver, HUB_HEARD_AT, type SyncDriver } from './sync-driver.ts'
import { NO_VIEW, type SyncView } from './sync-view.ts'

/** What every window may ask of the one that talks to the hub. */
export interface SyncControl {
  /** After each durable effect of this window. */
  nudge(): void
  /** A person asks for it now. */
  hurry(): void
  /** The hub was joined or left. */
  relink(): void
}

interface SyncOptions {
  readonly database: StationDatabase
  readonly store: StationStore
  readonly host: HostClient
  readonly identity: StationIdentity
  readonly appVersion: string
  env(): StationEnvironment
  /** Hears how the station stands, in this window or another. */
  onView(view: SyncView): void
}

type Wish = 'nudge' | 'hurry' | 'relink' | 'view'
type Message = { readonly wish: Wish } | { readonly view: SyncView }

/**
 * Talks to the hub from one window per browser profile, the holder of a lock; the others send it their wishes and hear
 * from it how things stand (SYN-1, SYN-5).
 */
export function startSync(options: SyncOptions): SyncControl {
  const { database, onView } = options
  const name = `packbench-sync-${database.name}`
  const channel = new BroadcastChannel(name)
  const send = (message: Message): void => channel.postMessage(message)
  let driver: SyncDriver | null = null
  let view = NO_VIEW
  const show = (next: SyncView): void => {
    view = { ...next, heardAt: next.heardAt ?? view.heardAt }
    onView(view)
  }
  const grant = (wish: Wish): void => {
    if (driver === null) return
    if (wish === 'view') send({ view })
    else driver[wish]()
  }
  const ask = (wish: Wish): void => {
    if (driver === null) send({ wish })
    else grant(wish)
  }
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if ('wish' in data) grant(data.wish)
    else if (driver === null) show(data.view)
  }
  const lead = async (): Promise<never> => {
    const heardAt = (await database.meta.get(HUB_HEARD_AT))?.value
    view = { ...view, heardAt: typeof heardAt === 'number' ? heardAt : null }
    let sent = ''
    driver = createSyncDriver({
      ...options,
      now: () => Date.now(),
      dice: () => Math.random(),
      yieldTurn,
      report: (next) => {
        show(next)
        const text = JSON.stringify(view)
        if (text === sent) return
        sent = text
        send({ view })
      },
    })
    followOutbox(database, driver)
    return driver.run()
  }
  void navigator.locks.request(name, lead)
  send({ wish: 'view' })
  window.addEventListener('online', () => ask('hurry'))
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && view.trouble !== null) ask('hurry')
  })
  return { nudge: () => ask('nudge'), hurry: () => ask('hurry'), relink: () => ask('relink') }
}

/** Workers write too (imports), and other windows: the database tells of whatever there is to send. */
function followOutbox(database: StationDatabase, driver: SyncDriver): void {
  let last: unknown
  followQuery(
    () => database.records.orderBy('outboxCounter').reverse().limit(1).keys(),
    ([newest]) => {
      if (newest !== undefined && newest !== last) driver.nudge()
      last = newest
    },
  )
}
