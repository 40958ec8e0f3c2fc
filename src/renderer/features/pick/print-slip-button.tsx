import { App, Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { PickTask } from '../../../shared/domain/picking/pick-task.ts'
import { useStation } from '../../app/station-app.ts'
import { printBatchSlip } from './print-batch.ts'

/** Prints the slip of an open batch, with its slots; of a waiting one, with the ends of its order numbers. */
export function PrintSlipButton({
  task,
  serpentineZones = [],
}: {
  task: PickTask
  serpentineZones?: readonly string[]
}): ReactElement {
  const { t } = useTranslation('picking')
  const { message } = App.useApp()
  const station = useStation()
  const print = async (): Promise<void> => {
    if (await printBatchSlip(station, task, serpentineZones)) void message.success(t('waiting.printed'))
    else void message.info(t('waiting.gone'))
  }
  return (
    <Button data-action="print-batch-slip" onClick={() => void print()}>
      {t('waiting.slip')}
    </Button>
  )
}
