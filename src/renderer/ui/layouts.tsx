import type { ReactElement, ReactNode } from 'react'

/** A floor screen: verdict on top, the task below it, the entry at its foot, facts at the right. */
export function FloorLayout({ verdict, entry, aside, children }: FloorLayoutProps): ReactElement {
  return (
    <div className={aside === undefined ? 'floor floor-single' : 'floor'}>
      <div className="floor-task">
        {verdict}
        <section className="floor-board">{children}</section>
        {entry}
      </div>
      {aside !== undefined && <aside className="floor-aside">{aside}</aside>}
    </div>
  )
}

interface FloorLayoutProps {
  readonly verdict: ReactNode
  readonly entry?: ReactNode
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** An office screen: title and tools in one line, the work below, details at the right when something is chosen. */
export function OfficeLayout({ title, tools, aside, children }: OfficeLayoutProps): ReactElement {
  return (
    <div className="office">
      <header className="office-head">
        <h1>{title}</h1>
        <div className="office-tools">{tools}</div>
      </header>
      <div className={aside === undefined ? 'office-body' : 'office-body office-body-split'}>
        <div className="office-work">{children}</div>
        {aside !== undefined && <aside className="office-aside">{aside}</aside>}
      </div>
    </div>
  )
}

interface OfficeLayoutProps {
  readonly title: ReactNode
  readonly tools?: ReactNode
  readonly aside?: ReactNode
  readonly children: ReactNode
}
