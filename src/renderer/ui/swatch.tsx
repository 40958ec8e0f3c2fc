import type { ReactElement } from 'react'
import { colourOfName } from './colour-of-name.ts'

/** A patch of the goods' colour; a word without a known colour shows its first sign on neutral ground. */
export function Swatch({ colour, size = 68 }: { colour: string; size?: number }): ReactElement {
  const background = colourOfName(colour)
  const known = background !== null
  return (
    <span
      className={known ? 'swatch' : 'swatch swatch-unknown'}
      role="img"
      aria-label={colour}
      style={{ width: size, height: size, ...(known ? { background } : {}) }}
    >
      {known ? null : [...colour][0]}
    </span>
  )
}
