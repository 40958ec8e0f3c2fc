import { common as commonEn } from './en/common.ts'
import { shell as shellEn } from './en/shell.ts'
import { start as startEn } from './en/start.ts'
import { common as commonZh } from './zh-CN/common.ts'
import { shell as shellZh } from './zh-CN/shell.ts'
import { start as startZh } from './zh-CN/start.ts'

/** Every word a person reads, by language and area. An area is one file per language. */
export const resources = {
  'zh-CN': { common: commonZh, shell: shellZh, start: startZh },
  en: { common: commonEn, shell: shellEn, start: startEn },
} as const

/** The languages the station speaks. */
export type Language = keyof typeof resources
