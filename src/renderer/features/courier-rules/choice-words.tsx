import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { CourierChoice } from '../../../shared/domain/shipping/choose-courier.ts'
import type { CourierTable } from '../../../shared/domain/shipping/choose-courier-table.ts'
import { Note } from '../../ui/small-parts.tsx'
import { useCourierWords } from './courier-words.ts'

/** Why it is this courier, which others were passed over, and what a wish costs. */
export function ChoiceWords({ choice, table }: { choice: CourierChoice; table: CourierTable }): ReactElement {
  const { t } = useTranslation('dispatch')
  const words = useCourierWords()
  const price = words.price(choice)
  return (
    <>
      <p>
        {t('courier.why')}
        {words.because(choice, table)}
        {price !== null && ` · ${price}`}
      </p>
      {choice.passedOver.length > 0 && (
        <p data-passed={choice.passedOver.length}>
          {t('trial.passedOver')}
          {[...new Set(choice.passedOver.map(words.passedOver))].join(' · ')}
        </p>
      )}
      {!choice.reached && <Note tone="stop">{t('because.notReached')}</Note>}
    </>
  )
}
