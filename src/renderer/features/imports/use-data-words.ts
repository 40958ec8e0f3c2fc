import { useTranslation } from 'react-i18next'
import type { Refusal } from '../../../shared/formats/refusal.ts'
import type { FileProblem } from './import-protocol.ts'

/** Fields that a refusal may name, in words; an unknown one shows its own name. */
export function useRefusalWords() {
  const { t, i18n } = useTranslation('data')
  const field = (name: string): string =>
    name === ''
      ? t('field.row')
      : i18n.exists(`data:field.${name}`)
        ? t(`field.${name}` as 'field.row')
        : name
  return {
    field,
    reason: (refusal: Refusal): string => t(`reason.${refusal.reason}`),
    remedy: (refusal: Refusal): string =>
      refusal.remedy === undefined ? t(`cure.${refusal.reason}`) : t(`remedy.${refusal.remedy}`),
  }
}

/** What is wrong with a file as a whole, why, and what to do. */
export function useProblemWords() {
  const { t, i18n } = useTranslation('data')
  const megabytes = (bytes: number): string =>
    new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 0 }).format(bytes / 1_048_576)
  return (problem: FileProblem): { readonly what: string; readonly todo: string } => {
    switch (problem.tag) {
      case 'tooLarge':
        return {
          what: t('problem.tooLarge.what', {
            size: megabytes(problem.sizeBytes),
            most: megabytes(problem.mostBytes),
          }),
          todo: t('problem.tooLarge.todo'),
        }
      case 'notText': {
        const key = `looksLike.${problem.looksLike}`
        const looks = i18n.exists(`data:${key}`) ? t(key as 'looksLike.binary') : t('looksLike.binary')
        return { what: t('problem.notText.what', { looks }), todo: t('problem.notText.todo') }
      }
      case 'wrongKind':
        return {
          what: t('problem.wrongKind.what', { found: t(`format.${problem.found}`) }),
          todo: t(`place.${problem.found}`),
        }
      case 'missingColumns':
        return {
          what: t('problem.missingColumns.what', { columns: problem.columns.join('、') }),
          todo: t('problem.missingColumns.todo'),
        }
      case 'unreadable':
        return {
          what: t('problem.unreadable.what', { detail: problem.detail }),
          todo: t('problem.unreadable.todo'),
        }
      default:
        return { what: t(`problem.${problem.tag}.what`), todo: t(`problem.${problem.tag}.todo`) }
    }
  }
}
