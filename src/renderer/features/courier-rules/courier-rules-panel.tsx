import { App, Button } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { COURIER_RULES, type CourierTable } from '../../../shared/domain/shipping/choose-courier-table.ts'
import { useStation } from '../../app/station-app.ts'
import { Note, Panel } from '../../ui/small-parts.tsx'
import { useIsManager } from '../office/use-person.ts'
import { CourierTrial } from './courier-trial.tsx'
import { DivisorList } from './divisor-list.tsx'
import { ReachList } from './reach-list.tsx'
import { RuleTable } from './rule-table.tsx'
import { useCourierTable } from './use-courier-table.ts'
import { WishPrices } from './wish-prices.tsx'
import './courier-rules.css'

/** The table by which parcels find their courier, edited as a draft that the trial below uses at once (ORD-7). */
export function CourierRulesPanel(): ReactElement {
  const { t } = useTranslation('dispatch')
  const stored = useCourierTable()
  return (
    <Panel title={t('rules.title')}>
      <p className="courier-rules-lead">{t('rules.what')}</p>
      {stored && <Editor stored={stored} />}
    </Panel>
  )
}

function Editor({ stored }: { stored: CourierTable }): ReactElement {
  const { t } = useTranslation('dispatch')
  const { run } = useStation()
  const { message } = App.useApp()
  const manager = useIsManager()
  const [draft, setDraft] = useState<CourierTable | null>(null)
  const table = draft ?? stored
  const save = async (): Promise<void> => {
    const { answer } = await run({ type: 'SaveSettings', settings: { [COURIER_RULES]: table } })
    if (answer.tag !== 'done') return void message.error(t('rules.notSaved', { detail: answer.tag }))
    setDraft(null)
    void message.success(t('rules.saved'))
  }
  const part = { table, disabled: !manager, onChange: setDraft }
  return (
    <div className="courier-rules" data-unsaved={draft !== null}>
      {!manager && <Note tone="plain">{t('rules.managerWanted')}</Note>}
      <RuleTable {...part} />
      <ReachList {...part} />
      <WishPrices {...part} />
      <DivisorList {...part} />
      {draft !== null && (
        <div className="courier-rules-save">
          <Note>{t('rules.unsaved')}</Note>
          <Button
            type="primary"
            data-action="save-courier-rules"
            disabled={!manager}
            onClick={() => void save()}
          >
            {t('rules.save')}
          </Button>
          <Button data-action="discard-courier-rules" onClick={() => setDraft(null)}>
            {t('rules.discard')}
          </Button>
        </div>
      )}
      <CourierTrial table={table} />
    </div>
  )
}

/** What the parts of the editor have in common. */
export interface TablePart {
  readonly table: CourierTable
  readonly disabled: boolean
  readonly onChange: (table: CourierTable) => void
}
