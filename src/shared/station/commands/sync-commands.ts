import type { CommandEffect } from '../decision.ts'
import { detailId } from '../project.ts'
import { currentWrite } from '../row-changes.ts'
import type { ReadTx } from '../store.ts'
import type { CommandOf } from './command.ts'

/** A name or a note is written, with the value that stood there when it was (SYN-1). */
export async function describeThing(tx: ReadTx, command: CommandOf<'DescribeThing'>): Promise<CommandEffect> {
  const { thing, key, field, value } = command
  const row = await tx.get('details', detailId(thing, key, field))
  if ((row?.value ?? '') === value) return { answer: { tag: 'unchanged' } }
  const seen = row ? (currentWrite(row)?.eventId ?? null) : null
  return {
    answer: { tag: 'done' },
    events: [
      {
        type: 'DetailChanged',
        movements: [],
        entities: [`${thing}:${key}`],
        body: { thing, key, field, value, seen },
      },
    ],
  }
}

/** SYN-2: who decided about a contradiction, and how. */
export async function resolveDiscrepancy(
  tx: ReadTx,
  command: CommandOf<'ResolveDiscrepancy'>,
): Promise<CommandEffect> {
  const { discrepancyId, decision, note } = command
  const row = await tx.get('discrepancies', discrepancyId)
  if (!row) return { answer: { tag: 'gone' } }
  const { kind, subject } = row
  return {
    answer: { tag: 'done' },
    events: [
      {
        type: 'DiscrepancyResolved',
        movements: [],
        entities: [`discrepancy:${discrepancyId}`],
        body: { discrepancyId, kind, subject, decision, note },
      },
    ],
  }
}
