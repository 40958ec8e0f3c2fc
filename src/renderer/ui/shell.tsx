import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { HeadBar, type HeadBarProps } from './head-bar.tsx'
import type { IconName } from './icon.tsx'
import { NavRail } from './nav-rail.tsx'
import { KeyHint, type KeyHintItem } from './small-parts.tsx'

/** One way to a screen. */
export interface NavItem {
  readonly route: string
  readonly href: string
  readonly label: string
  readonly icon: IconName
}

/** Screens under one heading in the list of all screens. */
export interface NavGroup {
  readonly title: string
  readonly items: readonly NavItem[]
}

/** The frame's own data; everything comes from outside. */
export interface ShellProps {
  readonly head: HeadBarProps
  /** Always in the rail. */
  readonly nav: readonly NavItem[]
  /** Every screen, behind the rail's last button. */
  readonly allScreens: readonly NavGroup[]
  readonly currentRoute: string
  /** A line above the screen (demo data, read-only window). */
  readonly banner?: ReactNode
  /** A line that wants a person at once; draws nothing when nobody is wanted. */
  readonly notice?: ReactNode
  readonly keys?: readonly KeyHintItem[]
  /** Right side of the footer. */
  readonly status?: ReactNode
  readonly children: ReactNode
}

/** Head bar, navigation rail, screen and footer of key hints. */
export function Shell(props: ShellProps): ReactElement {
  const { head, nav, allScreens, currentRoute, banner, notice, keys = [], status, children } = props
  const { t } = useTranslation('shell')
  return (
    <div className="shell">
      <HeadBar {...head} />
      <NavRail label={t('navLabel')} items={nav} groups={allScreens} currentRoute={currentRoute} />
      <div className="shell-body">
        {notice}
        {banner !== undefined && <div className="shell-banner">{banner}</div>}
        <main className="shell-main" data-route={currentRoute}>
          {children}
        </main>
      </div>
      <footer className="foot-bar">
        {keys.map((item) => (
          <KeyHint key={item.keys} {...item} />
        ))}
        <span className="push" />
        <span className="foot-status">{status}</span>
      </footer>
    </div>
  )
}
