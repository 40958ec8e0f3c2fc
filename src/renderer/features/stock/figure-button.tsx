import type { ReactElement } from 'react'
import { useFigures } from '../office/use-figures.ts'

/** A figure that opens into what stands behind it. */
export function FigureButton({
  name,
  value,
  label,
  pressed = false,
  onOpen,
}: FigureButtonProps): ReactElement {
  const figures = useFigures()
  const tone = value < 0 ? ' figure-bad' : value === 0 ? ' figure-zero' : ''
  return (
    <button
      type="button"
      className={`figure-button${tone}`}
      data-figure={name}
      data-value={value}
      aria-label={`${label}: ${value}`}
      aria-pressed={pressed}
      onClick={(event) => {
        // The row behind it opens the whole SKU; the figure opens itself.
        event.stopPropagation()
        onOpen()
      }}
    >
      {figures.number(value)}
    </button>
  )
}

interface FigureButtonProps {
  readonly name: string
  readonly value: number
  readonly label: string
  readonly pressed?: boolean
  readonly onOpen: () => void
}
