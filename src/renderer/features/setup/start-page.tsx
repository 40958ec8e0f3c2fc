import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { chooseLanguage, currentLanguage } from '../../i18n/i18n.ts'
import './set-up.css'

/** The frame before there is a station: the product's name and the language, and one card below. */
export function StartPage({ title, lead, children }: StartPageProps): ReactElement {
  const { t } = useTranslation('shell')
  return (
    <div className="start-page">
      <header className="start-bar">
        <b className="brand">Packbench</b>
        <span className="push" />
        <button
          type="button"
          className="head-button"
          data-action="language"
          aria-label={t('language')}
          onClick={() => void chooseLanguage(currentLanguage() === 'zh-CN' ? 'en' : 'zh-CN')}
        >
          {currentLanguage() === 'zh-CN' ? 'English' : '中文'}
        </button>
      </header>
      <main className="start-room">
        <div className="start-card">
          <h1>{title}</h1>
          <p className="start-lead">{lead}</p>
          {children}
        </div>
      </main>
    </div>
  )
}

interface StartPageProps {
  readonly title: string
  readonly lead: ReactNode
  readonly children: ReactNode
}
