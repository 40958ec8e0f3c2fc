import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { PullProgress } from '../../station/end-rebuild.ts'
import { LongWork } from '../../ui/long-work.tsx'
import { Note } from '../../ui/small-parts.tsx'
import { StartPage } from './start-page.tsx'

/** The station's data come back from the hub; nothing can be packed before the used numbers are known (LBL-5). */
export function PullScreen({
  progress,
  onOther,
}: {
  progress: PullProgress
  onOther: () => void
}): ReactElement {
  const { t } = useTranslation('safety')
  const counted = progress.tag === 'pulling' || progress.tag === 'done'
  return (
    <StartPage title={t('rebuild.pulling')} lead={t('rebuild.pullingLead')}>
      <div className="rebuild-other" data-pull={progress.tag}>
        {counted && (
          <LongWork
            label={t(progress.tag === 'done' ? 'rebuild.finishing' : 'rebuild.pulling')}
            done={progress.done}
            total={progress.total}
          />
        )}
        {progress.tag === 'waiting' && <Note>{t('rebuild.pullWaiting')}</Note>}
        {progress.tag === 'notEnrolled' && <Note tone="stop">{t('rebuild.pullNotEnrolled')}</Note>}
        {progress.tag === 'refused' && (
          <Note tone="stop">{t('rebuild.pullRefused', { why: progress.why })}</Note>
        )}
        <div className="aside-actions">
          <Button size="large" data-action="rebuild-other-way" onClick={onOther}>
            {t('rebuild.other')}
          </Button>
        </div>
      </div>
    </StartPage>
  )
}
