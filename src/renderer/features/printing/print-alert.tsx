import { Button, Modal } from 'antd'
import { countUpToMany, countWords } from '../../data/count-up-to.ts'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { create } from 'zustand'
import { fullJob } from '../../../shared/station/print-job.ts'
import type { PrintJobRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { goTo } from '../../app/use-route.ts'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/small-parts.tsx'
import { AskCard } from './ask-card.tsx'
import { useOpenBatch } from './batch-figures.ts'
import { JobButtons } from './job-buttons.tsx'
import { usePaperWords } from './paper-words.ts'
import { useUnknownJobs } from './print-queue.tsx'
import { usePrinters } from './use-printers.ts'
import './printing.css'

/** Jobs shown in the dialog at a time; the next follow as they are settled. */
const SHOWN = 20

const usePrintDialog = create<{ open: boolean }>()(() => ({ open: false }))
const setOpen = (open: boolean): void => usePrintDialog.setState({ open })

interface Alerts {
  readonly unknown: number
  readonly failed: number
  readonly underWay: number
}

function useAlerts(): Alerts {
  const { database } = useStation()
  return useLiveQuery(
    () =>
      database.transaction('r', database.printJobs, async () => {
        const count = (state: PrintJobRow['state']) =>
          countUpToMany(database.printJobs.where('state').equals(state))
        const [unknown, failed, queued, sent] = await Promise.all([
          count('unknown'),
          count('failed'),
          count('queued'),
          count('sent'),
        ])
        return { unknown, failed, underWay: queued + sent }
      }),
    [database],
    { unknown: 0, failed: 0, underWay: 0 },
  )
}

/** The line above every screen while a person is wanted: nobody packs on beside a label that never came (LBL-4). */
export function PrintBar(): ReactElement | null {
  const { t } = useTranslation('printing')
  const { unknown, failed } = useAlerts()
  const wanted = unknown + failed > 0
  useDialogKey(wanted)
  if (!wanted) return null
  const counts = [
    ...(unknown > 0 ? [t('alert.unknown', { jobs: countWords(unknown) })] : []),
    ...(failed > 0 ? [t('alert.failed', { jobs: countWords(failed) })] : []),
  ]
  return (
    <button
      type="button"
      className={unknown > 0 ? 'print-bar' : 'print-bar print-bar-failed'}
      data-action="print-alert"
      data-unknown={unknown}
      data-failed={failed}
      onClick={() => setOpen(true)}
    >
      <Icon name={unknown > 0 ? 'ask' : 'stop'} size={22} />
      <span>{counts.join(' · ')}</span>
      <span className="push" />
      <Key>Alt+P</Key>
      <span>{t('alert.look')}</span>
    </button>
  )
}

function useDialogKey(wanted: boolean): void {
  useEffect(() => {
    if (!wanted) return
    const press = (event: KeyboardEvent): void => {
      if (event.code !== 'KeyP' || !event.altKey || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      setOpen(true)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [wanted])
}

/** What is under way, in the head bar; a batch with its counts. */
export function PrintChip(): ReactElement | null {
  const { t } = useTranslation('printing')
  const { underWay } = useAlerts()
  const batch = useOpenBatch()
  if (batch === null && underWay === 0) return null
  return (
    <button
      type="button"
      className={batch?.view === 'held' ? 'chip chip-warn' : 'chip'}
      data-print-queue={underWay}
      onClick={goToQueue}
    >
      {batch === null
        ? t('alert.busy', { jobs: countWords(underWay) })
        : t('alert.batch', { done: String(batch.done), total: String(batch.total) })}
    </button>
  )
}

/** The settings screen is loaded on its first visit; its queue is there a moment later. */
function goToQueue(): void {
  setOpen(false)
  goTo('settings')
  const look = (tries: number): void => {
    const queue = document.getElementById('settings-jobs')
    if (queue) queue.scrollIntoView({ block: 'start' })
    if (tries > 0) setTimeout(() => look(tries - 1), 120)
  }
  look(6)
}

/** The questions and the failed jobs, over whatever screen is open. */
export function PrintDialog(): ReactElement {
  const { t } = useTranslation(['printing', 'common'])
  const { open } = usePrintDialog()
  return (
    <Modal
      open={open}
      centered
      destroyOnHidden
      width={760}
      title={t('alert.title')}
      onCancel={() => setOpen(false)}
      footer={
        <>
          <Button data-action="open-print-queue" onClick={goToQueue}>
            {t('alert.toQueue')}
          </Button>
          <Button onClick={() => setOpen(false)}>{t('common:action.close')}</Button>
        </>
      }
    >
      {open && <OpenJobs />}
    </Modal>
  )
}

function OpenJobs(): ReactElement {
  const { t } = useTranslation('printing')
  const { database } = useStation()
  const words = usePaperWords()
  const { list } = usePrinters()
  const asked = useUnknownJobs(SHOWN)
  const failed = (
    useLiveQuery(
      () => database.printJobs.where('state').equals('failed').limit(SHOWN).toArray(),
      [database],
    ) ?? []
  ).map(fullJob)
  if (asked.length + failed.length === 0) return <p>{t('alert.allDone')}</p>
  return (
    <div className="print-open">
      <div className="ask-list">
        {asked.map((job) => (
          <AskCard key={job.jobId} job={job} printers={list} />
        ))}
      </div>
      <ul className="failed-list">
        {failed.map((job) => {
          const cause = words.cause(job)
          return (
            <li key={job.jobId} data-failed-job={job.jobId}>
              <span>
                <b>
                  {words.paper(job)} <span className="mono">{job.subject}</span>
                </b>
                <small>
                  {[words.printer(job.printerName), cause?.what, cause?.todo].filter(Boolean).join(' · ')}
                </small>
              </span>
              <JobButtons job={job} printers={list} />
            </li>
          )
        })}
      </ul>
    </div>
  )
}
