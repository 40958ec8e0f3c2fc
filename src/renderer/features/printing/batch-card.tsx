import { App, Button, InputNumber, Progress } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommandOf } from '../../../shared/station/commands/command.ts'
import { batchJobId } from '../../../shared/station/commands/batch-commands.ts'
import { useStation } from '../../app/station-app.ts'
import { Note, Tag, type Tone } from '../../ui/small-parts.tsx'
import { useFigures } from '../office/use-figures.ts'
import type { BatchFigures } from './batch-figures.ts'
import { resumeBatchFrom } from './print-actions.ts'

const VIEW_TONES: Readonly<Record<BatchFigures['view'], Tone>> = {
  unfinished: 'warn',
  running: 'ok',
  held: 'stop',
  paused: 'warn',
  cancelled: 'plain',
  finished: 'ok',
}

/** A batch: how far it is, and what may be done with it (LBL-4). */
export function BatchCard({ figures }: { figures: BatchFigures }): ReactElement {
  const { t } = useTranslation('printing')
  const words = useFigures()
  const { batch, counts, done, total, view } = figures
  const percent = total === 0 ? 100 : Math.floor((done / total) * 100)
  return (
    <article
      className="batch-card"
      data-batch={batch.batchId}
      data-state={view}
      data-size={batch.size}
      data-printed={counts.printed}
      data-sent={counts.sent}
      data-waiting={counts.batched}
      data-unknown={counts.unknown}
      data-failed={counts.failed}
    >
      <div className="queue-tools">
        <b>{t('batch.progress', { what: t(`batch.what.${batch.what}`), at: words.time(batch.createdAt) })}</b>
        <Tag tone={VIEW_TONES[view]}>{t(`batch.${view}`)}</Tag>
        <span className="push" />
        <b className="batch-total">
          {words.number(done)} / {words.number(total)}
        </b>
      </div>
      <Progress percent={percent} showInfo={false} status={view === 'held' ? 'exception' : 'normal'} />
      <Counts figures={figures} />
      {view === 'held' && <Note tone="stop">{t('batch.heldWords')}</Note>}
      {view === 'paused' && counts.sent > 0 && <Note>{t('batch.pauseWords', { count: counts.sent })}</Note>}
      <BatchButtons figures={figures} />
    </article>
  )
}

function Counts({ figures: { counts, batch, view } }: { figures: BatchFigures }): ReactElement {
  const { t } = useTranslation('printing')
  const copies = Math.max(0, sumOf(counts) - batch.written)
  return (
    <div className="batch-counts">
      {counts.sent > 0 && <span>{t('batch.sent', { count: counts.sent })}</span>}
      {counts.batched > 0 && view !== 'cancelled' && (
        <span>{t('batch.waiting', { count: counts.batched })}</span>
      )}
      {counts.unknown > 0 && <b>{t('batch.unknown', { count: counts.unknown })}</b>}
      {counts.failed > 0 && <b>{t('batch.failed', { count: counts.failed })}</b>}
      {copies > 0 && <span data-copies={copies}>{t('batch.copiesMade', { count: copies })}</span>}
    </div>
  )
}

const sumOf = (counts: BatchFigures['counts']): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)

function BatchButtons({ figures }: { figures: BatchFigures }): ReactElement | null {
  const { t } = useTranslation('printing')
  const station = useStation()
  const { modal } = App.useApp()
  const { batch, counts, view } = figures
  if (view === 'cancelled') return null
  const change = (to: CommandOf<'ChangeBatch'>['change']): void => {
    void station.run({ type: 'ChangeBatch', batchId: batch.batchId, change: to })
  }
  const askCancel = (): void => {
    void modal.confirm({
      title: t('batch.cancelSure', { count: counts.batched }),
      okText: t('batch.cancel'),
      okButtonProps: { danger: true, ...{ 'data-action': 'confirm-cancel-batch' } },
      onOk: () => change('cancel'),
    })
  }
  const goOn = (): void => {
    if (batch.resuming) void resumeBatchFrom(station, batch, batch.resuming.from)
    else change('goOn')
  }
  return (
    <div className="batch-actions">
      {batch.state === 'running' && counts.batched > 0 && (
        <Button data-action="pause-batch" onClick={() => change('pause')}>
          {t('batch.pause')}
        </Button>
      )}
      {batch.state === 'paused' && (
        <Button type="primary" data-action="go-on-batch" onClick={goOn}>
          {t('batch.goOn')}
        </Button>
      )}
      {batch.state === 'writing' && (
        <Button type="primary" data-action="go-on-batch" onClick={goOn}>
          {t('batch.goOnWritten', { count: batch.written })}
        </Button>
      )}
      {counts.batched > 0 && (
        <Button danger data-action="cancel-batch" onClick={askCancel}>
          {t('batch.cancel')}
        </Button>
      )}
      {batch.state !== 'writing' && batch.resuming === null && <ResumeFrom figures={figures} />}
    </div>
  )
}

/** After a paper jam: which label came out wrong first, and how many will come again. */
function ResumeFrom({ figures: { batch, firstPrints } }: { figures: BatchFigures }): ReactElement | null {
  const { t } = useTranslation('printing')
  const station = useStation()
  const { modal } = App.useApp()
  const [from, setFrom] = useState<number | null>(null)
  if (firstPrints === 0) return null
  const ask = async (place: number): Promise<void> => {
    const count = await printedFrom(station.database, batch, place - 1)
    void modal.confirm({
      title: t('batch.resumeGo', { from: String(place) }),
      content: t('batch.resumeWords', { from: String(place), count }),
      okText: t('batch.resumeGo', { from: String(place) }),
      okButtonProps: { ...{ 'data-action': 'confirm-resume-batch' } },
      onOk: async () => {
        await resumeBatchFrom(station, batch, place - 1)
        setFrom(null)
      },
    })
  }
  return (
    <span className="batch-resume">
      <span>{t('batch.resume')}</span>
      <InputNumber
        min={1}
        max={batch.written}
        precision={0}
        value={from}
        aria-label={t('batch.resume')}
        data-resume-from=""
        onChange={setFrom}
      />
      {from !== null && <LabelAt batchId={batch.batchId} place={from} />}
      <Button
        data-action="resume-batch"
        disabled={from === null}
        onClick={() => from !== null && void ask(from)}
      >
        {t('batch.resumeGo', { from: String(from ?? '…') })}
      </Button>
    </span>
  )
}

/** What stands on label n, so that it can be told from its neighbours on the roll. */
function LabelAt({ batchId, place }: { batchId: string; place: number }): ReactElement | null {
  const { t } = useTranslation('printing')
  const { database } = useStation()
  const job = useLiveQuery(
    () => database.printJobs.get(batchJobId(batchId, place - 1)),
    [database, batchId, place],
  )
  return job ? (
    <b data-label-at={place}>{t('batch.resumeAt', { from: String(place), subject: job.subject })}</b>
  ) : null
}

/** Places from `index` on whose label came out and would come again. */
async function printedFrom(
  database: ReturnType<typeof useStation>['database'],
  { batchId, written }: BatchFigures['batch'],
  index: number,
): Promise<number> {
  const jobs = await database.printJobs
    .where(':id')
    .between(batchJobId(batchId, index), `${batchJobId(batchId, written)}.`, true, true)
    .toArray()
  const again = jobs.filter(({ state }) => state === 'printed' || state === 'unknown' || state === 'failed')
  return new Set(again.map((job) => job.batch?.index)).size
}
