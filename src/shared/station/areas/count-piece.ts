import { measuredCategory } from '../../domain/catalogue/measured-category.ts'
import { printableCodeOf } from '../../domain/catalogue/sku.ts'
import type { ReceiveOutcome } from '../../domain/receiving/decide-receive.ts'
import { HOUSE_CODE_COUNTER } from '../counters.ts'
import type { DecideContext, Decision, NewPrint } from '../decision.ts'
import type { StationEvent } from '../event-types.ts'
import type { ReadTx } from '../store.ts'

/** Turns an outcome of the count into a decision; a measured piece gets its hang tag. */
export async function counted(
  tx: ReadTx,
  outcome: ReceiveOutcome,
  context: DecideContext,
): Promise<Decision> {
  const { task, answer, tagged } = outcome
  const decision: Decision = { answer, task, undoable: answer.verdict !== 'stop' }
  if (!tagged) return decision
  return { ...decision, ...(await hangTag(tx, tagged, context)) }
}

/** RCV-4: a house code for (SKU, measure), printed on a tag for this piece; assigned once per station and measure. */
async function hangTag(
  tx: ReadTx,
  piece: { skuCode: string; measureMm: number },
  context: DecideContext,
): Promise<Pick<Decision, 'events' | 'prints' | 'counters'>> {
  const [tags, sku] = await Promise.all([
    tx.where('tags', 'skuCode', piece.skuCode),
    tx.get('skus', piece.skuCode),
  ])
  const known = tags.find((tag) => tag.measureMm === piece.measureMm)
  const count = Number((await tx.get('meta', HOUSE_CODE_COUNTER))?.value ?? 0) + 1
  const code = known?.code ?? `${context.stationCode}T${count}`
  const print: NewPrint | null = sku
    ? {
        jobId: context.newId(),
        personRef: null,
        subject: code,
        reason: '',
        document: {
          kind: 'sku',
          code,
          name: sku.name,
          colour: sku.colour,
          size: sku.size,
          skuCode: printableCodeOf(sku.codes) ?? sku.display,
          measure: { name: measuredCategory(sku.category)?.label ?? '', millimetres: piece.measureMm },
        },
      }
    : null
  const prints = print ? [print] : []
  if (known) return { prints }
  const event: StationEvent = {
    type: 'HangTagAssigned',
    movements: [],
    entities: [`sku:${piece.skuCode}`],
    body: { code, ...piece },
  }
  return { prints, events: [event], counters: { [HOUSE_CODE_COUNTER]: count } }
}
