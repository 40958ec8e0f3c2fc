import type { ReactElement } from 'react'

/** Line drawings on a 24 × 24 grid; one path each. */
const drawings = {
  home: 'M4 11.5 12 5l8 6.5M6.5 10v9h11v-9M10 19v-5h4v5',
  receive: 'M12 3v10M8 9.5l4 4 4-4M4 14v5.5h16V14',
  putaway: 'M4 4v16M20 4v16M4 9h16M4 17h16M8 9V5.5h5V9M11 17v-4h5v4',
  stock: 'M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8',
  count: 'M7 4h10v16H7zM10 8h4M9.5 13l2 2 3.5-4',
  orders: 'M5 4h14v16H5zM8.5 8.5h7M8.5 12h7M8.5 15.5h4',
  pick: 'M4 5h2.5l2 10.5h9L20 8H8M10 20h.01M16.5 20h.01M13 3.5v5',
  pack: 'M4 8.5 6 4.5h12l2 4V20H4zM4 8.5h16M9.5 13h5',
  handover: 'M3 6.5h10v10H3zM13 10h4.5l3.5 3.5v3h-8M7 19a1.8 1.8 0 1 0 0-.1M17 19a1.8 1.8 0 1 0 0-.1',
  archive: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 20 20',
  bills: 'M6 3.5h12V21l-3-2-3 2-3-2-3 2zM9.5 8h5M9.5 12h5',
  returns: 'M8 5 4 9l4 4M4 9h10a5 5 0 0 1 0 10H8',
  cases: 'M4 5h16v11H12l-4.5 4v-4H4zM12 8v3.5M12 13.6v.1',
  catalogue: 'M4 4h8l8 8-8 8-8-8zM8 8h.01',
  purchasing: 'M4 8h16l-1.5 11h-13zM8.5 8a3.5 3.5 0 0 1 7 0',
  dropship: 'M3 12h11M10.5 8l4 4-4 4M15 5h6v14h-6',
  replenish: 'M19 12a7 7 0 0 1-12.5 4.3M5 12a7 7 0 0 1 12.5-4.3M17.5 4v4h-4M6.5 20v-4h4',
  pictures: 'M4 5h16v14H4zM4 16l5-5 4 4 2.5-2.5L20 17M15.5 9h.01',
  insights: 'M4 20h16M7 17v-6M12 17V6M17 17v-8.5',
  sync: 'M7 17a4.5 4.5 0 0 1 .4-9A5.5 5.5 0 0 1 18 9.6 3.8 3.8 0 0 1 17 17M12 20v-8M9.5 14.5 12 12l2.5 2.5',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4',
  more: 'M5 5h5v5H5zM14 5h5v5h-5zM5 14h5v5H5zM14 14h5v5h-5z',
  moon: 'M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4',
  person: 'M12 11.5a3.7 3.7 0 1 0 0-7.5 3.7 3.7 0 0 0 0 7.5zM5 20c.6-4 3.4-6 7-6s6.4 2 7 6',
  file: 'M6 3.5h8l4 4v13H6zM14 3.5v4h4M12 17v-5.5M9.5 13.5l2.5-2.5 2.5 2.5',
  right: 'M4.5 13l5 5.5L20 5.5',
  stop: 'M6 6l12 12M18 6L6 18',
  ask: 'M8.5 9a3.6 3.6 0 1 1 5.6 3c-1.4.9-2.1 1.6-2.1 3M12 19v.1',
  measure: 'M2.5 12h19M6.5 7.5 2.5 12l4 4.5M17.5 7.5l4 4.5-4 4.5',
  scan: 'M4 8V5h3M17 5h3v3M20 16v3h-3M7 19H4v-3M8 9v6M11 9v6M13.5 9v6M16 9v6',
} as const

/** Name of a drawing. */
export type IconName = keyof typeof drawings

/** A line drawing in the colour of the text beside it; hidden from screen readers, the word beside it speaks. */
export function Icon({ name, size = 22, stroke = 1.8 }: IconProps): ReactElement {
  return (
    <svg
      className="icon"
      aria-hidden="true"
      focusable="false"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={stroke}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={drawings[name]} />
    </svg>
  )
}

interface IconProps {
  readonly name: IconName
  readonly size?: number
  readonly stroke?: number
}
