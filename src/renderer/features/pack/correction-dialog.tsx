import { Button, Modal } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Choice } from '../../../shared/domain/answer.ts'
import { useStation } from '../../app/station-app.ts'
import { Note } from '../../ui/small-parts.tsx'
import { useSay } from '../floor/use-say.ts'

/** A parcel to be voided or a label to be printed again, and the reasons there are for it (PAK-10, LBL-4). */
export interface Correction {
  readonly kind: 'reprint' | 'void'
  readonly parcelId: string
  readonly waybill: string
  readonly choices: readonly Choice[]
}

interface CorrectionDialogProps {
  readonly correction: Correction | null
  readonly onClose: () => void
}

/** Asks for the reason and carries the correction out; says so in place when it was refused or not stored. */
export function CorrectionDialog({ correction, onClose }: CorrectionDialogProps): ReactElement {
  const { t } = useTranslation('floor')
  return (
    <Modal
      open={correction !== null}
      onCancel={onClose}
      footer={null}
      destroyOnHidden
      title={correction ? t(`pack.why.${correction.kind}`, { waybill: correction.waybill }) : ''}
    >
      {correction && <Reasons correction={correction} onDone={onClose} />}
    </Modal>
  )
}

function Reasons({ correction, onDone }: { correction: Correction; onDone: () => void }): ReactElement {
  const { t } = useTranslation('floor')
  const say = useSay()
  const station = useStation()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const choose = async (reason: string): Promise<void> => {
    setBusy(true)
    const { kind, parcelId } = correction
    const type = kind === 'void' ? 'VoidParcel' : 'ReprintWaybill'
    const refused = await station.run({ type, parcelId, reason }).then(
      ({ answer }) => {
        const done = answer.tag === 'voided' || answer.tag === 'reprinted'
        return done ? null : say([`verdict.${answer.tag}.title`], answer.params ?? {})
      },
      () => t('pack.notDone'),
    )
    setBusy(false)
    if (refused === null) onDone()
    else setRefusal(refused)
  }
  return (
    <>
      <div className="reason-grid">
        {correction.choices.map(({ tag }) => (
          <Button key={tag} size="large" data-choice={tag} disabled={busy} onClick={() => void choose(tag)}>
            {say([`choice.${tag}`], {})}
          </Button>
        ))}
      </div>
      {refusal !== null && <Note tone="stop">{refusal}</Note>}
    </>
  )
}
