import { App, Button, Input } from 'antd'
import { type ReactElement, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  MOST_RULE_LINES,
  PACKING_RULES,
  readPackingRules,
} from '../../../shared/domain/packing/packing-rules.ts'
import { useStation } from '../../app/station-app.ts'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { Note, Panel } from '../../ui/small-parts.tsx'
import { useIsManager } from '../office/use-person.ts'
import { type DraftFault, draftOf, type RuleDraft, rulesOf } from './rule-draft.ts'
import './packing-rules.css'

/** How goods are packed, category by category; the packing screen shows it and the badge confirms it (PAK-6). */
export function PackingRulesPanel(): ReactElement {
  const { t, i18n } = useTranslation('dispatch')
  const { database } = useStation()
  const stored = useLiveQuery(
    async () => readPackingRules((await database.settings.get(PACKING_RULES))?.value),
    [database],
  )
  return (
    <Panel title={t('packing.title')}>
      <p className="packing-rules-lead">{t('packing.what', { most: `${MOST_RULE_LINES}` })}</p>
      {stored && <Editor stored={draftOf(stored, i18n.language === 'en' ? 'en' : 'zh-CN')} />}
    </Panel>
  )
}

function Editor({ stored }: { stored: RuleDraft }): ReactElement {
  const { t } = useTranslation('dispatch')
  const { run } = useStation()
  const { message } = App.useApp()
  const manager = useIsManager()
  const [changed, setChanged] = useState<RuleDraft | null>(null)
  const [fault, setFault] = useState<DraftFault | null>(null)
  const draft = changed ?? stored
  const change = (next: RuleDraft | null): void => {
    setChanged(next)
    setFault(null)
  }
  const save = async (): Promise<void> => {
    const rules = rulesOf(draft)
    if ('fault' in rules) return setFault(rules)
    const { answer } = await run({ type: 'SaveSettings', settings: { [PACKING_RULES]: rules } })
    if (answer.tag !== 'done') return void message.error(t('packing.notSaved'))
    change(null)
    void message.success(t('packing.saved'))
  }
  return (
    <div className="packing-rules" data-unsaved={changed !== null}>
      {!manager && <Note tone="plain">{t('packing.managerWanted')}</Note>}
      <RuleFields draft={draft} disabled={!manager} onChange={change} />
      {fault && (
        <Note tone="stop">
          <span data-fault={fault.fault}>
            {t(`packing.fault.${fault.fault}`, { of: fault.of || t('packing.usual') })}
          </span>
        </Note>
      )}
      <div className="packing-rules-actions">
        <Button
          type="primary"
          data-action="save-packing-rules"
          disabled={!manager || changed === null}
          onClick={() => void save()}
        >
          {t('packing.save')}
        </Button>
        {changed !== null && (
          <Button data-action="discard-packing-rules" onClick={() => change(null)}>
            {t('rules.discard')}
          </Button>
        )}
      </div>
    </div>
  )
}

interface FieldsProps {
  readonly draft: RuleDraft
  readonly disabled: boolean
  readonly onChange: (draft: RuleDraft) => void
}

function RuleFields({ draft, disabled, onChange }: FieldsProps): ReactElement {
  const { t } = useTranslation('dispatch')
  const { categories } = draft
  const set = (next: RuleDraft['categories']): void => onChange({ ...draft, categories: next })
  return (
    <div className="packing-rule-cards">
      <Lines
        name="usual"
        label={t('packing.usual')}
        text={draft.usual}
        disabled={disabled}
        onChange={(usual) => onChange({ ...draft, usual })}
      />
      <Lines
        name="fragile"
        label={t('packing.fragile')}
        text={draft.fragile}
        disabled={disabled}
        onChange={(fragile) => onChange({ ...draft, fragile })}
      />
      {categories.map((rule, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the name is what is being typed
        <div key={index} className="packing-rule-card" data-rule={rule.category}>
          <Input
            aria-label={t('packing.category')}
            placeholder={t('packing.categoryHint')}
            maxLength={60}
            disabled={disabled}
            data-field="rule-category"
            value={rule.category}
            onChange={({ target }) => set(categories.with(index, { ...rule, category: target.value }))}
          />
          <Lines
            name="category"
            label={t('packing.linesOf', { category: rule.category })}
            hidden
            text={rule.text}
            disabled={disabled}
            onChange={(text) => set(categories.with(index, { ...rule, text }))}
          />
          <Button
            data-action="remove-packing-rule"
            disabled={disabled}
            onClick={() => set(categories.toSpliced(index, 1))}
          >
            {t('packing.remove')}
          </Button>
        </div>
      ))}
      <Button
        className="packing-rule-add"
        data-action="add-packing-rule"
        disabled={disabled}
        onClick={() => set([...categories, { category: '', text: draft.usual }])}
      >
        {t('packing.add')}
      </Button>
    </div>
  )
}

interface LinesProps {
  readonly name: string
  readonly label: string
  /** The label is for screen readers only. */
  readonly hidden?: boolean
  readonly text: string
  readonly disabled: boolean
  readonly onChange: (text: string) => void
}

function Lines({ name, label, hidden = false, text, disabled, onChange }: LinesProps): ReactElement {
  const id = useId()
  return (
    <div className={hidden ? undefined : 'packing-rule-card'}>
      {!hidden && <label htmlFor={id}>{label}</label>}
      <Input.TextArea
        id={id}
        {...(hidden ? { 'aria-label': label } : {})}
        rows={MOST_RULE_LINES}
        disabled={disabled}
        data-field={`rule-${name}`}
        value={text}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  )
}
