import { App, Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { CONTROL_WORDS } from '../../../shared/domain/scan.ts'
import type { ControlSheetDocument } from '../../../shared/labels/label-document.ts'
import { useStation } from '../../app/station-app.ts'
import { Panel } from '../../ui/small-parts.tsx'
import { LabelPreview } from '../office/label-preview.tsx'

const ANSWERS = [1, 2, 3, 4, 5, 6, 7, 8, 9]

/** The sheet of control barcodes, with which every floor task is done by scanner alone (PAK-9). */
export function ControlSheet(): ReactElement {
  const { t } = useTranslation('data')
  const { message } = App.useApp()
  const station = useStation()
  const sheet: ControlSheetDocument = {
    kind: 'control-sheet',
    title: t('sheet.title'),
    codes: [
      ...CONTROL_WORDS.map((word) => ({ code: `CMD-${word}`, words: t(`control.${word}`) })),
      ...ANSWERS.map((number) => ({
        code: `ANS-${number}`,
        words: t('sheet.answer', { number: String(number) }),
      })),
    ],
  }
  const print = async (): Promise<void> => {
    const jobId = crypto.randomUUID()
    await station.run({
      type: 'PrintPaper',
      jobId,
      document: sheet,
      subject: 'CONTROL-SHEET',
      reason: 'controlSheet',
    })
    void message.success(t('sheet.sent'))
  }
  return (
    <Panel
      title={t('settings.section.sheet')}
      extra={
        <Button type="primary" data-action="print-control-sheet" onClick={() => void print()}>
          {t('sheet.print')}
        </Button>
      }
    >
      <p className="sync-hint">{t('sheet.hint')}</p>
      <div className="sheet-pages">
        <LabelPreview document={sheet} alt={t('sheet.title')} />
      </div>
    </Panel>
  )
}
