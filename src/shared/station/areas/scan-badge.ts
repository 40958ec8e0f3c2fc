import { right, stop } from '../../domain/answer.ts'
import { sha256Hex } from '../../ledger/canonical.ts'
import type { Decision } from '../decision.ts'
import type { ReadTx } from '../store.ts'
import type { PersonRow } from '../tables.ts'

/** How a badge is stored and found; a badge is a credential and is never written down itself. */
export const badgeHash = (badge: string): string => sha256Hex(`badge:${badge}`)

/** The active person who carries this badge, or null. */
export async function personByBadge(tx: ReadTx, badge: string): Promise<PersonRow | null> {
  const rows = await tx.where('people', 'badgeHash', badgeHash(badge))
  return rows.find((row) => row.active) ?? null
}

/** Everyone who works here now. */
export async function activePeople(tx: ReadTx): Promise<PersonRow[]> {
  return (await tx.range('people', null, {})).filter((row) => row.active)
}

/** Where no signature is awaited, a badge signs in (interface.md, scan-only grammar). */
export async function scanBadge(tx: ReadTx, badge: string): Promise<Decision> {
  const person = await personByBadge(tx, badge)
  if (!person) return { answer: stop('unknownBadge', 'SEC-1') }
  return { answer: right('signedIn', 'SEC-1', { params: { name: person.name } }), session: person.personId }
}
