import { App, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { type ReactElement, type ReactNode, useLayoutEffect, useMemo } from 'react'
import type { Language } from '../i18n/resources.ts'
import { dressDocument, themeConfig } from './theme.ts'
import './styles/base.css'
import './styles/frame.css'
import './styles/verdict.css'
import './styles/floor.css'
import './styles/parts.css'
import './styles/work.css'
import './styles/table.css'

/** One has room in the head bar; a second would hang over the verdict. */
const ONE_MESSAGE = { maxCount: 1 }

/** Colours and words of the component library for everything inside. `nonce` is the page's style nonce, if any. */
export function UiRoot({ language, dark, nonce, children }: UiRootProps): ReactElement {
  const theme = useMemo(() => themeConfig({ dark }), [dark])
  useLayoutEffect(() => dressDocument(dark), [dark])
  return (
    <ConfigProvider
      locale={language === 'zh-CN' ? zhCN : enUS}
      theme={theme}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      {...(nonce === undefined ? {} : { csp: { nonce } })}
    >
      <App component={false} message={ONE_MESSAGE}>
        {children}
      </App>
    </ConfigProvider>
  )
}

interface UiRootProps {
  readonly language: Language
  readonly dark: boolean
  readonly nonce?: string
  readonly children?: ReactNode
}
