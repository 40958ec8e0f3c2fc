import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { shopTime } from '../../../shared/domain/orders/deadline.ts'
import { useStation } from '../../app/station-app.ts'
import { Tag } from '../../ui/small-parts.tsx'
import { useNow } from '../office/use-now.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** From here on the deadline is shown as a warning. */
const SOON_MS = 2 * HOUR_MS

/** `1:24`, or `2 d 1:24`. */
export function useSpan(): (spanMs: number) => string {
  const { t } = useTranslation('floor')
  return (spanMs) => {
    const minutes = Math.floor(spanMs / MINUTE_MS)
    const clock = `${Math.floor(minutes / 60) % 24}:${String(minutes % 60).padStart(2, '0')}`
    const days = Math.floor(minutes / (24 * 60))
    return days > 0 ? t('due.days', { days: `${days}`, time: clock }) : clock
  }
}

/** When an order must have left the house, and how long that is (ORD-3). */
export function Deadline({ at }: { at: number }): ReactElement {
  const { t } = useTranslation('floor')
  const { shopClock } = useStation().env
  const now = useNow()
  const span = useSpan()
  const [due, today] = [shopTime(at, shopClock), shopTime(now, shopClock)]
  const sameDay = due.slice(0, 10) === today.slice(0, 10)
  const time = sameDay ? t('due.today', { time: due.slice(11) }) : due.slice(5)
  const left = at - now
  const words = left < 0 ? t('due.late', { left: span(-left) }) : t('due.left', { left: span(left) })
  return (
    <span className="deadline">
      {time} <Tag tone={left < 0 ? 'stop' : left < SOON_MS ? 'warn' : 'plain'}>{words}</Tag>
    </span>
  )
}

/** A board in two parts of which the lower one scrolls. */
export function Split({ top, children, even = false }: SplitProps): ReactElement {
  return (
    <div className={even ? 'split split-even' : 'split'}>
      <div className="split-top">{top}</div>
      <div className="split-rest">{children}</div>
    </div>
  )
}

interface SplitProps {
  readonly top: ReactNode
  readonly children: ReactNode
  /** Both parts are of one height; else the upper one takes what it needs. */
  readonly even?: boolean
}

/** A heading above a table on the board. */
export function BoardHead({ title, children }: { title: ReactNode; children?: ReactNode }): ReactElement {
  return (
    <header className="board-head">
      <h2>{title}</h2>
      <span className="push" />
      {children}
    </header>
  )
}

/** Heading above, the rest fills the board and scrolls. */
export function Board({ title, extra, children }: BoardProps): ReactElement {
  return (
    <div className="board">
      <BoardHead title={title}>{extra}</BoardHead>
      <div className="board-body">{children}</div>
    </div>
  )
}

interface BoardProps {
  readonly title: ReactNode
  readonly extra?: ReactNode
  readonly children: ReactNode
}

/** One huge thing with its quiet word above, readable across the aisle. */
export function Hero({ label, tone = 'plain', children, below, id }: HeroProps): ReactElement {
  return (
    <section className={`hero hero-${tone}`} data-hero={id}>
      <span className="hero-label">{label}</span>
      <div className="hero-figure">{children}</div>
      {below !== undefined && <div className="hero-below">{below}</div>}
    </section>
  )
}

interface HeroProps {
  readonly label: ReactNode
  readonly tone?: 'plain' | 'go' | 'here'
  readonly children: ReactNode
  readonly below?: ReactNode
  readonly id: string
}

/** What a title says besides colour and size, which stand in columns of their own. */
export function shortTitle(line: { title: string; colour: string; size: string }): string {
  const { title, colour, size } = line
  const ending = [colour, size].filter((part) => part !== '').join(' ')
  return ending !== '' && title.endsWith(` ${ending}`) ? title.slice(0, -ending.length - 1) : title
}
