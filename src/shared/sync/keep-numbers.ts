import type { StationEnvironment } from '../station/environment.ts'
import { sharedKey } from '../station/commands/number-commands.ts'
import { executeCommand } from '../station/execute-command.ts'
import { freeForKey } from '../station/row-changes.ts'
import type { ReadTx } from '../station/store.ts'
import type { SyncPorts, SyncSession } from './sync-session.ts'

/** Of a pool that this station loaded it keeps this many at most, and half at most; the hub gets the others. */
const KEPT_OF_A_LOAD = 100
/** With fewer than this in hand a new block is asked for while there is a hub to ask (LBL-5). */
const LOW = 40
/** A block is as large as what a packer does in half a day without a network. */
const BLOCK = 100

/** Requests under way by courier; key in `meta`: a request that was not answered is repeated under its own id. */
const REQUESTS = 'grantRequests'
type Requests = Readonly<Record<string, string>>

interface Courier {
  readonly courier: string
  readonly ownFree: number
  readonly unsharedLoads: boolean
}

/**
 * Keeps waybill numbers spread over the stations (LBL-5, decision 7): shares what this one loaded, asks for a block
 * when it runs low. Blocks never expire, so that packing goes on without a network. Answers the couriers for which
 * there was nothing to be had.
 */
export async function keepNumbers(
  session: SyncSession,
  ports: SyncPorts,
  env: StationEnvironment,
): Promise<readonly string[]> {
  const { store } = ports
  const { stationId } = ports.identity
  const couriers = await store.read(['waybills', 'meta'], (tx) => loadCouriers(tx, stationId))
  const dry: string[] = []
  for (const { courier, ownFree, unsharedLoads } of couriers) {
    if (unsharedLoads)
      await executeCommand(store, env, {
        type: 'SharePool',
        commandId: env.newId(),
        at: ports.now(),
        personId: null,
        courier,
        keep: KEPT_OF_A_LOAD,
      })
    if (ownFree < LOW && (await askForBlock(session, ports, courier, env.newId)) === 'dry') dry.push(courier)
  }
  return dry
}

async function askForBlock(
  session: SyncSession,
  ports: SyncPorts,
  courier: string,
  newId: () => string,
): Promise<'granted' | 'dry' | 'unheard'> {
  const requestId = await openRequest(ports, courier, newId)
  const answer = await session.ask('grant', { requestId, courier, count: BLOCK })
  if (answer === null) return 'unheard'
  await closeRequest(ports, courier)
  return answer.tag
}

async function openRequest({ store }: SyncPorts, courier: string, newId: () => string): Promise<string> {
  return store.write(['meta'], async (tx) => {
    const open = await readRequests(tx)
    const known = open[courier]
    if (known !== undefined) return known
    const requestId = newId()
    tx.put('meta', { key: REQUESTS, value: { ...open, [courier]: requestId } })
    return requestId
  })
}

function closeRequest({ store }: SyncPorts, courier: string): Promise<void> {
  return store.write(['meta'], async (tx) => {
    const { [courier]: _answered, ...rest } = await readRequests(tx)
    tx.put('meta', { key: REQUESTS, value: rest })
  })
}

const readRequests = async (tx: ReadTx): Promise<Requests> =>
  ((await tx.get('meta', REQUESTS))?.value as Requests | undefined) ?? {}

/** Couriers by stepping from one key prefix to the next, so that a pool of a million numbers costs no more. */
async function loadCouriers(tx: ReadTx, stationId: string): Promise<Courier[]> {
  const found: Courier[] = []
  let from = ''
  for (;;) {
    const [row] = await tx.range('waybills', null, { from, limit: 1 })
    if (!row) return found
    const courier = row.key.slice(0, row.key.indexOf('/'))
    const own = freeForKey(stationId, courier)
    const free = await tx.range('waybills', '[freeFor+position]', {
      from: [own, 0],
      to: [own, Number.MAX_SAFE_INTEGER],
      limit: LOW,
    })
    const shared = ((await tx.get('meta', sharedKey(courier)))?.value as readonly string[] | undefined) ?? []
    const unsharedLoads = free.some(
      ({ tenure, firstLoad }) => tenure === null && !shared.includes(firstLoad?.stamp.eventId ?? ''),
    )
    found.push({ courier, ownFree: free.length, unsharedLoads })
    from = `${courier}/\uffff`
  }
}
