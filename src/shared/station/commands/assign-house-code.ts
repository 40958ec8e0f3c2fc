import { printableCodeOf } from '../../domain/catalogue/sku.ts'
import { HOUSE_CODE_COUNTER } from '../counters.ts'
import type { CommandEffect, DecideContext } from '../decision.ts'
import type { ReadTx } from '../store.ts'

/** CAT-1, RCV-8: an SKU without a printable code gets a house code; one that has one keeps it. */
export async function assignHouseCode(
  tx: ReadTx,
  skuCode: string,
  context: DecideContext,
): Promise<CommandEffect> {
  const sku = await tx.get('skus', skuCode)
  if (!sku) return { answer: { tag: 'unknownSku' } }
  const printable = printableCodeOf(sku.codes)
  if (printable) return { answer: { tag: 'done', params: { code: printable } } }
  const count = Number((await tx.get('meta', HOUSE_CODE_COUNTER))?.value ?? 0) + 1
  const code = `${context.stationCode}H${count}`
  return {
    answer: { tag: 'done', params: { code } },
    counters: { [HOUSE_CODE_COUNTER]: count },
    events: [{ type: 'SkuCodeLinked', movements: [], entities: [`sku:${skuCode}`], body: { skuCode, code } }],
  }
}
