import type { HostClient, Space } from '../../shared/protocol/host-contract.ts'
import { type SyncAnswer, syncAnswerSchemas } from '../../shared/protocol/sync-messages.ts'
import { WAYBILL_JOBS } from '../../shared/station/areas/waybill-job.ts'
import { HUB_CURSOR } from '../../shared/station/apply-stream.ts'
import { finishRebuild, REBUILT, type RebuiltNote } from '../../shared/station/finish-rebuild.ts'
import { createDexieStore } from '../data/dexie-store.ts'
import type { StationDatabase } from '../data/station-database.ts'
import type { OwnedStation } from './open-station.ts'
import { environmentOf, WAREHOUSE_ID } from './station-environment.ts'

/** What a rebuild has left to be done; null when nothing. */
export async function pendingRebuild(database: StationDatabase): Promise<RebuiltNote | null> {
  const note = (await database.meta.get(REBUILT))?.value as RebuiltNote | undefined
  return note ?? null
}

/** Takes the printed and the doubtful numbers out of use and forgets the note; cut short, the next start repeats it. */
export async function endRebuild(
  host: HostClient,
  space: Space,
  { database, description, generation }: OwnedStation,
  { setAside }: RebuiltNote,
): Promise<void> {
  const { jobIds } = await host.call('print.jobs', { space, prefix: WAYBILL_JOBS })
  const identity = { stationId: description.stationId, generation, warehouseId: WAREHOUSE_ID }
  const settings = await database.settings.toArray()
  const env = environmentOf(settings, identity, { sample: space === 'demo', mark: '' })
  await finishRebuild({ store: createDexieStore(database), env, jobIds, setAside, at: Date.now() })
}

/** How far the hub's stream has come, or why nothing is known of it. */
export type PullProgress =
  | { readonly tag: 'pulling' | 'done'; readonly done: number; readonly total: number }
  | { readonly tag: 'waiting' | 'notEnrolled' }
  | { readonly tag: 'refused'; readonly why: string }

/** Compares the cursor, which the sync driver moves, with the end of the warehouse's stream. */
export async function pullProgress(host: HostClient, database: StationDatabase): Promise<PullProgress> {
  const done = Number((await database.meta.get(HUB_CURSOR))?.value ?? 0)
  const body = { after: done, limit: 1 }
  const answer = await host.call('hub.call', { call: 'pull', body, timeoutMs: 15_000 })
  switch (answer.tag) {
    case 'answered': {
      const parsed = syncAnswerSchemas.pull.safeParse(answer.value)
      return parsed.success ? progressOf(done, parsed.data) : { tag: 'waiting' }
    }
    case 'refused':
      return { tag: 'refused', why: answer.refusal.tag }
    case 'notEnrolled':
      return { tag: 'notEnrolled' }
    case 'unreachable':
      return { tag: 'waiting' }
  }
}

function progressOf(done: number, { last }: SyncAnswer<'pull'>): PullProgress {
  return { tag: done >= last ? 'done' : 'pulling', done, total: last }
}
