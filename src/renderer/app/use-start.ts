import { useEffect } from 'react'
import { create } from 'zustand'
import { HostError, type HubLink, type RestoreAnswer } from '../../shared/protocol/host-contract.ts'
import { connectHost } from '../host/connect-host.ts'
import { type JoinStage, joinStage } from './join-station.ts'
import { composeStation, currentSpace } from '../station/compose-station.ts'
import { endRebuild, type PullProgress, pendingRebuild, pullProgress } from '../station/end-rebuild.ts'
import {
  type OpenedStation,
  type OwnedStation,
  openStation,
  type StartStep,
} from '../station/open-station.ts'
import { rebuildFromHub, rebuildStation } from '../station/rebuild-station.ts'
import type { StationApp } from './station-app.ts'

type Opened = Extract<OpenedStation, { tag: 'rebuild' }>

/** How far the start has come. */
export type StartState =
  | { readonly phase: 'connecting'; readonly step: StartStep }
  | { readonly phase: 'fault'; readonly detail: string }
  | {
      readonly phase: 'rebuild'
      readonly reason: Opened['reason']
      readonly entries: number
      readonly progress: { readonly done: number; readonly total: number } | null
      readonly error: string | null
      /** The hub that the data may come from instead; null without one. */
      readonly hubUrl: string | null
      readonly opened: Opened
    }
  /** The database is empty and fills from the hub's stream; the screens open when all is here. */
  | { readonly phase: 'pulling'; readonly progress: PullProgress }
  | { readonly phase: 'blank'; readonly station: StationApp }
  /** The station belongs to a hub, and what it needs to begin has not arrived yet. */
  | { readonly phase: 'joining'; readonly station: StationApp; readonly stage: JoinStage }
  /** The demo space is empty: `load` fills it, once. */
  | {
      readonly phase: 'demoWanted'
      readonly load: (fill: (station: StationApp) => Promise<void>) => Promise<void>
    }
  | { readonly phase: 'running'; readonly station: StationApp }

const host = connectHost()

const useStartState = create<{ readonly state: StartState; readonly station: StationApp | null }>()(() => ({
  state: { phase: 'connecting', step: 'host' },
  station: null,
}))

const show = (state: StartState): void => useStartState.setState({ state })

/** Follows the start; the first caller begins it. */
export function useStart() {
  const state = useStartState((all) => all.state)
  useEffect(() => {
    if (useStartState.getState().state.phase === 'connecting') void begin()
  }, [])
  return { state, rebuild, fromHub, otherWay, restore, begun, joined }
}

let beginning = false

async function begin(): Promise<void> {
  if (beginning) return
  beginning = true
  try {
    await proceed(await openStation(host, currentSpace(), (step) => show({ phase: 'connecting', step })))
  } catch (error) {
    show({ phase: 'fault', detail: describe(error) })
  }
}

const describe = (error: unknown): string =>
  error instanceof HostError ? `${error.fault.tag} ${error.fault.detail}` : String(error)

async function proceed(opened: OpenedStation): Promise<void> {
  if (opened.tag === 'rebuild') return offerRebuild(opened)
  const pending = await pendingRebuild(opened.database)
  if (pending?.from === 'journal') await endRebuild(host, currentSpace(), opened, pending)
  const station = await composeStation(host, currentSpace(), opened)
  useStartState.setState({ station })
  if (pending?.from === 'hub') {
    await pullEverything(opened)
    await endRebuild(host, currentSpace(), opened, pending)
    return enter(station, (await opened.database.settings.count()) === 0)
  }
  await enter(station, opened.blank)
}

async function enter(station: StationApp, blank: boolean): Promise<void> {
  const stage = station.space === 'live' ? await joinStage(station) : null
  if (stage) show({ phase: 'joining', station, stage })
  else if (!blank) show({ phase: 'running', station })
  else if (station.space === 'live') show({ phase: 'blank', station })
  else show({ phase: 'demoWanted', load: once((fill) => fill(station)) })
}

/** Set over a reload: the person who restored a backup wants it rebuilt and is not asked again. */
const REBUILD_AT_ONCE = 'packbench.rebuildAtOnce'

async function offerRebuild(opened: Opened): Promise<void> {
  const entries = opened.description.journal.totalEntries
  const link: HubLink =
    currentSpace() === 'live' ? await host.call('hub.describe', {}) : { tag: 'none' as const }
  const hubUrl = link.tag === 'enrolled' ? link.url : null
  show({ phase: 'rebuild', reason: opened.reason, entries, progress: null, error: null, hubUrl, opened })
  if (sessionStorage.getItem(REBUILD_AT_ONCE) === null) return
  sessionStorage.removeItem(REBUILD_AT_ONCE)
  await rebuild()
}

/** Restores a backup into the unused data directory; the page then begins anew as the station that it was. */
async function restore(path: string, recoveryCode: string): Promise<RestoreAnswer> {
  const answer = await host.call('backup.restore', { path, recoveryCode })
  if (answer.tag !== 'restored') return answer
  sessionStorage.setItem(REBUILD_AT_ONCE, 'yes')
  location.hash = '#/home'
  location.reload()
  return answer
}

const PULL_ROUND_MS = 700

/** Resolves when the cursor has reached the end of the hub's stream; a hub that is away is waited for. */
async function pullEverything({ database }: OwnedStation): Promise<void> {
  for (;;) {
    const progress = await pullProgress(host, database).catch((): PullProgress => ({ tag: 'waiting' }))
    show({ phase: 'pulling', progress })
    if (progress.tag === 'done') return
    await new Promise((resolve) => setTimeout(resolve, PULL_ROUND_MS))
  }
}

/** Back to the choice of where to rebuild from: without its mark the half-filled database counts as absent. */
async function otherWay(): Promise<void> {
  await useStartState.getState().station?.database.meta.delete('databaseId')
  location.reload()
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
  await orShow(state, () =>
    rebuildStation({ host, space: currentSpace(), database, description, onProgress }),
  )
}

async function fromHub(): Promise<void> {
  const { state } = useStartState.getState()
  if (state.phase !== 'rebuild' || state.progress !== null) return
  const { database, description } = state.opened
  await orShow(state, () => rebuildFromHub({ host, space: currentSpace(), database, description }))
}

async function orShow(
  state: Extract<StartState, { phase: 'rebuild' }>,
  work: () => Promise<OpenedStation>,
): Promise<void> {
  try {
    await proceed(await work())
  } catch (error) {
    show({ ...state, progress: null, error: describe(error) })
  }
}

/** The station has been set up: on to the screens. */
function begun(): void {
  const { station } = useStartState.getState()
  if (station) show({ phase: 'running', station })
}

/** The hub has taken this PC in: what the shop is comes from it. */
function joined(): void {
  const { station } = useStartState.getState()
  if (station) show({ phase: 'joining', station, stage: { step: 'pulling' } })
}
