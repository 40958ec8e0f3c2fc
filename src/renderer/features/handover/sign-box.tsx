import { Button, Input } from 'antd'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { COLLECTED } from '../../../shared/domain/shipping/collected.ts'
import { courierName } from '../../../shared/domain/shipping/couriers.ts'
import type { HandoverTask } from '../../../shared/domain/shipping/handover-task.ts'

/** The courier signs with his name; a badge or `COURIER-…` scanned instead does the same (SHP-2). */
export function SignBox({
  task,
  onSend,
}: {
  task: HandoverTask
  onSend: (raw: string) => void
}): ReactElement {
  const { t } = useTranslation('floor')
  const [name, setName] = useState('')
  const isBuyer = task.courier === COLLECTED
  const sign = (event: FormEvent): void => {
    event.preventDefault()
    const written = name.normalize('NFKC').trim()
    if (written !== '') onSend(`COURIER-${written}`)
  }
  return (
    <section className="sign-hero" data-hero="sign">
      <h2>
        {isBuyer ? t('handover.buyerSign') : t('handover.sign', { courier: courierName(task.courier) })}
      </h2>
      <p>{t(isBuyer ? 'handover.buyerSignHelp' : 'handover.signHelp')}</p>
      <form onSubmit={sign}>
        <Input
          size="large"
          name="courierName"
          autoComplete="off"
          maxLength={40}
          aria-label={t(isBuyer ? 'handover.buyerName' : 'handover.courierName')}
          placeholder={t(isBuyer ? 'handover.buyerName' : 'handover.courierName')}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button
          className="sign-button"
          type="primary"
          size="large"
          htmlType="submit"
          data-action="sign"
          disabled={name.trim() === ''}
        >
          {t('handover.signButton')}
        </Button>
      </form>
    </section>
  )
}
