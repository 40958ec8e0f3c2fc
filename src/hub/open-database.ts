import { randomBytes } from 'node:crypto'
import type { EnrolledStation } from '../shared/protocol/sync-messages.ts'
import { createHubService, FIRST_WAREHOUSE, type HubService, type HubServiceOptions } from './hub-service.ts'
import { HubStartError, thrownCode, thrownText } from './start-fault.ts'
import { listStations } from './stations.ts'
import { createPostgresHubStore } from './stores/postgres-hub-store.ts'

/** The hub on a PostgreSQL. */
export interface OpenedHub {
  readonly service: HubService
  /** Every station of the warehouse that this hub enrols into, revoked ones included. */
  stations(): Promise<readonly EnrolledStation[]>
}

/**
 * Opens the hub's data and brings them to this version's shape.
 * @throws HubStartError `databaseUnreachable`, `databaseUnusable`
 */
export async function openHubDatabase(
  url: string,
  options: Pick<HubServiceOptions, 'hubVersion' | 'onNews'>,
): Promise<OpenedHub> {
  // Requests that need a broken connection say so themselves; the pool makes new ones.
  const onConnectionError = () => undefined
  const store = await createPostgresHubStore({ connectionString: url, onConnectionError }).catch((error) => {
    throw new HubStartError(faultOf(error, url))
  })
  const service = createHubService({
    ...options,
    store,
    clock: Date.now,
    random: (bytes) => randomBytes(bytes),
  })
  const caller = { stationId: '', warehouseId: FIRST_WAREHOUSE, name: '' }
  return { service, stations: async () => (await listStations(store, caller)).stations }
}

/** SQLSTATE classes of a server that does not let us in: connection, authorization, no such database, going down. */
const NOT_LET_IN = /^(E[A-Z_]+|08|28|3D|53300|57P)/

function faultOf(error: unknown, url: string): HubStartError['fault'] {
  const detail = thrownText(error)
  const code = error instanceof AggregateError ? thrownCode(error.errors[0]) : thrownCode(error)
  const unreachable = code === null ? /timeout|terminated/i.test(detail) : NOT_LET_IN.test(code)
  return unreachable
    ? { tag: 'databaseUnreachable', address: addressOf(url), detail }
    : { tag: 'databaseUnusable', address: addressOf(url), detail }
}

/** The address as it may be shown: without its password. */
function addressOf(url: string): string {
  try {
    const { host, pathname } = new URL(url)
    return `${host}${pathname}`
  } catch {
    return '?'
  }
}
