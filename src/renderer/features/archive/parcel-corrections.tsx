import { Button } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { REPRINT_CHOICES, VOID_CHOICES } from '../../../shared/station/areas/parcel-corrections.ts'
import type { CommandAnswer, ParcelRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { Choices } from '../../ui/choices.tsx'
import { Note } from '../../ui/small-parts.tsx'

type Deed = 'void' | 'reprint'
const REASONS = {
  void: ['buyerCancelled', 'wrongContent', 'damaged', 'packAgain'],
  reprint: ['labelTorn', 'paperJam', 'labelFaint', 'labelLost'],
} as const
type ReasonOf<D extends Deed> = (typeof REASONS)[D][number]

/** Only reasons that the floor asks for as well, so that both are counted alike. */
const offered = <D extends Deed>(deed: D): readonly ReasonOf<D>[] => {
  const asked: readonly { readonly tag: string }[] = deed === 'void' ? VOID_CHOICES : REPRINT_CHOICES
  const reasons: readonly ReasonOf<D>[] = REASONS[deed]
  return reasons.filter((reason) => asked.some((choice) => choice.tag === reason))
}

/** LBL-4, PAK-10: the label once more, or the parcel taken back before hand-over; both with a reason. */
export function ParcelCorrections({ parcel }: { parcel: ParcelRow }): ReactElement {
  const station = useStation()
  const { t } = useTranslation('office')
  const [asking, setAsking] = useState<Deed | null>(null)
  const [answer, setAnswer] = useState<CommandAnswer | null>(null)
  const carryOut = async (deed: Deed, reason: string): Promise<void> => {
    const { parcelId } = parcel
    const type = deed === 'void' ? 'VoidParcel' : 'ReprintWaybill'
    const outcome = await station.run({ type, parcelId, reason })
    setAsking(null)
    setAnswer(outcome.answer)
  }
  const ask = (deed: Deed): void => {
    setAnswer(null)
    setAsking(asking === deed ? null : deed)
  }
  return (
    <>
      <div className="aside-actions">
        <Button data-action="reprint" aria-expanded={asking === 'reprint'} onClick={() => ask('reprint')}>
          {t('parcel.reprint')}
        </Button>
        <Button
          danger
          data-action="void"
          aria-expanded={asking === 'void'}
          disabled={parcel.state !== 'packed'}
          onClick={() => ask('void')}
        >
          {t('parcel.void')}
        </Button>
      </div>
      {asking === 'reprint' && (
        <ReasonChoice
          legend={t('parcel.whyReprint')}
          reasons={offered('reprint').map((reason) => ({
            value: reason,
            label: t(`reprintReason.${reason}`),
          }))}
          go={t('parcel.reprint')}
          onGo={(reason) => carryOut('reprint', reason)}
        />
      )}
      {asking === 'void' && (
        <ReasonChoice
          legend={t('parcel.whyVoid')}
          reasons={offered('void').map((reason) => ({ value: reason, label: t(`voidReason.${reason}`) }))}
          go={t('parcel.void')}
          danger
          onGo={(reason) => carryOut('void', reason)}
        />
      )}
      {answer !== null && <Outcome answer={answer} />}
    </>
  )
}

interface ReasonChoiceProps {
  readonly legend: string
  readonly reasons: readonly { readonly value: string; readonly label: string }[]
  readonly go: string
  readonly danger?: boolean
  readonly onGo: (reason: string) => Promise<void>
}

function ReasonChoice({ legend, reasons, go, danger = false, onGo }: ReasonChoiceProps): ReactElement {
  const [reason, setReason] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const confirm = async (): Promise<void> => {
    if (reason === null) return
    setBusy(true)
    await onGo(reason).finally(() => setBusy(false))
  }
  return (
    <div className="aside-actions">
      <Choices name="reason" legend={legend} choices={reasons} value={reason} onChoose={setReason} />
      <Button
        type="primary"
        danger={danger}
        data-action="confirm-reason"
        disabled={reason === null}
        loading={busy}
        onClick={() => void confirm()}
      >
        {go}
      </Button>
    </div>
  )
}

const KNOWN_OUTCOMES = ['reprinted', 'voided', 'roleWanted', 'alreadyFinished', 'nothingToDo'] as const

function Outcome({ answer }: { answer: CommandAnswer }): ReactElement {
  const { t } = useTranslation('office')
  const good = answer.tag === 'reprinted' || answer.tag === 'voided'
  const known = KNOWN_OUTCOMES.find((tag) => tag === answer.tag)
  return (
    <div data-outcome={answer.tag}>
      <Note tone={good ? 'ok' : 'stop'}>{known ? t(`parcelOutcome.${known}`) : answer.tag}</Note>
    </div>
  )
}
