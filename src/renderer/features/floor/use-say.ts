import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Say } from './verdict-words.ts'

/** Words by computed keys: the tags of answers are data, so their keys cannot be checked by type. */
export function useSay(): Say {
  const { t } = useTranslation('floor')
  return useMemo(() => {
    const translate = t as unknown as (keys: readonly string[], params: object) => string
    return (keys, params) => translate(keys, params)
  }, [t])
}
