import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { OfficeLayout } from '../../ui/layouts.tsx'
import { Panel } from '../../ui/small-parts.tsx'
import './office.css'

/** An office screen whose main part is a table: what stands above it keeps its height, the table takes the rest. */
export function OfficePage({ title, tools, top, aside, children }: OfficePageProps): ReactElement {
  return (
    <OfficeLayout title={title} tools={tools} {...(aside === undefined ? {} : { aside })}>
      <div className="office-column">
        {top !== undefined && <div className="office-top">{top}</div>}
        <div className="office-table">{children}</div>
      </div>
    </OfficeLayout>
  )
}

interface OfficePageProps {
  readonly title: ReactNode
  readonly tools?: ReactNode
  /** Files, results and remarks above the table. */
  readonly top?: ReactNode
  /** Details of what was chosen; undefined while nothing is. */
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** The first card of the details: what it is, and the way back to the table. */
export function AsideHead({ kind, title, sub, onClose, children }: AsideHeadProps): ReactElement {
  const { t } = useTranslation()
  return (
    <Panel
      title={kind}
      extra={
        <button type="button" className="aside-close" data-action="close-details" onClick={onClose}>
          {t('action.close')}
        </button>
      }
    >
      <div className="aside-title">{title}</div>
      {sub !== undefined && <div className="aside-sub">{sub}</div>}
      {children}
    </Panel>
  )
}

interface AsideHeadProps {
  readonly kind: string
  readonly title: ReactNode
  readonly sub?: ReactNode
  readonly onClose: () => void
  readonly children?: ReactNode
}
