import { skuTitle } from '../../domain/catalogue/sku.ts'
import { expectedParcel, type TakenWeight } from '../../domain/packing/decide-weight.ts'
import type { PackTask } from '../../domain/packing/pack-task.ts'
import type { ExpectedParcel, NamedSuspect, TracePoint } from '../../domain/packing/weighing.ts'
import { expectWeight } from '../../domain/weighing/expect-weight.ts'
import { judgeWeight } from '../../domain/weighing/judge-weight.ts'
import type { Lookalike, Suspect } from '../../domain/weighing/name-suspects.ts'
import type { WeighedParcel } from '../../domain/weighing/weight-book.ts'
import { binOfPlace, binPlace } from '../../ledger/place.ts'
import type { ReadTx } from '../store.ts'
import type { SkuRow } from '../tables.ts'
import { ANY_PACKING, openWeightBook } from './weight-rows.ts'

type Contents = Pick<PackTask, 'lines' | 'packing'>

/** A weight from the scale or from a hand; the trace is the pan's readings until it stood still. */
export interface RawWeight {
  readonly grams: number
  readonly source: 'hand' | 'scale'
  readonly trace: readonly TracePoint[]
}

/** What the whole parcel should weigh, for the screen; null for one without goods. */
export async function expectParcel(tx: ReadTx, task: Contents): Promise<ExpectedParcel | null> {
  if (task.lines.length === 0) return null
  const contents = contentsOf(task, 0)
  const book = await openWeightBook(tx, await skusOf(tx, codesOf(contents)), contents.packing)
  return expectedParcel({ expected: expectWeight(contents, book) })
}

/** PAK-4: judges a weight; only when it is off are the goods loaded that may lie in the parcel by mistake. */
export async function weighParcel(tx: ReadTx, task: Contents, raw: RawWeight): Promise<TakenWeight> {
  const parcel = contentsOf(task, raw.grams)
  const skus = await skusOf(tx, codesOf(parcel))
  const book = await openWeightBook(tx, skus, parcel.packing)
  const verdict = judgeWeight(parcel, book, () => [])
  if (verdict.tag === 'fits') return { ...raw, verdict, suspects: [] }
  const near = await neighbours(tx, task, skus)
  const all = [...skus, ...near.skus]
  const closer = judgeWeight(parcel, await openWeightBook(tx, all, parcel.packing), near.lookalikes)
  const titles = new Map(all.map((sku) => [sku.code, skuTitle(sku)]))
  return { ...raw, verdict: closer, suspects: closer.suspects.map((suspect) => named(suspect, titles)) }
}

function named(suspect: Suspect, titles: ReadonlyMap<string, string>): NamedSuspect {
  const title = (code: string | null): string => (code === null ? '' : (titles.get(code) ?? code))
  return { ...suspect, title: title(suspect.skuCode), otherTitle: title(suspect.otherSkuCode) }
}

function contentsOf({ lines, packing }: Contents, grams: number): WeighedParcel {
  const quantities = new Map<string, number>()
  for (const { skuCode, quantity } of lines)
    quantities.set(skuCode, (quantities.get(skuCode) ?? 0) + quantity)
  return {
    lines: [...quantities].map(([skuCode, quantity]) => ({ skuCode, quantity })),
    packing: packing ?? ANY_PACKING,
    grams,
  }
}

const codesOf = ({ lines }: WeighedParcel): string[] => lines.map(({ skuCode }) => skuCode)

async function skusOf(tx: ReadTx, codes: readonly string[]): Promise<SkuRow[]> {
  const rows = await tx.getMany('skus', codes)
  return rows.filter((row): row is SkuRow => row !== undefined)
}

interface Neighbours {
  readonly skus: readonly SkuRow[]
  readonly lookalikes: (skuCode: string) => readonly Lookalike[]
}

/** Variants of one item are taken for each other most often; then what stands in the same bins. */
const SHARE_OF_VARIANTS = 0.7
const MOST_VARIANTS = 80
const MOST_IN_BIN = 40

async function neighbours(tx: ReadTx, task: Contents, skus: readonly SkuRow[]): Promise<Neighbours> {
  const found = await Promise.all(skus.map((sku) => neighboursOf(tx, task, sku)))
  const byCode = new Map(found.map((each) => [each.code, each]))
  const all = new Map(
    found.flatMap(({ variants, inBin }) => [...variants, ...inBin]).map((sku) => [sku.code, sku]),
  )
  for (const { code } of skus) all.delete(code)
  return {
    skus: [...all.values()],
    lookalikes: (code) => {
      const { variants = [], inBin = [] } = byCode.get(code) ?? {}
      const share = inBin.length === 0 ? 1 : SHARE_OF_VARIANTS
      return [
        ...variants.map((sku) => ({ skuCode: sku.code, share: share / variants.length })),
        ...inBin.map((sku) => ({
          skuCode: sku.code,
          share: (variants.length === 0 ? 1 : 1 - SHARE_OF_VARIANTS) / inBin.length,
        })),
      ]
    },
  }
}

async function neighboursOf(
  tx: ReadTx,
  task: Contents,
  sku: SkuRow,
): Promise<{ code: string; variants: SkuRow[]; inBin: SkuRow[] }> {
  const bins = new Set(
    task.lines
      .filter((line) => line.skuCode === sku.code)
      .flatMap((line) => line.sources.map(({ place }) => binOfPlace(place)))
      .filter((bin) => bin !== null),
  )
  const [sameItem, balances] = await Promise.all([
    sku.item === '' ? [] : tx.range('skus', 'item', { from: sku.item, to: sku.item, limit: MOST_VARIANTS }),
    Promise.all([...bins].map((bin) => tx.where('balances', 'place', binPlace(bin)))),
  ])
  const variants = sameItem.filter(({ code, stamp }) => code !== sku.code && stamp !== null)
  const known = new Set([sku.code, ...variants.map(({ code }) => code)])
  const codes = new Set(balances.flat().map(({ skuCode }) => skuCode))
  const others = [...codes].filter((code) => !known.has(code)).slice(0, MOST_IN_BIN)
  return { code: sku.code, variants, inBin: await skusOf(tx, others) }
}
