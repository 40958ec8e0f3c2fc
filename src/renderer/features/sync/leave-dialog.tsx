import { Button, Modal } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStation } from '../../app/station-app.ts'
import { Note } from '../../ui/small-parts.tsx'

/** Leaving the hub, with what follows from it. */
export function LeaveDialog({ waiting, onClose }: { waiting: number; onClose: () => void }): ReactElement {
  const { t } = useTranslation(['sync', 'common'])
  const { host, sync } = useStation()
  const [failed, setFailed] = useState<string | null>(null)
  const leave = async (): Promise<void> => {
    try {
      await host.call('hub.leave', {})
      sync.relink()
      onClose()
    } catch (error) {
      setFailed(String(error))
    }
  }
  return (
    <Modal
      open
      title={t('hub.leaveTitle')}
      onCancel={onClose}
      footer={[
        <Button key="cancel" data-action="cancel-leave" onClick={onClose}>
          {t('common:action.cancel')}
        </Button>,
        <Button key="leave" danger type="primary" data-action="confirm-leave" onClick={() => void leave()}>
          {t('hub.leaveDo')}
        </Button>,
      ]}
    >
      <p>{t('hub.leaveText')}</p>
      {waiting > 0 && <Note>{t('hub.leaveWaiting', { count: waiting })}</Note>}
      {failed !== null && (
        <Note tone="stop">
          {t('refused.hostGone.happened')} {failed}
        </Note>
      )}
    </Modal>
  )
}
