import { useTranslation } from 'react-i18next'
import {
  deliveredLine,
  FRAGILE_GOODS,
  type ParcelRule,
} from '../../../shared/domain/packing/packing-rules.ts'

/** Packing rules in the station's language; the shop's own lines as they were written (PAK-6). */
export function useRuleWords(): {
  readonly line: (line: string) => string
  /** For which goods a rule is. */
  readonly goods: (rule: ParcelRule) => string
} {
  const { t } = useTranslation('dispatch')
  return {
    line: (line) => {
      const tag = deliveredLine(line)
      return tag === null ? line : t(`packing.line.${tag}`)
    },
    goods: ({ of }) => (of === FRAGILE_GOODS ? t('packing.fragile') : of === '' ? t('packing.others') : of),
  }
}
