import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { type Language, resources } from './resources.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: (typeof resources)['zh-CN']
  }
}

const storageKey = 'packbench.language'

const isLanguage = (value: string | null): value is Language => value !== null && value in resources

/** The stored choice; else Chinese for a Chinese system and English for every other. */
export function firstLanguage(stored: string | null, systemLanguage: string): Language {
  if (isLanguage(stored)) return stored
  return systemLanguage.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

function tellDocument(language: string): void {
  document.documentElement.lang = language
}

/** Starts translation in this window's language; call once before the first render. */
export function startI18n(): i18n {
  const language = firstLanguage(localStorage.getItem(storageKey), navigator.language)
  tellDocument(language)
  void i18next.use(initReactI18next).init({
    resources,
    lng: language,
    fallbackLng: 'zh-CN',
    defaultNS: 'common',
    interpolation: { escapeValue: false }, // React escapes
    initAsync: false,
    showSupportNotice: false,
  })
  return i18next
}

/** Switches the language of every screen and remembers it on this station. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(storageKey, language)
  tellDocument(language)
  await i18next.changeLanguage(language)
}

/** The language now in use. */
export function currentLanguage(): Language {
  const now = i18next.language
  return isLanguage(now) ? now : 'zh-CN'
}
