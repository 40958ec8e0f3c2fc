import { useEffect } from 'react'
import { create } from 'zustand'
import { HostError } from '../../shared/protocol/host-contract.ts'
import { connectHost } from '../host/connect-host.ts'
import { composeStation, currentSpace } from '../station/compose-station.ts'
import { type OpenedStation, openStation } from '../station/open-station.ts'
import { rebuildStation } from '../station/rebuild-station.ts'
import type { StationApp } from './station-app.ts'

type Opened = Extract<OpenedStation, { tag: 'rebuild' }>

/** How far the start has come. */
export type StartState =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'fault'; readonly detail: string }
  | {
      readonly phase: 'rebuild'
      readonly reason: Opened['reason']
      readonly entries: number
      readonly progress: { readonly done: number; readonly total: number } | null
      readonly error: string | null
      readonly opened: Opened
    }
  | { readonly phase: 'blank'; readonly station: StationApp }
  /** The demo space is empty: `load` fills it, once. */
  | {
      readonly phase: 'demoWanted'
      readonly load: (fill: (station: StationApp) => Promise<void>) => Promise<void>
    }
  | { readonly phase: 'running'; readonly station: StationApp }

const host = connectHost()

const useStartState = create<{ readonly state: StartState; readonly station: StationApp | null }>()(() => ({
  state: { phase: 'connecting' },
  station: null,
}))

const show = (state: StartState): void => useStartState.setState({ state })

/** Follows the start; the first caller begins it. */
export function useStart() {
  const state = useStartState((all) => all.state)
  useEffect(() => {
    if (useStartState.getState().state.phase === 'connecting') void begin()
  }, [])
  return { state, rebuild, begun }
}

let beginning = false

async function begin(): Promise<void> {
  if (beginning) return
  beginning = true
  try {
    await proceed(await openStation(host, currentSpace()))
  } catch (error) {
    show({ phase: 'fault', detail: describe(error) })
  }
}

const describe = (error: unknown): string =>
  error instanceof HostError ? `${error.fault.tag} ${error.fault.detail}` : String(error)

async function proceed(opened: OpenedStation): Promise<void> {
  if (opened.tag === 'rebuild') {
    const entries = opened.description.journal.totalEntries
    show({ phase: 'rebuild', reason: opened.reason, entries, progress: null, error: null, opened })
    return
  }
  const station = await composeStation(host, currentSpace(), opened)
  useStartState.setState({ station })
  if (!opened.blank) show({ phase: 'running', station })
  else if (station.space === 'live') show({ phase: 'blank', station })
  else show({ phase: 'demoWanted', load: once((fill) => fill(station)) })
}

function once<T, R>(work: (value: T) => Promise<R>): (value: T) => Promise<R> {
  let running: Promise<R> | null = null
  return (value) => {
    running ??= work(value)
    return running
  }
}

async function rebuild(): Promise<void> {
  const { state } = useStartState.getState()
  if (state.phase !== 'rebuild' || state.progress !== null) return
  const { database, description } = state.opened
  const onProgress = (progress: { done: number; total: number }): void =>
    show({ ...state, progress, error: null })
  onProgress({ done: 0, total: state.entries })
  try {
    await proceed(await rebuildStation({ host, space: currentSpace(), database, description, onProgress }))
  } catch (error) {
    show({ ...state, progress: null, error: describe(error) })
  }
}

/** The station has been set up: on to the screens. */
function begun(): void {
  const { station } = useStartState.getState()
  if (station) show({ phase: 'running', station })
}
