import { Button } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CourierRule } from '../../../shared/domain/shipping/choose-courier-table.ts'
import { Tag } from '../../ui/small-parts.tsx'
import type { TablePart } from './courier-rules-panel.tsx'
import { CourierSelect } from './courier-select.tsx'
import { useCourierWords } from './courier-words.ts'
import { RuleForm } from './rule-form.tsx'
import { courierCodes } from './use-courier-table.ts'

type Edited = { readonly rule: CourierRule | null }

/** The rules in the order in which they are asked, and below them what takes the rest. */
export function RuleTable({ table, disabled, onChange }: TablePart): ReactElement {
  const { t } = useTranslation('dispatch')
  const [edited, setEdited] = useState<Edited | null>(null)
  const { rules } = table
  const codes = courierCodes(table).filter((code) => code !== 'wished')
  const setRules = (next: readonly CourierRule[]): void => onChange({ ...table, rules: [...next] })
  const keep = (rule: CourierRule): void => {
    const isKnown = rules.some((other) => other.ruleId === rule.ruleId)
    setRules(isKnown ? rules.map((other) => (other.ruleId === rule.ruleId ? rule : other)) : [...rules, rule])
    setEdited(null)
  }
  return (
    <>
      <table className="courier-rule-table" data-table="courier-rules">
        <thead>
          <tr>
            <th>{t('rules.order')}</th>
            <th>{t('rules.when')}</th>
            <th>{t('rules.takes')}</th>
            <th aria-label={t('rules.edit')} />
          </tr>
        </thead>
        <tbody>
          {rules.length === 0 && (
            <tr>
              <td colSpan={4}>{t('rules.none')}</td>
            </tr>
          )}
          {rules.map((rule, index) => (
            <RuleRow
              key={rule.ruleId}
              rule={rule}
              index={index}
              last={index === rules.length - 1}
              disabled={disabled}
              onEdit={() => setEdited({ rule })}
              onMove={(by) => setRules(moved(rules, index, by))}
              onRemove={() => setRules(rules.filter((other) => other !== rule))}
            />
          ))}
          {(['usual', 'fallback'] as const).map((line) => (
            <tr key={line} data-key={line}>
              <td />
              <td>{t(`rules.${line}`)}</td>
              <td>
                <CourierSelect
                  name={line}
                  label={t(`rules.${line}`)}
                  value={table[line]}
                  codes={codes}
                  disabled={disabled}
                  onChange={(code) => onChange({ ...table, [line]: code })}
                />
              </td>
              <td />
            </tr>
          ))}
        </tbody>
      </table>
      <Button data-action="add-courier-rule" disabled={disabled} onClick={() => setEdited({ rule: null })}>
        {t('rules.add')}
      </Button>
      {edited !== null && (
        <RuleForm rule={edited.rule} codes={codes} onDone={keep} onClose={() => setEdited(null)} />
      )}
    </>
  )
}

function moved(rules: readonly CourierRule[], index: number, by: 1 | -1): CourierRule[] {
  const rest = rules.filter((_, other) => other !== index)
  const rule = rules[index]
  return rule ? [...rest.slice(0, index + by), rule, ...rest.slice(index + by)] : [...rules]
}

interface RuleRowProps {
  readonly rule: CourierRule
  readonly index: number
  readonly last: boolean
  readonly disabled: boolean
  readonly onEdit: () => void
  readonly onMove: (by: 1 | -1) => void
  readonly onRemove: () => void
}

function RuleRow({ rule, index, last, disabled, onEdit, onMove, onRemove }: RuleRowProps): ReactElement {
  const { t } = useTranslation('dispatch')
  const words = useCourierWords()
  return (
    <tr data-key={rule.ruleId} data-courier={rule.courier} className={rule.active ? undefined : 'rule-off'}>
      <td>{index + 1}</td>
      <td>
        {words.conditions(rule.when)} {!rule.active && <Tag>{t('rules.off')}</Tag>}
      </td>
      <td>
        <b>{words.courier(rule.courier)}</b>
      </td>
      <td>
        <div className="rule-actions">
          <Button
            data-action="rule-up"
            aria-label={t('rules.up')}
            title={t('rules.up')}
            disabled={disabled || index === 0}
            onClick={() => onMove(-1)}
          >
            ↑
          </Button>
          <Button
            data-action="rule-down"
            aria-label={t('rules.down')}
            title={t('rules.down')}
            disabled={disabled || last}
            onClick={() => onMove(1)}
          >
            ↓
          </Button>
          <Button data-action="edit-courier-rule" disabled={disabled} onClick={onEdit}>
            {t('rules.edit')}
          </Button>
          <Button data-action="remove-courier-rule" disabled={disabled} onClick={onRemove}>
            {t('rules.remove')}
          </Button>
        </div>
      </td>
    </tr>
  )
}
