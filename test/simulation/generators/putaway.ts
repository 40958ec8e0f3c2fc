import { binFor, type Generator, isMeasured, measure, scans, skuOf } from './generator.ts'

/** From the dock into a bin; sometimes more than the dock holds, which wants a count. */
export const putaway: Generator = {
  name: 'putaway',
  weight: 10,
  makes: ['GoodsPutAway', 'CountWanted'],
  plan: async ({ dice, tx }) => {
    const docked = (await tx.where('balances', 'place', 'dock')).filter((row) => row.quantity > 0)
    if (docked.length > 0 && dice.chance(0.8)) {
      const row = dice.pick(docked)
      const quantity = Math.min(row.quantity, dice.between(1, 6))
      const sku = await tx.get('skus', row.skuCode)
      const count = row.measureMm === null ? [`QTY-${quantity}`] : [`MM-${row.measureMm}`]
      return scans('putaway', row.skuCode, ...count, binFor({ category: sku?.category ?? '' }))
    }
    const sku = skuOf(dice)
    const count = isMeasured(sku) ? [measure(dice)] : [`QTY-${dice.between(1, 3)}`]
    return scans('putaway', sku.code, ...count, binFor(sku), 'ANS-1')
  },
}
