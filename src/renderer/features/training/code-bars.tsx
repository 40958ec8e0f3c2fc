import type { ReactElement } from 'react'
import { encodeCode128, moduleCount, QUIET_MODULES } from '../../../shared/labels/code128.ts'
import { isPrintableCode } from '../../../shared/base/text.ts'

const HEIGHT = 40

/** A code as bars that a scanner reads off the screen, dark on white in either theme; nothing for one without bars. */
export function CodeBars({ code }: { readonly code: string }): ReactElement | null {
  if (!isPrintableCode(code)) return null
  const modules = encodeCode128(code)
  const width = moduleCount(modules) + 2 * QUIET_MODULES
  let at = QUIET_MODULES
  const bars = modules.map((wide, index) => {
    const from = at
    at += wide
    return index % 2 === 0 ? `M${from} 0h${wide}v${HEIGHT}h-${wide}z` : ''
  })
  return (
    <svg
      className="code-bars"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect width={width} height={HEIGHT} fill="#fff" />
      <path d={bars.join('')} fill="#000" shapeRendering="crispEdges" />
    </svg>
  )
}
