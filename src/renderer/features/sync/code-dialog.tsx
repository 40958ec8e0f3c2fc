import { Button, Modal } from 'antd'
import { type ReactElement, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shopTime } from '../../../shared/domain/orders/deadline.ts'
import { useStation } from '../../app/station-app.ts'
import { askHub, type HubAsked } from '../../sync/hub-calls.ts'
import { isHubHere } from '../../sync/hub-address.ts'
import { Note } from '../../ui/small-parts.tsx'

/** A new one-time code in letters to be read across a room, and what to do with it on the other PC (SEC-2). */
export function CodeDialog({ url, onClose }: { url: string; onClose: () => void }): ReactElement {
  const { t } = useTranslation(['sync', 'common'])
  const { host, env } = useStation()
  const [asked, setAsked] = useState<HubAsked<'code'> | null>(null)
  useEffect(() => {
    let current = true
    void askHub(host, 'code', {}).then((answer) => current && setAsked(answer))
    return () => {
      current = false
    }
  }, [host])
  return (
    <Modal
      open
      width={640}
      title={t('code.title')}
      onCancel={onClose}
      footer={
        <Button data-action="close-code" onClick={onClose}>
          {t('common:action.close')}
        </Button>
      }
    >
      {asked === null && <p role="status">{t('hub.asking')}</p>}
      {asked !== null && asked.tag !== 'answer' && <Note tone="stop">{t('code.failed')}</Note>}
      {asked?.tag === 'answer' && (
        <div role="status">
          <output className="hub-code" data-enrolment-code={asked.value.code}>
            {asked.value.code}
          </output>
          <p className="sync-hint">
            {t('code.lead', {
              at: shopTime(asked.value.expiresAt - asked.clockOffsetMs, env.shopClock),
            })}
          </p>
          <ol className="hub-steps">
            <li>{t('code.step1')}</li>
            <li>
              {t('code.step2')} <b>{url}</b>
            </li>
            <li>{t('code.step3')}</li>
          </ol>
          {isHubHere(url) && <Note>{t('code.hereOnly')}</Note>}
        </div>
      )}
    </Modal>
  )
}
