import { Button } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isPrintableCode } from '../../../shared/base/text.ts'
import type { PackTask } from '../../../shared/domain/packing/pack-task.ts'
import { useStation } from '../../app/station-app.ts'
import { LongWork } from '../../ui/long-work.tsx'
import { Panel } from '../../ui/small-parts.tsx'
import type { Floor } from '../floor/use-floor.ts'
import { useReadyQueue } from '../floor/use-ready-queue.ts'
import { CodeBars } from './code-bars.tsx'
import { practiceCodes } from './practice-codes.ts'
import { preparePractice } from './prepare-practice.ts'
import './training.css'

interface PracticeProps {
  readonly floor: Floor
  readonly task: PackTask | null
}

/** In the demo: the next codes as bars on the screen, to scan or to click, right ones and wrong ones (练习). */
export function PracticeCard({ floor, task }: PracticeProps): ReactElement | null {
  const { t } = useTranslation('floor')
  const queue = useReadyQueue({ toPick: false, active: task === null })
  const facts = usePracticeFacts(task)
  const codes = practiceCodes({ task, firstOrder: queue?.orders[0]?.number ?? null, ...facts })
  // Not before the queue was read: an offer that vanishes under the hand is none.
  if (task === null && queue === null) return null
  if (codes.length === 0) return <PreparePanel />
  return (
    <Panel title={t('practice.title')}>
      <p className="panel-words">{t('practice.how')}</p>
      <ol className="practice-codes" data-list="practice">
        {codes.map(({ what, code }) => (
          <li key={what} className={what.endsWith('Wrong') ? 'practice-wrong' : ''}>
            <button type="button" data-practice={what} onClick={() => floor.send(code)}>
              <b>{t(`practice.${what}`)}</b>
              <CodeBars code={code} />
              <small>{code}</small>
            </button>
          </li>
        ))}
      </ol>
    </Panel>
  )
}

/** What the codes need to know beyond the task: readable codes of the goods, what the buyer wrote, other goods. */
function usePracticeFacts(task: PackTask | null) {
  const { database } = useStation()
  const found = useLiveQuery(async () => {
    const codes = task?.lines.map((line) => line.skuCode) ?? []
    const [own, others, orders] = await Promise.all([
      database.skus.bulkGet(codes),
      database.skus.limit(20).toArray(),
      database.orders.bulkGet([...(task?.orderIds ?? [])]),
    ])
    const other = others.find((sku) => !codes.includes(sku.code) && sku.barcodes.length > 0)
    const rows = [...own, other].flatMap((sku) => (sku ? [sku] : []))
    return {
      readable: new Map(
        rows.map((sku) => [sku.code, [sku.code, ...sku.barcodes].find(isPrintableCode) ?? sku.code]),
      ),
      other: other?.code ?? '',
      message: orders[0]?.platform?.message ?? '',
    }
  }, [database, task?.taskId])
  return {
    codeOf: (code: string): string => found?.readable.get(code) ?? code,
    otherSku: found?.other ?? '',
    message: found?.message ?? '',
  }
}

/** Nothing can be packed yet: the goods for the demo's orders are brought onto the shelves. */
function PreparePanel(): ReactElement {
  const { t } = useTranslation('floor')
  const station = useStation()
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null)
  const prepare = async (): Promise<void> => {
    setProgress({ done: 0, total: 1 })
    await preparePractice(station, (done, total) => setProgress({ done, total }))
    setProgress(null)
  }
  return (
    <Panel title={t('practice.title')}>
      <p className="panel-words">{t('practice.prepareWhy')}</p>
      {progress === null ? (
        <Button
          type="primary"
          size="large"
          block
          data-action="prepare-practice"
          onClick={() => void prepare()}
        >
          {t('practice.prepare')}
        </Button>
      ) : (
        <LongWork label={t('practice.preparing')} done={progress.done} total={progress.total} />
      )}
    </Panel>
  )
}

/** The way from the real bench to the practice one; real stock and orders stay as they are. */
export function PracticeInvitation(): ReactElement {
  const { t } = useTranslation('floor')
  const { switchSpace } = useStation()
  return (
    <Panel title={t('practice.title')}>
      <div className="panel-row">
        <b>{t('practice.invite')}</b>
        <button
          type="button"
          className="plain-button"
          data-action="practice"
          onClick={() => switchSpace('demo', 'pack')}
        >
          {t('practice.begin')}
        </button>
      </div>
    </Panel>
  )
}
