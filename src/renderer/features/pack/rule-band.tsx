import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { missingLines } from '../../../shared/domain/packing/pack-steps.ts'
import type { PackTask } from '../../../shared/domain/packing/pack-task.ts'
import { useRuleWords } from '../packing-rules/use-rule-words.ts'
import '../packing-rules/packing-rules.css'

/**
 * How this parcel's goods are packed, from its opening on; once all is in it is the next thing to do, and the badge
 * confirms it (PAK-6).
 */
export function RuleBand({ task }: { task: PackTask }): ReactElement | null {
  const { t } = useTranslation('dispatch')
  const words = useRuleWords()
  const { rules = [], signature } = task
  if (rules.length === 0) return null
  const state = missingLines(task).length > 0 ? 'waiting' : signature ? 'confirmed' : 'now'
  return (
    <section className={`rule-band rule-band-${state}`} data-list="packing-rules" data-state={state}>
      <header>
        <h2>{t('packing.title')}</h2>
        <span>{t(`packing.state.${state}`, { name: signature?.name ?? '' })}</span>
      </header>
      {rules.map((rule) => (
        <div key={rule.of} className="rule-band-rule">
          {(rules.length > 1 || rule.of !== '') && <b className="rule-band-goods">{words.goods(rule)}</b>}
          {rule.lines.map((line) => (
            <span key={line} className="rule-band-line">
              {words.line(line)}
            </span>
          ))}
        </div>
      ))}
    </section>
  )
}
