/** Colours by what they mean; each becomes the CSS variable `--name`. */
export interface Palette {
  readonly bg: string
  readonly card: string
  readonly ink: string
  readonly dim: string
  /** Hairlines between things. */
  readonly line: string
  /** Borders of controls. */
  readonly edge: string
  /** Empty part of a bar. */
  readonly track: string
  readonly ok: string
  readonly okBg: string
  readonly okBar: string
  readonly stop: string
  readonly stopBg: string
  readonly warn: string
  readonly warnBg: string
  readonly plainBg: string
  readonly accent: string
  readonly accentInk: string
  readonly link: string
  readonly head: string
  readonly headInk: string
  readonly chip: string
  readonly rail: string
  readonly railInk: string
  /** Ground of the screen one is on, under `ink`. */
  readonly railOn: string
  /** Drawers, dialogs, lists that lie over the screen. */
  readonly raised: string
  readonly foot: string
  readonly footInk: string
  readonly key: string
  readonly verdictIdle: string
  readonly verdictIdleInk: string
  readonly verdictRight: string
  readonly verdictStop: string
  readonly verdictAsk: string
  readonly verdictInk: string
}

const verdicts = {
  verdictRight: '#0c7a4d',
  verdictStop: '#b3261e',
  verdictAsk: '#9a5b00',
  verdictInk: '#ffffff',
} as const

/** Warm paper, for daylight. */
export const lightPalette: Palette = {
  bg: '#f3f1ec',
  card: '#fffdf9',
  ink: '#1c1b19',
  dim: '#625d55',
  line: '#ded9cf',
  edge: '#8f897e',
  track: '#e8e3d8',
  ok: '#0a6b43',
  okBg: '#e3f3ea',
  okBar: '#8fcfad',
  stop: '#b3261e',
  stopBg: '#fbe7e5',
  warn: '#855000',
  warnBg: '#fdf0d9',
  plainBg: '#ece7dc',
  accent: '#1f5fbf',
  accentInk: '#ffffff',
  link: '#1f5fbf',
  head: '#211f1c',
  headInk: '#f6f2ea',
  chip: '#38352f',
  rail: '#2b2925',
  railInk: '#c9c3b8',
  railOn: '#f3f1ec',
  raised: '#fffdf9',
  foot: '#e8e4da',
  footInk: '#565149',
  key: '#ffffff',
  verdictIdle: '#e4dfd3',
  verdictIdleInk: '#1c1b19',
  ...verdicts,
}

/** The same room at night. */
export const darkPalette: Palette = {
  bg: '#161513',
  card: '#201e1b',
  ink: '#f3efe7',
  dim: '#b3aca0',
  line: '#37332d',
  edge: '#7d766b',
  track: '#3a362f',
  ok: '#63d19c',
  okBg: '#12352a',
  okBar: '#2f8a60',
  stop: '#ff9a90',
  stopBg: '#451c19',
  warn: '#f3bb68',
  warnBg: '#3b2b0f',
  plainBg: '#37332d',
  accent: '#2f6cc9',
  accentInk: '#ffffff',
  link: '#8ab6ff',
  head: '#0e0d0c',
  headInk: '#f6f2ea',
  chip: '#2e2b26',
  rail: '#1b1917',
  railInk: '#c9c3b8',
  railOn: '#453f37',
  raised: '#2a2723',
  foot: '#1b1917',
  footInk: '#b3aca0',
  key: '#302c27',
  verdictIdle: '#2e2b26',
  verdictIdleInk: '#f3efe7',
  ...verdicts,
}

const variableName = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

/** Sets every colour as a CSS variable on the element. */
export function applyPalette(element: HTMLElement, palette: Palette): void {
  for (const [name, colour] of Object.entries(palette)) element.style.setProperty(variableName(name), colour)
}

/** WCAG 2.2 contrast ratio of two `#rrggbb` colours, 1 to 21. */
export function contrastRatio(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(colour: string): number {
  const channel = (at: number): number => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}
