import { Button, Progress } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** A long task's bar: counts, and a way out. `total` null while nobody knows it. */
export function LongWork({ label, done, total, state = 'running', onCancel }: LongWorkProps): ReactElement {
  const { t, i18n } = useTranslation()
  const figures = new Intl.NumberFormat(i18n.language)
  const percent = total === null ? 100 : total === 0 ? 100 : Math.floor((done / total) * 100)
  const counts =
    total === null
      ? t('progress.doneOnly', { done: figures.format(done) })
      : t('progress.counts', { done: figures.format(done), total: figures.format(total) })
  return (
    <div className="long-work" data-progress={state} data-done={done} data-total={total ?? ''}>
      <div className="long-work-words">
        <b>{label}</b>
        <span>{state === 'running' ? counts : `${counts} · ${t(`progress.${state}`)}`}</span>
      </div>
      <div className="long-work-bar">
        <Progress percent={percent} showInfo={false} status={barStatus(state, total)} />
        {state === 'running' && onCancel !== undefined && (
          <Button size="small" data-action="cancel" onClick={onCancel}>
            {t('action.cancel')}
          </Button>
        )}
      </div>
    </div>
  )
}

function barStatus(state: WorkState, total: number | null): 'active' | 'success' | 'exception' | 'normal' {
  if (state === 'finished') return 'success'
  if (state === 'cancelled') return 'exception'
  return total === null ? 'active' : 'normal'
}

type WorkState = 'running' | 'finished' | 'cancelled'

interface LongWorkProps {
  readonly label: ReactNode
  readonly done: number
  readonly total: number | null
  readonly state?: WorkState
  readonly onCancel?: () => void
}
