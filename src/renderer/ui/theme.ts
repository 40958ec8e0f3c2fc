import { theme as antdTheme, type ThemeConfig } from 'antd'
import { applyPalette, darkPalette, lightPalette } from './palette.ts'

const fontFamily = '"Noto Sans CJK SC","Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif'

/**
 * The component library's theme in the station's colours. Nothing moves: a dialog that grows into its place slips from
 * under a click that comes at once, and the click is lost.
 */
export function themeConfig({ dark }: { dark: boolean }): ThemeConfig {
  const palette = dark ? darkPalette : lightPalette
  return {
    algorithm: dark ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    token: {
      fontFamily,
      fontSize: 16,
      borderRadius: 10,
      controlHeight: 40,
      controlHeightLG: 48,
      colorPrimary: palette.accent,
      colorInfo: palette.accent,
      colorLink: palette.link,
      colorSuccess: palette.ok,
      colorWarning: palette.warn,
      colorError: palette.stop,
      colorBgLayout: palette.bg,
      colorBgBase: palette.card,
      colorBgContainer: palette.card,
      colorBgElevated: palette.raised,
      colorTextBase: palette.ink,
      colorText: palette.ink,
      colorTextSecondary: palette.dim,
      colorTextTertiary: palette.dim,
      colorTextPlaceholder: palette.dim,
      colorBorder: palette.edge,
      colorBorderSecondary: palette.line,
      motion: false,
    },
    components: {
      Button: { fontWeight: 600, primaryShadow: 'none', defaultShadow: 'none' },
      Progress: { remainingColor: palette.track },
    },
  }
}

/** Gives the document the palette's colours as CSS variables, and its name as `data-theme`. */
export function dressDocument(dark: boolean): void {
  applyPalette(document.documentElement, dark ? darkPalette : lightPalette)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
}

const storageKey = 'packbench.dark'

/** The stored choice of colours; else the system's. */
export function firstDark(): boolean {
  const stored = localStorage.getItem(storageKey)
  return stored === null ? window.matchMedia('(prefers-color-scheme: dark)').matches : stored === '1'
}

/** Remembers the choice of colours on this station. */
export function rememberDark(dark: boolean): void {
  localStorage.setItem(storageKey, dark ? '1' : '0')
}
