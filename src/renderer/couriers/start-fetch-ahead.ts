import type { HostClient } from '../../shared/protocol/host-contract.ts'
import type { StationEnvironment } from '../../shared/station/environment.ts'
import type { StationStore } from '../../shared/station/store.ts'
import { createAlarm } from '../sync/alarm.ts'
import { createFetchAhead } from './fetch-ahead.ts'

interface StartOptions {
  /** Of the database, so that each station of a browser profile has its own. */
  readonly name: string
  readonly store: StationStore
  readonly host: HostClient
  env(): StationEnvironment
  /** After each number that came or went. */
  onChange(): void
}

const channelName = (name: string): string => `packbench-couriers-${name}`

/** Fetches in one window per browser profile, the holder of a lock; live work only: demo data never leaves the PC. */
export function startFetchAhead({ name, store, host, env, onChange }: StartOptions): void {
  const alarm = createAlarm()
  const fetching = createFetchAhead({
    store,
    host,
    env,
    now: () => Date.now(),
    dice: () => Math.random(),
    onChange,
  })
  const hurry = (): void => {
    fetching.hurry()
    alarm.ring()
  }
  new BroadcastChannel(channelName(name)).onmessage = hurry
  window.addEventListener('online', hurry)
  const work = async (): Promise<never> => {
    for (;;) await alarm.sleep(await fetching.round())
  }
  void navigator.locks.request(channelName(name), work)
}

/** An account was made or changed: the window that fetches hears of it, also when it is this one. */
export function tellAccountsChanged(name: string): void {
  const channel = new BroadcastChannel(channelName(name))
  channel.postMessage('changed')
  channel.close()
}
