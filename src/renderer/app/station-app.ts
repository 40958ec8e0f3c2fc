import { createContext, useContext } from 'react'
import type { HostClient, Space, StationDescription } from '../../shared/protocol/host-contract.ts'
import type { TracePoint } from '../../shared/domain/packing/weighing.ts'
import type { Area } from '../../shared/domain/scan.ts'
import type { CommandOutcome } from '../../shared/station/execute-command.ts'
import type { StationCommand } from '../../shared/station/commands/command.ts'
import type { StationEnvironment } from '../../shared/station/environment.ts'
import type { ScanOutcome } from '../../shared/station/execute-scan.ts'
import type { StationStore } from '../../shared/station/store.ts'
import type { StationDatabase } from '../data/station-database.ts'
import type { SyncControl } from '../sync/start-sync.ts'

type WithoutMinted<C> = C extends StationCommand ? Omit<C, 'commandId' | 'at' | 'personId'> : never
/** A command as a screen gives it: id, time and person are added once, here. */
export type ScreenCommand = WithoutMinted<StationCommand>

/** Everything a screen may use; composed once at start (composition root), given down by context. */
export interface StationApp {
  readonly space: Space
  readonly database: StationDatabase
  readonly store: StationStore
  readonly host: HostClient
  readonly description: StationDescription
  readonly env: StationEnvironment
  /** Executes a scan of an area, after those before it; durable when it resolves. A connected scale's weight brings its readings. */
  scan(area: Area, raw: string, scaleTrace?: readonly TracePoint[]): Promise<ScanOutcome>
  /** Executes a command, durable when it resolves; its print jobs are sent in the background. */
  run(command: ScreenCommand): Promise<CommandOutcome>
  /** What screens may ask of the talk with the hub; demo data never leaves the PC, and nothing answers there. */
  readonly sync: SyncControl
  /** Leaves the demo, or enters it; reloads the page in the other space, at home or at the screen given. */
  switchSpace(space: Space, route?: string): void
}

export const StationContext = createContext<StationApp | null>(null)

/** The station, in any screen. */
export function useStation(): StationApp {
  const station = useContext(StationContext)
  if (!station) throw new Error('no station in context')
  return station
}
