import { App, Button, Dropdown } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PrinterList } from '../../../shared/protocol/print-contract.ts'
import type { PrintJobRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { usePaperWords } from './paper-words.ts'
import { giveUp, reprint, sendAgain } from './print-actions.ts'
import { ReprintDialog } from './reprint-dialog.tsx'

interface JobButtonsProps {
  readonly job: PrintJobRow
  readonly printers: PrinterList | null
}

/** What a person may do with a job as it stands. */
export function JobButtons({ job, printers }: JobButtonsProps): ReactElement | null {
  switch (job.state) {
    case 'failed':
      return <FailedButtons job={job} printers={printers} />
    case 'queued':
      return <GiveUpButton job={job} />
    case 'printed':
    case 'cancelled':
      return <ReprintButton job={job} />
    // In doubt: answered in its card. Under way: nothing can call it back.
    default:
      return null
  }
}

function FailedButtons({ job, printers }: JobButtonsProps): ReactElement {
  const { t } = useTranslation('printing')
  const words = usePaperWords()
  const station = useStation()
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const go = async (printerId: string | null): Promise<void> => {
    setBusy(true)
    const trouble = await sendAgain(station, job, printerId)
    setBusy(false)
    if (trouble !== null) void message.error(t('queue.notDone', { detail: trouble }))
  }
  const others = (printers?.printers ?? []).filter(({ printer }) => printer.name !== job.printerName)
  return (
    <span className="queue-actions">
      <Button
        size="small"
        type="primary"
        data-action="send-again"
        loading={busy}
        onClick={() => void go(null)}
      >
        {t('queue.again')}
      </Button>
      {others.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: others.map(({ printer }) => ({
              key: printer.printerId,
              label: words.printer(printer.name),
            })),
            onClick: ({ key }) => void go(key),
          }}
        >
          <Button size="small" data-action="other-printer" disabled={busy}>
            {t('queue.other')}
          </Button>
        </Dropdown>
      )}
      <GiveUpButton job={job} />
    </span>
  )
}

function GiveUpButton({ job }: { job: PrintJobRow }): ReactElement {
  const { t } = useTranslation('printing')
  const station = useStation()
  const { message, modal } = App.useApp()
  const ask = (): void => {
    void modal.confirm({
      title: t('queue.giveUpSure', { subject: job.subject }),
      okText: t('queue.giveUp'),
      okButtonProps: { danger: true, ...{ 'data-action': 'confirm-give-up' } },
      onOk: async () => {
        const trouble = await giveUp(station, job)
        if (trouble !== null) void message.error(t('queue.notDone', { detail: trouble }))
      },
    })
  }
  return (
    <Button size="small" danger data-action="give-up" onClick={ask}>
      {t('queue.giveUp')}
    </Button>
  )
}

function ReprintButton({ job }: { job: PrintJobRow }): ReactElement {
  const { t } = useTranslation('printing')
  const station = useStation()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button size="small" data-action="reprint-job" onClick={() => setAsking(true)}>
        {t('queue.reprint')}
      </Button>
      {asking && (
        <ReprintDialog
          subject={job.subject}
          copies={job.copy + 1}
          onGo={(reason) => reprint(station, { jobId: job.jobId, reason, printerId: job.printerId })}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}
