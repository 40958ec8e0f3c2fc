import { right } from '../../domain/answer.ts'
import { nextPackStep, withoutWeight } from '../../domain/packing/pack-steps.ts'
import type { PackLine, PackTask } from '../../domain/packing/pack-task.ts'
import type { SupplyUse } from '../../domain/supplies/supply.ts'
import type { Decision } from '../decision.ts'
import type { ReadTx } from '../store.ts'
import type { SupplyRow } from '../tables.ts'
import { expectParcel } from '../weights/weigh-parcel.ts'
import { skuWeightId } from '../weights/weight-rows.ts'

/** Bags and boxes that a parcel may go into. */
export const isPacking = (supply: SupplyRow): boolean => supply.active && supply.packing === true

/** The bag or box that parcels of these goods mostly went into; else the first; undefined where none are set up. */
export async function usualPacking(tx: ReadTx, lines: readonly PackLine[]): Promise<string | undefined> {
  const packings = (await tx.range('supplies', null, {})).filter(isPacking)
  if (packings.length < 2) return packings[0]?.supplyId
  const rows = await tx.getMany(
    'weighings',
    lines.map((line) => skuWeightId(line.skuCode)),
  )
  const pieces = lines.reduce((sum, line) => sum + line.quantity, 0)
  const counts = new Map<string, number>()
  for (const { packing, lines: held } of rows.flatMap((row) => row?.recent ?? [])) {
    const alike = held.reduce((sum, line) => sum + line.quantity, 0) === pieces
    counts.set(packing, (counts.get(packing) ?? 0) + (alike ? 10 : 1))
  }
  const known = packings.filter(({ supplyId }) => counts.has(supplyId))
  const best = known.sort((a, b) => (counts.get(b.supplyId) ?? 0) - (counts.get(a.supplyId) ?? 0))[0]
  return (best ?? packings[0])?.supplyId
}

/** The parcel goes into another bag or box: what it should weigh changes, and what was weighed counts no more. */
export async function choosePacking(tx: ReadTx, task: PackTask, supply: SupplyRow): Promise<Decision> {
  const repacked: PackTask = { ...withoutWeight(task), packing: supply.supplyId }
  const expected = await expectParcel(tx, repacked)
  const next: PackTask = expected ? { ...repacked, expected } : repacked
  const params = { title: supply.name }
  return {
    answer: right('packingChosen', 'PAK-4', { params, ...nextPackStep(next) }),
    task: next,
    undoable: true,
  }
}

/** The bag or box that a scanned code names. */
export async function packingOf(tx: ReadTx, code: string): Promise<SupplyRow | null> {
  const supply = await tx.get('supplies', code.toLowerCase())
  return supply && isPacking(supply) ? supply : null
}

/** What a parcel takes of the supplies: of all bags and boxes only its own (LBL-6). */
export function parcelSupplies(supplies: readonly SupplyRow[], packing: string | undefined): SupplyUse[] {
  return supplies
    .filter((supply) => supply.active)
    .map((supply) => ({ supplyId: supply.supplyId, quantity: takenOf(supply, packing) }))
    .filter(({ quantity }) => quantity > 0)
    .sort((a, b) => (a.supplyId < b.supplyId ? -1 : 1))
}

function takenOf(supply: SupplyRow, packing: string | undefined): number {
  if (!isPacking(supply)) return supply.perParcel
  return supply.supplyId === packing ? Math.max(1, supply.perParcel) : 0
}
