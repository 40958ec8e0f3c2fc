import { Button, Popconfirm } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { LongWork } from '../../ui/long-work.tsx'
import { ErrorPanel } from '../../ui/states.tsx'
import { StartPage } from './start-page.tsx'

/**
 * Shown when this browser holds no database of the station while the journal does (SEC-4), or when another one owns
 * the station: what happened, what is safe, what to do.
 */
export function RebuildScreen({
  reason,
  entries,
  progress,
  error,
  hubUrl,
  onRebuild,
  onFromHub,
}: RebuildScreenProps): ReactElement {
  const { t, i18n } = useTranslation('office')
  const count = new Intl.NumberFormat(i18n.language).format(entries)
  return (
    <StartPage title={t(`rebuild.${reason}.title`)} lead={t(`rebuild.${reason}.lead`)}>
      <dl className="rebuild-points" data-rebuild-reason={reason} data-entries={entries}>
        <div>
          <dt>{t('rebuild.happened')}</dt>
          <dd>{t(`rebuild.${reason}.happened`)}</dd>
        </div>
        <div className="rebuild-safe">
          <dt>{t('rebuild.safe')}</dt>
          <dd>{t(`rebuild.${reason}.safe`, { entries: count })}</dd>
        </div>
        <div className="rebuild-todo">
          <dt>{t('rebuild.todo')}</dt>
          <dd>{t(`rebuild.${reason}.todo`)}</dd>
        </div>
      </dl>
      {progress !== null && (
        <LongWork
          label={t('rebuild.working')}
          done={progress.done}
          total={progress.total}
          state={progress.done >= progress.total && progress.total > 0 ? 'finished' : 'running'}
        />
      )}
      {error !== null && (
        <ErrorPanel happened={error} kept={t('rebuild.errorKept')} todo={t('rebuild.errorTodo')} />
      )}
      <div className="aside-actions">
        <Button
          type="primary"
          size="large"
          data-action="rebuild-from-journal"
          loading={progress !== null && error === null}
          onClick={onRebuild}
        >
          {t(`rebuild.${reason}.action`)}
        </Button>
      </div>
      {hubUrl !== null && progress === null && <FromHub url={hubUrl} onFromHub={onFromHub} />}
    </StartPage>
  )
}

/** The second way, with what it costs. */
function FromHub({ url, onFromHub }: { url: string; onFromHub: () => void }): ReactElement {
  const { t } = useTranslation(['safety', 'common'])
  return (
    <section className="rebuild-other">
      <h2>{t('rebuild.hubTitle')}</h2>
      <p>{t('rebuild.hubLead', { url })}</p>
      <p>{t('rebuild.hubLost')}</p>
      <Popconfirm
        title={t('rebuild.hubConfirm')}
        okText={t('rebuild.hub')}
        okButtonProps={{ danger: true, 'data-action': 'confirm' }}
        cancelText={t('common:action.cancel')}
        onConfirm={onFromHub}
      >
        <Button size="large" data-action="rebuild-from-hub">
          {t('rebuild.hub')}
        </Button>
      </Popconfirm>
    </section>
  )
}

interface RebuildScreenProps {
  readonly reason: 'databaseGone' | 'ownedByOther'
  /** Entries that the journal holds. */
  readonly entries: number
  /** Null before it begins. */
  readonly progress: { readonly done: number; readonly total: number } | null
  /** What went wrong, in words. */
  readonly error: string | null
  /** The hub that this station belongs to; null without one. */
  readonly hubUrl: string | null
  readonly onRebuild: () => void
  readonly onFromHub: () => void
}
