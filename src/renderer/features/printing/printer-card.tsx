import { App, Button } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  PAPER_KINDS,
  type Printer,
  type PrinterCondition,
  type PrinterDescription,
  type PrinterList,
} from '../../../shared/protocol/print-contract.ts'
import { fullJob } from '../../../shared/station/print-job.ts'
import type { PrintJobRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { Tag, type Tone } from '../../ui/small-parts.tsx'
import { JOB_TONES, usePaperWords } from './paper-words.ts'
import { FILE_PRINTER, pathText } from './printer-values.ts'
import { TEST_SUBJECT, testLabel } from './test-label.ts'
import { faultWords } from './use-printers.ts'

const CONDITION_TONES: Readonly<Record<PrinterCondition, Tone>> = {
  ready: 'ok',
  busy: 'ok',
  away: 'stop',
  stopped: 'stop',
  outOfPaper: 'stop',
  coverOpen: 'stop',
  notTried: 'plain',
  unknown: 'warn',
}

interface PrinterCardProps {
  readonly described: PrinterDescription
  readonly list: PrinterList
  readonly onEdit: (printer: Printer) => void
  readonly onRemove: (printer: Printer) => void
}

/** One printer: its name as on the machine, how it is, what goes to it, and a label to try it with. */
export function PrinterCard({ described, list, onEdit, onRemove }: PrinterCardProps): ReactElement {
  const { t } = useTranslation('printing')
  const words = usePaperWords()
  const { printer, condition, detail, waiting, tried } = described
  const kinds = PAPER_KINDS.filter((kind) => list.assigned[kind] === printer.printerId)
  const spare = list.printers.find((one) => one.printer.printerId === printer.sparePrinterId)
  const builtIn = printer.printerId === FILE_PRINTER
  return (
    <li className="printer-card" data-printer={printer.printerId} data-condition={condition}>
      <header>
        <b>{words.printer(printer.name)}</b>
        <Tag tone={CONDITION_TONES[condition]}>{t(`condition.${condition}`)}</Tag>
        <span className={waiting > 0 ? 'printer-waiting' : 'printer-idle'} data-waiting={waiting}>
          {waiting > 0 ? t('printers.waiting', { count: waiting }) : t('printers.noneWaiting')}
        </span>
      </header>
      <PrinterFacts printer={printer} />
      {detail !== '' && <small className="printer-detail">{detail}</small>}
      {spare && <small>{t('printers.spare', { name: words.printer(spare.printer.name) })}</small>}
      {!tried && printer.path.via === 'windows' && <Tag tone="warn">{t('printers.untried')}</Tag>}
      {kinds.length > 0 && (
        <div className="printer-kinds">
          {kinds.map((kind) => (
            <Tag key={kind}>{t(`kind.${kind}`)}</Tag>
          ))}
        </div>
      )}
      <div className="printer-actions">
        <TestPrint printer={printer} list={list} />
        <Probe printer={printer} />
        <Button data-action="edit-printer" onClick={() => onEdit(printer)}>
          {t('printers.edit')}
        </Button>
        {!builtIn && (
          <Button danger data-action="remove-printer" onClick={() => onRemove(printer)}>
            {t('printers.remove')}
          </Button>
        )}
      </div>
    </li>
  )
}

function PrinterFacts({ printer }: { printer: Printer }): ReactElement {
  const { t } = useTranslation('printing')
  const { description, space } = useStation()
  const { path, language, dpi, paper } = printer
  const size = paper ? `${paper.widthUm / 1000} × ${paper.heightUm / 1000} mm` : t('printers.paperAsLabel')
  const facts = [
    language.toUpperCase(),
    ...(language === 'pdf' ? [] : [t('printers.dpi', { dpi: String(dpi) })]),
    size,
  ]
  const where =
    path.via === 'file'
      ? t('printers.filesAt', {
          path: `${description.dataDirectory}${space === 'demo' ? '/demo' : ''}/labels`,
        })
      : pathText(path)
  return (
    <div className="printer-facts">
      <span>
        {t(`via.${path.via}`)} · <span className="mono">{where}</span>
      </span>
      <span>{facts.join(' · ')}</span>
    </div>
  )
}

function Probe({ printer }: { printer: Printer }): ReactElement {
  const { t } = useTranslation('printing')
  const paperWords = usePaperWords()
  const { host } = useStation()
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const probe = async (): Promise<void> => {
    setBusy(true)
    await host.call('printer.probe', { printerId: printer.printerId }).then(
      ({ condition, detail }) => {
        const words = t('printers.probed', {
          name: paperWords.printer(printer.name),
          condition: t(`condition.${condition}`),
        })
        const good = CONDITION_TONES[condition] === 'ok'
        void message[good ? 'success' : 'warning'](detail === '' ? words : `${words} · ${detail}`)
      },
      (error: unknown) => void message.error(t('printers.notDone', { detail: faultWords(error) })),
    )
    setBusy(false)
  }
  return (
    <Button data-action="probe-printer" loading={busy} onClick={() => void probe()}>
      {t('printers.probe')}
    </Button>
  )
}

/** A real label through the whole way; what became of it stands beside the button. */
function TestPrint({ printer, list }: { printer: Printer; list: PrinterList }): ReactElement {
  const { t } = useTranslation('printing')
  const station = useStation()
  const words = usePaperWords()
  const { message } = App.useApp()
  const [jobId, setJobId] = useState<string | null>(null)
  const job = useLiveQuery(
    async () => (jobId === null ? null : ((await station.database.printJobs.get(jobId)) ?? null)),
    [station, jobId],
  )
  const print = async (): Promise<void> => {
    const { env } = station
    const kinds = PAPER_KINDS.filter((kind) => list.assigned[kind] === printer.printerId)
    const id = `test-${env.newId()}`.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 100)
    const context = { at: Date.now(), shopClock: env.shopClock, shopName: env.shop.name }
    await station.run({
      type: 'PrintPaper',
      jobId: id,
      document: testLabel(printer, kinds, context),
      subject: TEST_SUBJECT,
      reason: '',
      printerId: printer.printerId,
    })
    setJobId(id)
    void message.success(t('printers.testSent', { name: words.printer(printer.name) }))
  }
  return (
    <>
      <Button type="primary" data-action="test-print" onClick={() => void print()}>
        {t('printers.test')}
      </Button>
      {job && <TestOutcome job={fullJob(job)} />}
    </>
  )
}

function TestOutcome({ job }: { job: PrintJobRow }): ReactElement {
  const { t } = useTranslation('printing')
  const words = usePaperWords()
  const cause = words.cause(job)
  return (
    <span className="printer-test" data-test-state={job.state}>
      <Tag tone={JOB_TONES[job.state]}>{t(`state.${job.state}`)}</Tag>
      {cause && `${cause.what} · ${cause.todo}`}
    </span>
  )
}
