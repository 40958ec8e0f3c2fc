import type { Area } from '../../../src/shared/domain/scan.ts'
import type { StationCommand } from '../../../src/shared/station/commands/command.ts'
import type { EventTypeName } from '../../../src/shared/station/event-types.ts'
import type { ReadTx } from '../../../src/shared/station/store.ts'
import { TEST_SKUS } from '../../../src/shared/station/test-station.ts'
import type { Dice } from '../dice.ts'

type Unminted<C> = C extends StationCommand ? Omit<C, 'commandId' | 'at' | 'personId'> : never
export type PlannedCommand = Unminted<StationCommand>

/** The next thing that somebody at a station does: a scan, or a command from the office. */
export type Planned = { readonly scan: Area; readonly raw: string } | { readonly command: PlannedCommand }

/** What a person at a station sees while they decide what to do next. */
export interface Scene {
  readonly dice: Dice
  readonly stationId: string
  /** The station's tables, as its screens show them. */
  readonly tx: ReadTx
  /** Milliseconds since 1970 by the station's clock. */
  readonly now: number
  /** In step with the hub, as far as the head bar says. */
  readonly current: boolean
  /** Never the same text twice in a run. */
  fresh(prefix: string): string
  /** True when the label of that number ever came out of any printer: somebody has it in their hands. */
  wasPrinted(number: string): boolean
}

/** What one domain's people do. */
export interface Generator {
  readonly name: string
  readonly weight: number
  /** The types of event that come of it; together the generators must make every type that there is. */
  readonly makes: readonly EventTypeName[]
  /** An empty plan: there is nothing of that kind to do here now. */
  plan(scene: Scene): Promise<readonly Planned[]>
}

export const scans = (area: Area, ...raws: string[]): Planned[] => raws.map((raw) => ({ scan: area, raw }))
export const command = (what: PlannedCommand): Planned => ({ command: what })

/** Few goods, few bins and few orders, so that stations meet. */
export const SKUS = TEST_SKUS.slice(0, 4)
export const skuOf = (dice: Dice) => dice.pick(SKUS)
export const isMeasured = (sku: { readonly category: string }): boolean => sku.category === '牛仔裤'
export const binFor = (sku: { readonly category: string }): string =>
  isMeasured(sku) ? 'A-01-1-01' : 'B-01-1-01'
/** A tape's reading around the measure that all buyers want. */
export const measure = (dice: Dice): string => `MM-${dice.between(764, 776)}`
export const WANTED_MM = 770
export const CLERK = 'BADGE-1002'
export const MANAGER = 'BADGE-1001'
