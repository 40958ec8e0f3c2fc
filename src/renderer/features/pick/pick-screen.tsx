import { Button } from 'antd'
import { type ReactElement, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isPickDone, isSorting, nextBin } from '../../../shared/domain/picking/pick-steps.ts'
import type { PickStop, PickTask } from '../../../shared/domain/picking/pick-task.ts'
import { BigNumber, Panel } from '../../ui/small-parts.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { FloorFrame, HeldPanel, type IdleWords } from '../floor/floor-frame.tsx'
import type { FloorKey } from '../floor/floor-keys.ts'
import { Board, Split } from '../floor/floor-parts.tsx'
import { OrderPanel } from '../floor/order-panel.tsx'
import { QueuePanel } from '../floor/queue-panel.tsx'
import { QueueTable } from '../floor/queue-table.tsx'
import { type Floor, useFloor, useTask } from '../floor/use-floor.ts'
import { type ReadyQueue, useReadyQueue } from '../floor/use-ready-queue.ts'
import { DoubtedGoods } from './doubted-goods.tsx'
import { PickHeroes } from './pick-heroes.tsx'
import { PickSettingsDialog } from './pick-settings-dialog.tsx'
import { PrintSlipButton } from './print-slip-button.tsx'
import { SlotWall } from './slot-wall.tsx'
import { StopTable } from './stop-table.tsx'
import { usePickSettings } from './use-pick-settings.ts'
import { useWaitingBatches } from './use-waiting-batches.ts'
import { WaitingBatches } from './waiting-batches.tsx'
import { WaveDialog } from './wave-dialog.tsx'

/** Picking 拣货: the next bin huge, what to take there, where to put it, the walk (PIK-1, PIK-2). */
export function PickScreen(): ReactElement {
  const floor = useFloor('pick')
  const task = useTask('pick')
  const queue = useReadyQueue({ toPick: true, active: task === null })
  const idle = useIdleWords(task ?? null)
  const waiting = useWaitingBatches()
  const keys = usePickKeys()
  return (
    <FloorFrame
      floor={floor}
      idle={idle}
      keys={keys}
      aside={
        task ? (
          <TaskAside task={task} />
        ) : (
          <>
            <WaitingBatches batches={waiting} onTake={floor.send} />
            <HeldPanel floor={floor} />
            {queue && <QueuePanel queue={queue} />}
            <DoubtedGoods />
          </>
        )
      }
    >
      {task && (
        <Split top={<PickHeroes task={task} />}>
          <StopTable task={task} />
        </Split>
      )}
      {task === null && queue && <QueueBoard queue={queue} floor={floor} waiting={waiting.length} />}
    </FloorFrame>
  )
}

function usePickKeys(): readonly FloorKey[] {
  const { t } = useTranslation(['floor', 'picking'])
  return useMemo(
    () => [
      { keys: 'Esc', word: 'CMD-BACK', label: t('key.back') },
      { keys: 'F3', word: 'CMD-SHORT', label: t('picking:short') },
      { keys: 'F4', word: 'CMD-HOLD', label: t('key.hold') },
      { keys: 'F8', word: 'CMD-FINISH', label: t('key.finish') },
      { keys: 'F9', word: 'CMD-NEXT', label: t('key.next') },
    ],
    [t],
  )
}

function useIdleWords(task: PickTask | null): IdleWords {
  const { t } = useTranslation(['floor', 'picking'])
  if (!task) return { title: t('pick.idleTitle'), next: t('pick.idleNext') }
  const bin = nextBin(task)
  const stop = task.stops.find((candidate) => candidate.binCode === bin)
  const number = task.batch?.batchNo ?? ''
  const title =
    number === ''
      ? t('pick.goOnTitle', { number: task.stops[0]?.orderNumber ?? '' })
      : t('picking:goOnBatch', { number })
  if (isSorting(task)) return { title, next: t('picking:goOnSort') }
  if (bin === null || !stop) return { title, next: t('pick.idleNext') }
  return {
    title,
    next: task.atBin === bin ? t('pick.goOnPieces', { bin, title: stop.title }) : t('pick.goOnBin', { bin }),
  }
}

interface QueueBoardProps {
  readonly queue: ReadyQueue
  readonly floor: Floor
  /** Batches of waves that `CMD-NEXT` takes first. */
  readonly waiting: number
}

function QueueBoard({ queue, floor, waiting }: QueueBoardProps): ReactElement {
  const { t } = useTranslation(['floor', 'picking'])
  const settings = usePickSettings()
  const batchSize = settings?.batchSize ?? 1
  return (
    <Board
      title={t('pick.queue')}
      extra={
        <>
          <BoardDialogs disabled={queue.orders.length === 0} />
          <Button
            type="primary"
            size="large"
            data-action="next"
            disabled={queue.orders.length === 0 && waiting === 0}
            onClick={() => floor.send('CMD-NEXT')}
          >
            {waiting > 0
              ? t('picking:waiting.take')
              : batchSize > 1
                ? t('picking:takeBatch', { count: batchSize })
                : t('pick.takeNext')}
          </Button>
        </>
      }
    >
      {queue.orders.length === 0 ? (
        <EmptyState icon="pick" title={t(waiting > 0 ? 'picking:inBatches' : 'pick.queueEmpty')}>
          {t(waiting > 0 ? 'picking:inBatchesHelp' : 'pick.queueEmptyHelp')}
        </EmptyState>
      ) : (
        <QueueTable orders={queue.orders} showBin onOpen={floor.send} empty={t('pick.queueEmpty')} />
      )}
    </Board>
  )
}

/** The planner of waves, and how this station picks. */
function BoardDialogs({ disabled }: { disabled: boolean }): ReactElement {
  const { t } = useTranslation('picking')
  const settings = usePickSettings()
  const [open, setOpen] = useState<'wave' | 'settings' | null>(null)
  const close = (): void => setOpen(null)
  return (
    <>
      <Button size="large" data-action="picking-settings" onClick={() => setOpen('settings')}>
        {t('ways')}
      </Button>
      <Button size="large" data-action="plan-wave" disabled={disabled} onClick={() => setOpen('wave')}>
        {t('wave')}
      </Button>
      {open === 'wave' && settings && <WaveDialog size={settings.batchSize} onClose={close} />}
      {open === 'settings' && settings && <PickSettingsDialog settings={settings} onClose={close} />}
    </>
  )
}

function TaskAside({ task }: { task: PickTask }): ReactElement {
  const { t } = useTranslation(['floor', 'picking'])
  const sorting = isSorting(task)
  const sum = (of: (stop: PickStop) => number): number =>
    task.stops.reduce((total, stop) => total + of(stop), 0)
  const [only] = task.orderIds
  return (
    <>
      <Panel
        title={t(sorting ? 'picking:sorted' : 'pick.progress')}
        extra={task.batch && <PrintSlipButton task={task} />}
      >
        <BigNumber
          value={sum((stop) => (sorting ? (stop.sorted ?? 0) : stop.picked))}
          of={sum((stop) => stop.quantity)}
          unit={isPickDone(task) && !sorting ? `${t('unit.pieces')} ✓` : t('unit.pieces')}
        />
      </Panel>
      <SlotWall task={task} />
      {task.orderIds.length === 1 && only !== undefined && <OrderPanel orderId={only} toWhom={false} />}
    </>
  )
}
