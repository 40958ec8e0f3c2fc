import { App, Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { PickTask } from '../../../shared/domain/picking/pick-task.ts'
import { useStation } from '../../app/station-app.ts'
import { Panel, Tag } from '../../ui/small-parts.tsx'
import { PrintSlipButton } from './print-slip-button.tsx'
import { usePickSettings } from './use-pick-settings.ts'

interface WaitingBatchesProps {
  readonly batches: readonly PickTask[]
  readonly onTake: (batchNo: string) => void
}

/** Batches of a wave that anybody at this station may take (PIK-1). */
export function WaitingBatches({ batches, onTake }: WaitingBatchesProps): ReactElement | null {
  const { t } = useTranslation('picking')
  if (batches.length === 0) return null
  return (
    <Panel title={t('waiting.title')}>
      {batches.map((task) => (
        <WaitingBatch key={task.taskId} task={task} onTake={onTake} />
      ))}
    </Panel>
  )
}

function WaitingBatch({ task, onTake }: { task: PickTask; onTake: (batchNo: string) => void }): ReactElement {
  const { t } = useTranslation('picking')
  const { run } = useStation()
  const settings = usePickSettings()
  const { message } = App.useApp()
  const batchNo = task.batch?.batchNo ?? ''
  const dissolve = async (): Promise<void> => {
    const { answer } = await run({ type: 'DissolveBatch', taskId: task.taskId })
    if (answer.tag !== 'done') void message.info(t('waiting.gone'))
  }
  return (
    <div className="waiting-batch" data-batch={batchNo}>
      <b>{batchNo}</b>
      <span>{t('waiting.orders', { count: task.orderIds.length })}</span>
      {task.batch?.sorting === 'none' && <Tag>{t('waiting.heap')}</Tag>}
      <span className="push" />
      <Button data-action="take-batch" type="primary" onClick={() => onTake(batchNo)}>
        {t('waiting.take')}
      </Button>
      <PrintSlipButton task={task} serpentineZones={settings?.serpentineZones ?? []} />
      <Button data-action="dissolve-batch" onClick={() => void dissolve()}>
        {t('waiting.dissolve')}
      </Button>
    </div>
  )
}
