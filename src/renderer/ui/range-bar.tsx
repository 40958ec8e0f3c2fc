import type { ReactElement } from 'react'

/** A reading against the range it should fall in (weight, measure); plain numbers in one unit. */
export function RangeBar({ value, from, to, min, max, label }: RangeBarProps): ReactElement {
  const share = (point: number): number =>
    Math.min(100, Math.max(0, ((point - min) / (max - min || 1)) * 100))
  return (
    <div className="range-bar" role="img" aria-label={label}>
      <i style={{ left: `${share(from)}%`, width: `${share(to) - share(from)}%` }} />
      {value !== null && <b style={{ left: `${share(value)}%` }} />}
    </div>
  )
}

interface RangeBarProps {
  readonly value: number | null
  readonly from: number
  readonly to: number
  readonly min: number
  readonly max: number
  readonly label: string
}
