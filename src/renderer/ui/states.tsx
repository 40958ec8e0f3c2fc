import { Button } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon, type IconName } from './icon.tsx'

/** An empty screen: what belongs here, and the way to get it. */
export function EmptyState({ icon = 'stock', title, children, action }: EmptyStateProps): ReactElement {
  return (
    <div className="empty-state">
      <Icon name={icon} size={56} stroke={1.2} />
      <h2>{title}</h2>
      {children !== undefined && <p>{children}</p>}
      {action !== undefined && <div className="empty-action">{action}</div>}
    </div>
  )
}

interface EmptyStateProps {
  readonly icon?: IconName
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
}

/** An error in three parts: what happened, what was kept, what to do. */
export function ErrorPanel({ happened, kept, todo, action, onClose }: ErrorPanelProps): ReactElement {
  const { t } = useTranslation()
  return (
    <section className="error-panel" role="alert">
      <dl>
        <dt>{t('error.happened')}</dt>
        <dd>
          <b>{happened}</b>
        </dd>
        <dt>{t('error.kept')}</dt>
        <dd>{kept}</dd>
        <dt>{t('error.todo')}</dt>
        <dd>{todo}</dd>
      </dl>
      <div className="error-actions">
        {action}
        {onClose !== undefined && <Button onClick={onClose}>{t('action.close')}</Button>}
      </div>
    </section>
  )
}

interface ErrorPanelProps {
  readonly happened: ReactNode
  readonly kept: ReactNode
  readonly todo: ReactNode
  readonly action?: ReactNode
  readonly onClose?: () => void
}
