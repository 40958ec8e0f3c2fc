import { Button, Modal } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommandAnswer } from '../../../shared/station/tables.ts'
import { Choices } from '../../ui/choices.tsx'
import { Note } from '../../ui/small-parts.tsx'
import { REPRINT_REASONS } from './paper-words.ts'

type Reason = (typeof REPRINT_REASONS)[number]
const REFUSALS = ['underWay', 'gone', 'nothingToDo', 'reasonWanted'] as const

interface ReprintDialogProps {
  readonly subject: string
  /** Times it was printed before. */
  readonly copies: number
  readonly onGo: (reason: Reason) => Promise<CommandAnswer>
  readonly onClose: () => void
}

/** LBL-4: a paper is printed again for a reason, and it is counted. */
export function ReprintDialog({ subject, copies, onGo, onClose }: ReprintDialogProps): ReactElement {
  const { t } = useTranslation('printing')
  const [reason, setReason] = useState<Reason | null>(null)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const go = async (): Promise<void> => {
    if (reason === null) return
    setBusy(true)
    const { tag } = await onGo(reason).catch((error: unknown) => ({ tag: String(error) }))
    setBusy(false)
    if (tag === 'reprinted' || tag === 'printed') return onClose()
    const known = REFUSALS.find((one) => one === tag)
    setRefusal(known ? t(`why.${known}`) : tag)
  }
  return (
    <Modal
      open
      centered
      title={t('why.title')}
      onCancel={onClose}
      footer={
        <Button
          type="primary"
          size="large"
          data-action="confirm-reason"
          disabled={reason === null}
          loading={busy}
          onClick={() => void go()}
        >
          {t('why.go')}
        </Button>
      }
    >
      <Choices
        name="reprintReason"
        legend={t('why.words', { subject, count: copies })}
        choices={REPRINT_REASONS.map((value) => ({ value, label: t(`reason.${value}`) }))}
        value={reason}
        onChoose={setReason}
      />
      {refusal !== null && <Note tone="stop">{refusal}</Note>}
    </Modal>
  )
}
