import { waybillJobId } from './areas/finish-parcel.ts'
import type { StationEnvironment } from './environment.ts'
import { executeCommand } from './execute-command.ts'
import type { StationStore } from './store.ts'

/** Key in `meta` of a rebuilt database until {@link finishRebuild} has run. */
export const REBUILT = 'rebuilt'

/** How the database came back. */
export interface RebuiltNote {
  readonly from: 'journal' | 'hub'
  /** The journal may lack its end: nobody knows how far down the line of numbers the lost station got. */
  readonly setAside: boolean
}

/** How many numbers were taken out of use. */
export interface FinishedRebuild {
  readonly burnt: number
  readonly aside: number
}

/** The first free row's index key: rows that are not free hold the empty string. */
const FIRST_FREE = '\u0001'

/**
 * Ends a rebuild (SEC-4, LBL-5): numbers whose label this PC has printed are burnt where the ledger shows them as free,
 * and where its end may be missing all others of this station are set aside until a person has looked. The command
 * ids come from the generation, so that a window closed in between does nothing twice.
 */
export async function finishRebuild(input: {
  readonly store: StationStore
  readonly env: StationEnvironment
  /** Waybill jobs that this PC has printed (`print.jobs`). */
  readonly jobIds: readonly string[]
  readonly setAside: boolean
  /** Milliseconds since 1970. */
  readonly at: number
}): Promise<FinishedRebuild> {
  const { store, env, jobIds, setAside, at } = input
  const { generation } = env.identity
  const numbers = await printedAndFree(store, new Set(jobIds))
  const burning = { type: 'BurnPrinted', commandId: `${generation}-burn-printed`, numbers } as const
  const burnt = numbers.length === 0 ? 0 : await count(input, { ...burning, at, personId: null })
  if (!setAside) return { burnt, aside: 0 }
  const setting = { type: 'SetNumbersAside', commandId: `${generation}-set-aside` } as const
  return { burnt, aside: await count(input, { ...setting, at, personId: null }) }
}

async function count(
  { store, env }: { readonly store: StationStore; readonly env: StationEnvironment },
  command: Parameters<typeof executeCommand>[2],
): Promise<number> {
  const { answer } = await executeCommand(store, env, command)
  return answer.counts?.numbers ?? 0
}

function printedAndFree(store: StationStore, printed: ReadonlySet<string>): Promise<string[]> {
  if (printed.size === 0) return Promise.resolve([])
  return store.read(['waybills'], async (tx) => {
    const free = await tx.range('waybills', '[freeFor+position]', { from: [FIRST_FREE, 0] })
    return free.filter((row) => printed.has(waybillJobId(row.number))).map((row) => row.number)
  })
}
