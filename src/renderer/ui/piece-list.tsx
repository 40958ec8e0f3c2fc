import type { ReactElement, ReactNode } from 'react'
import { Swatch } from './swatch.tsx'

/** One line of a parcel, a pick or a return, as it is checked piece by piece. */
export interface PieceLine {
  readonly key: string
  /** Colour word of the goods, for the patch. */
  readonly colour: string
  readonly name: string
  readonly detail?: ReactNode
  readonly size: string
  readonly sizeLabel?: string
  /** Measures wanted and taken. */
  readonly measure?: ReactNode
  readonly done: number
  readonly wanted: number
  /** `now` = the line in hand, `bad` = the line the stop is about. */
  readonly state: 'waiting' | 'now' | 'done' | 'bad'
}

/** Size text shrinks with its length, so that "500ml" and "均码" fit where "31" stands. */
function sizeClass(size: string): string {
  const width = [...size].reduce((sum, sign) => sum + (/[\x20-\x7e]/.test(sign) ? 1 : 2), 0)
  if (width <= 4) return 'piece-size'
  return width <= 7 ? 'piece-size piece-size-long' : 'piece-size piece-size-longest'
}

/** The lines of a task with their counts, large enough for a glance. */
export function PieceList({ name, lines }: { name: string; lines: readonly PieceLine[] }): ReactElement {
  return (
    <ul className="piece-list" data-list={name}>
      {lines.map((line) => (
        <li
          key={line.key}
          className={`piece piece-${line.state}`}
          data-key={line.key}
          data-state={line.state}
        >
          <Swatch colour={line.colour} />
          <div className="piece-name">
            {line.name}
            {line.detail !== undefined && <small>{line.detail}</small>}
          </div>
          <div className={sizeClass(line.size)}>
            {line.size}
            {line.sizeLabel !== undefined && <small>{line.sizeLabel}</small>}
          </div>
          <div className="piece-measure">{line.measure}</div>
          <div className="piece-count">{`${line.done}/${line.wanted}${line.state === 'done' ? ' ✓' : ''}`}</div>
        </li>
      ))}
    </ul>
  )
}
