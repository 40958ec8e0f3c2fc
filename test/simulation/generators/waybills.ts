import { isOrderOver } from '../../../src/shared/station/commands/fetched-commands.ts'
import { fetchedOf } from '../../../src/shared/station/commands/number-commands.ts'
import { freeForKey } from '../../../src/shared/station/row-changes.ts'
import type { WaybillRow } from '../../../src/shared/station/tables.ts'
import { command, type Generator, type Planned, type Scene } from './generator.ts'

const COURIER = 'STO'
/** Numbers in a pool file. */
const POOL = 30

const freeOf = ({ tx }: Pick<Scene, 'tx'>, holder: string): Promise<WaybillRow[]> => {
  const key = freeForKey(holder, COURIER)
  return tx.range('waybills', '[freeFor+position]', { from: [key, 0], to: [key, Number.MAX_SAFE_INTEGER] })
}

/** The numbers of a pool file: two stations that load the same file load the same numbers. */
export function poolFile(name: string) {
  const first = Number(name.replace(/\D/g, '')) * 1000
  return Array.from({ length: POOL }, (_, index) => ({
    courier: COURIER,
    number: `7730${String(first + index).padStart(9, '0')}`,
    sortCode: '571-01',
    position: first + index,
  }))
}

/** Pool files: fresh ones, and now and then one that another station has loaded as well. */
export const pools: Generator = {
  name: 'pools',
  weight: 4,
  makes: ['WaybillsLoaded', 'WaybillsReturned', 'WaybillsGranted'],
  plan: async (scene): Promise<Planned[]> => {
    const { dice } = scene
    if ((await freeOf(scene, scene.stationId)).length > 15 && !dice.chance(0.1)) return []
    const shared = dice.chance(0.08)
    const file = shared ? `twice-${dice.between(1, 3)}00000` : scene.fresh('pool-')
    return [command({ type: 'LoadWaybills', file, waybills: poolFile(file) })]
  },
}

/** A service gives numbers ahead, each for one order; what an order does not need any more goes back. */
export const fetches: Generator = {
  name: 'fetches',
  weight: 6,
  makes: ['WaybillFetched', 'WaybillsSetAside', 'WaybillsWrittenOff'],
  plan: async (scene): Promise<Planned[]> => {
    const { dice, tx, stationId } = scene
    const own = await fetchedOf(tx, stationId)
    const orders = await tx.getMany(
      'orders',
      own.map((row) => row.fetched?.orderId ?? ''),
    )
    const over = own.find((_, index) => isOrderOver(orders[index]))
    if (over) {
      const { key: waybillKey } = over
      return [
        command({ type: 'SetFetchedAside', waybillKey }),
        command({ type: 'WriteOffFetched', waybillKey, reason: 'returned' }),
      ]
    }
    const ready = await tx.where('readiness', 'state', 'ready')
    const wanted = ready.filter((row) => own.every((one) => one.fetched?.orderId !== row.orderId))
    if (wanted.length === 0) return []
    const parcelKey = scene.fresh('K')
    const number = `8800${parcelKey.replace(/\D/g, '').padStart(9, '0')}`
    const { orderId } = dice.pick(wanted)
    const given = { courier: COURIER, number, sortCode: '300-01', accountId: 'a1', labelData: {} }
    return [command({ type: 'RecordFetchedWaybill', parcelKey, orderId, ...given })]
  },
}

/** Labels are printed before picking; now and then one is torn up again. */
export const labelsFirst: Generator = {
  name: 'labelsFirst',
  weight: 4,
  makes: ['WaybillAssigned', 'LabelVoided'],
  plan: async ({ dice, tx }): Promise<Planned[]> => {
    const ready = await tx.where('readiness', 'state', 'ready')
    if (ready.length === 0) return []
    const { orderId } = dice.pick(ready)
    return dice.chance(0.25)
      ? [command({ type: 'VoidLabel', orderId, reason: 'labelTorn' })]
      : [command({ type: 'LabelOrder', orderId })]
  },
}

/**
 * What a manager does after a restore: looks at the printed labels and takes the numbers behind them up again. Done by
 * the station that set them aside, and in step with the hub.
 */
export const numbersUp: Generator = {
  name: 'numbersUp',
  weight: 3,
  makes: ['WaybillsTakenUp', 'WaybillsWrittenOff', 'WaybillsSetAside'],
  plan: async (scene): Promise<Planned[]> => {
    const aside = await freeOf(scene, `aside:${scene.stationId}`)
    if (aside.length === 0 || !scene.current) return []
    const lastUsed = aside.filter((row) => scene.wasPrinted(row.number)).at(-1)?.number ?? null
    return [command({ type: 'TakeNumbersUp', courier: COURIER, lastUsed })]
  },
}

/** A station is given up, and its numbers with it. */
export const writeOffs: Generator = {
  name: 'writeOffs',
  weight: 1,
  makes: ['WaybillsWrittenOff'],
  plan: async (scene): Promise<Planned[]> => {
    const { dice } = scene
    if (!dice.chance(0.2)) return []
    const holder = `S${dice.between(1, 10)}`
    return [command({ type: 'WriteOffNumbers', holder, reason: 'lost' })]
  },
}
