import { Button, Select } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PrinterList } from '../../../shared/protocol/print-contract.ts'
import type { PrintJobRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { Note } from '../../ui/small-parts.tsx'
import { LabelPreview } from '../office/label-preview.tsx'
import { useFigures } from '../office/use-figures.ts'
import { usePaperWords } from './paper-words.ts'
import { answerJob } from './print-actions.ts'

interface AskCardProps {
  readonly job: PrintJobRow
  /** Null while the printers are not known. */
  readonly printers: PrinterList | null
}

/** LBL-4: only a person can say whether this came out. Yes, no, or look at it first; each by mouse, finger or Tab. */
export function AskCard({ job, printers }: AskCardProps): ReactElement {
  const { t } = useTranslation('printing')
  const station = useStation()
  const figures = useFigures()
  const words = usePaperWords()
  const [shown, setShown] = useState(false)
  const [busy, setBusy] = useState(false)
  const [printerId, setPrinterId] = useState('')
  const [trouble, setTrouble] = useState<string | null>(null)
  const answer = async (outcome: 'printed' | 'notPrinted'): Promise<void> => {
    setBusy(true)
    setTrouble(await answerJob(station, job, { outcome, printerId: printerId === '' ? null : printerId }))
    setBusy(false)
  }
  const cause = words.cause(job)
  const facts = [
    `${t('ask.at')} ${figures.time(job.createdAt)}`,
    `${t('ask.printer')} ${words.printer(job.printerName) || '—'}`,
    ...(job.batch ? [words.place(job)] : []),
    ...(job.attempts > 1 ? [t('ask.attempt', { count: job.attempts })] : []),
    ...(cause ? [cause.what] : []),
  ]
  return (
    <article className="ask-card" data-ask={job.jobId} aria-labelledby={`ask-${job.jobId}`}>
      <h3 id={`ask-${job.jobId}`}>{t('ask.title', { paper: words.paper(job) })}</h3>
      <div className="ask-subject mono">{job.subject}</div>
      <div className="ask-facts">{facts.join(' · ')}</div>
      <p>{t('ask.words')}</p>
      <div className="ask-actions">
        <Button
          size="large"
          type="primary"
          data-action="job-printed"
          disabled={busy}
          onClick={() => void answer('printed')}
        >
          {t('ask.yes')}
        </Button>
        <Button
          size="large"
          danger
          data-action="job-not-printed"
          disabled={busy}
          onClick={() => void answer('notPrinted')}
        >
          {t('ask.no')}
        </Button>
        <Button size="large" data-action="show-label" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {t(shown ? 'ask.hide' : 'ask.show')}
        </Button>
        <OtherPrinter printers={printers} value={printerId} onChange={setPrinterId} />
      </div>
      {trouble !== null && <Note tone="stop">{t('ask.notDone', { detail: trouble })}</Note>}
      {shown && (
        <div className="ask-label">
          <LabelPreview document={job.document} alt={job.subject} />
        </div>
      )}
    </article>
  )
}

interface OtherPrinterProps {
  readonly printers: PrinterList | null
  readonly value: string
  readonly onChange: (printerId: string) => void
}

function OtherPrinter({ printers, value, onChange }: OtherPrinterProps): ReactElement | null {
  const { t } = useTranslation('printing')
  const words = usePaperWords()
  if (printers === null || printers.printers.length < 2) return null
  return (
    <span className="printing-buttons">
      {t('ask.on')}
      <Select
        value={value}
        aria-label={t('ask.on')}
        popupMatchSelectWidth={false}
        options={[
          { value: '', label: t('ask.same') },
          ...printers.printers.map(({ printer }) => ({
            value: printer.printerId,
            label: words.printer(printer.name),
          })),
        ]}
        onChange={onChange}
      />
    </span>
  )
}
