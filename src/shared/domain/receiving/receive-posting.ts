import { goodStock, type Movement, type StockKey } from '../../ledger/movement.ts'
import { DOCK, SUPPLIER } from '../../ledger/place.ts'
import { type Answer, ask, right, stop } from '../answer.ts'
import { mayAct, mayCountersign, type Person } from '../people/person.ts'
import type { Signature } from '../task.ts'
import type { ReceiveLine } from './receive-task.ts'

export type SigningOutcome =
  | { readonly tag: 'refused'; readonly answer: Answer }
  | { readonly tag: 'signed'; readonly signatures: readonly Signature[]; readonly answer: Answer }
  | { readonly tag: 'complete'; readonly signatures: readonly Signature[] }

/**
 * RCV-7: clerk and buyer (or a manager) sign, two different people where there are two; with one active person one
 * signature is enough and recorded as such (interface.md).
 */
export function signNote(input: {
  readonly signatures: readonly Signature[]
  readonly signer: Person
  readonly activePeople: number
  readonly at: number
}): SigningOutcome {
  const { signatures, signer, at } = input
  const { personId, name } = signer
  if (!mayAct(signer, 'receivingClerk') && !mayCountersign(signer))
    return { tag: 'refused', answer: stop('roleWanted', 'RCV-7', { params: { name } }) }
  if (input.activePeople === 1) return { tag: 'complete', signatures: [{ personId, name, at, as: 'sole' }] }
  const first = signatures[0]
  if (!first) {
    const next = mayCountersign(signer) ? 'anySecondSignature' : 'countersign'
    const signed: Signature = { personId, name, at, as: mayCountersign(signer) ? 'countersign' : 'clerk' }
    return {
      tag: 'signed',
      signatures: [signed],
      answer: right('signed', 'RCV-7', { params: { name }, next }),
    }
  }
  if (first.personId === personId)
    return { tag: 'refused', answer: stop('samePerson', 'RCV-7', { params: { name } }) }
  if (first.as === 'clerk' && !mayCountersign(signer))
    return {
      tag: 'refused',
      answer: ask('signatureWanted', 'RCV-7', { params: { name }, next: 'countersign' }),
    }
  const as = first.as === 'clerk' ? 'countersign' : 'clerk'
  return { tag: 'complete', signatures: [first, { personId, name, at, as }] }
}

/** The movements of a posted note: everything counted comes from the supplier onto the dock, defects apart. */
export function receiptMovements(lines: readonly ReceiveLine[]): Movement[] {
  return lines.flatMap((line) => {
    const measures = Object.keys(line.byMeasure)
    if (measures.length === 0) return receipt(line.skuCode, null, line.counted, line.defects)
    return measures.flatMap((measure) =>
      receipt(
        line.skuCode,
        Number(measure),
        line.byMeasure[measure] ?? 0,
        line.defectsByMeasure[measure] ?? 0,
      ),
    )
  })
}

function receipt(skuCode: string, measureMm: number | null, counted: number, defects: number): Movement[] {
  const stock: StockKey = goodStock(skuCode, measureMm)
  const way = { from: SUPPLIER, to: DOCK }
  return [
    { ...stock, ...way, quantity: counted - defects },
    { ...stock, ...way, condition: 'exchange' as const, quantity: defects },
  ].filter((movement) => movement.quantity > 0)
}
