import { isNewer, type Stamp } from '../ledger/stamp.ts'

/** Goods of one SKU and measure in a bin that a picker did not find all of, or had not (PIK-3). */
export interface ShortRow {
  /** `shortKey`: bin, SKU and measure. */
  readonly key: string
  readonly binCode: string
  readonly skuCode: string
  readonly measureMm: number | null
  readonly said: {
    readonly missing: number
    readonly orderIds: readonly string[]
    readonly at: number
    readonly stamp: Stamp
  } | null
  readonly lifted: { readonly why: string; readonly at: number; readonly stamp: Stamp } | null
  /** Derived: `doubted` while nobody has cleared it up after it was said; nothing of it is allocated. */
  readonly state: 'doubted' | 'lifted'
}

/** Whose pieces were put into a slot of a put-wall last (PIK-1); whether they are still there, the order's cart says. */
export interface SlotRow {
  readonly code: string
  readonly orderId: string
  readonly batchNo: string
  readonly at: number
  readonly stamp: Stamp
}

type Said = NonNullable<ShortRow['said']>
type Lifted = NonNullable<ShortRow['lifted']>

export type ShortChange = Pick<ShortRow, 'binCode' | 'skuCode' | 'measureMm'> &
  (({ readonly set: 'said' } & Said) | ({ readonly set: 'lifted' } & Lifted))

/** The newest of each counts, and the newer of both, whatever comes first. */
export function reduceShort(row: ShortRow | undefined, change: ShortChange, key: string): ShortRow {
  const { binCode, skuCode, measureMm } = change
  const base = row ?? { key, binCode, skuCode, measureMm, said: null, lifted: null }
  const said = change.set === 'said' ? newer(saidIn(change), base.said) : base.said
  const lifted = change.set === 'lifted' ? newer(liftedIn(change), base.lifted) : base.lifted
  const doubted = said !== null && isNewer(said.stamp, lifted?.stamp)
  return { ...base, said, lifted, state: doubted ? 'doubted' : 'lifted' }
}

const saidIn = ({ missing, orderIds, at, stamp }: Said): Said => ({ missing, orderIds, at, stamp })
const liftedIn = ({ why, at, stamp }: Lifted): Lifted => ({ why, at, stamp })

function newer<T extends { readonly stamp: Stamp }>(change: T, known: T | null): T {
  return known !== null && !isNewer(change.stamp, known.stamp) ? known : change
}

/** The last pick that put something there. */
export function reduceSlot(row: SlotRow | undefined, change: SlotRow): SlotRow {
  return row && !isNewer(change.stamp, row.stamp) ? row : change
}
