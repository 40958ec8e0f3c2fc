import { PACKING_RULES, PackingRulesSchema } from '../../domain/packing/packing-rules.ts'
import type { CommandEffect } from '../decision.ts'

/** PAK-6: rules that no packing screen could show are not saved; null when nothing is wrong. */
export function refusePackingRules(settings: Readonly<Record<string, unknown>>): CommandEffect | null {
  if (!(PACKING_RULES in settings)) return null
  const isRead = PackingRulesSchema.safeParse(settings[PACKING_RULES]).success
  return isRead ? null : { answer: { tag: 'packingRulesFaulty' } }
}
