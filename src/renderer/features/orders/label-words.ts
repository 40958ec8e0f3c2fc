import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommandAnswer } from '../../../shared/station/tables.ts'

const REFUSALS = [
  'gone',
  'notOpen',
  'onDesk',
  'elsewhere',
  'collected',
  'poolDry',
  'roleWanted',
  'notAllocated',
  'orderHeld',
  'addressWanted',
  'measureWanted',
  'reasonWanted',
  'packed',
  'unchanged',
  'orderCancelled',
  'orderNotPaid',
] as const

/** Reasons for which people tear up a label, and those that the station gives itself. */
export const TEAR_UP_REASONS = ['labelTorn', 'addressChanged', 'wrongContent', 'buyerCancelled'] as const
const GIVEN = ['packAgain', 'damaged', 'outdated', 'orderClosed'] as const

interface LabelWords {
  /** Why an order got no label, or kept its own. */
  refusal(answer: CommandAnswer): string
  /** Why a label is void. */
  reason(tag: string): string
}

/** What commands about labels printed ahead answer, in the station's language (PAK-11). */
export function useLabelWords(): LabelWords {
  const { t } = useTranslation('orders')
  const refusal = useCallback(
    ({ tag, params }: CommandAnswer) =>
      t(`labels.refused.${REFUSALS.find((known) => known === tag) ?? 'other'}`, {
        courier: String(params?.courier ?? ''),
      }),
    [t],
  )
  const reason = useCallback(
    (tag: string) => {
      const known = [...TEAR_UP_REASONS, ...GIVEN].find((one) => one === tag)
      return known ? t(`labels.reason.${known}`) : tag
    },
    [t],
  )
  return { refusal, reason }
}
