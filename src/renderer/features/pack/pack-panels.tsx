import { Button } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { missingLines } from '../../../shared/domain/packing/pack-steps.ts'
import type { PackTask } from '../../../shared/domain/packing/pack-task.ts'
import { isPacking } from '../../../shared/station/areas/choose-packing.ts'
import { useStation } from '../../app/station-app.ts'
import { Panel, Tag } from '../../ui/small-parts.tsx'

/** Who packed it, and the last button (PAK-6, PAK-7). */
export function SignaturePanel({ task, onSend }: PackPanelProps): ReactElement {
  const { t } = useTranslation('floor')
  const isAllThere = missingLines(task).length === 0
  const complete = isAllThere && task.weightGrams !== null && task.signature !== null
  return (
    <Panel title={t('pack.signature')} fill>
      <PackingChoice task={task} onSend={onSend} />
      <div className="tag-row" data-list="signatures">
        {task.signature ? (
          <Tag tone="ok">{`${task.signature.name} ✓`}</Tag>
        ) : (
          <Tag tone={isAllThere ? 'warn' : 'plain'}>
            {t(isAllThere ? 'pack.waitBadge' : 'pack.badgeLater')}
          </Tag>
        )}
      </div>
      <p className="panel-words">{t('pack.confirms')}</p>
      <Button
        className="wide-button"
        type={complete ? 'primary' : 'default'}
        size="large"
        block
        data-action="finish"
        onClick={() => onSend('CMD-FINISH')}
      >
        {t('pack.finish')}
      </Button>
    </Panel>
  )
}

interface PackPanelProps {
  readonly task: PackTask
  readonly onSend: (raw: string) => void
}

/** The bags and boxes to choose from; nothing where there is no choice. */
function PackingChoice({ task, onSend }: PackPanelProps): ReactElement | null {
  const { t } = useTranslation('floor')
  const { database } = useStation()
  const supplies = useLiveQuery(() => database.supplies.toArray(), [database], [])
  const packings = supplies.filter(isPacking)
  if (packings.length < 2) return null
  return (
    <fieldset className="packing-choice" data-list="packings">
      <legend>{t('pack.packing')}</legend>
      {packings.map(({ supplyId, name }) => (
        <button
          key={supplyId}
          type="button"
          className={supplyId === task.packing ? 'plain-button plain-button-on' : 'plain-button'}
          aria-pressed={supplyId === task.packing}
          data-packing={supplyId}
          onClick={() => onSend(supplyId)}
        >
          {name}
        </button>
      ))}
    </fieldset>
  )
}
