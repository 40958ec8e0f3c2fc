import { Button } from 'antd'
import { type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { isPickDone, nextBin } from '../../../shared/domain/picking/decide-pick.ts'
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
import { PickHeroes } from './pick-heroes.tsx'
import { StopTable } from './stop-table.tsx'

/** Picking 拣货: the next bin huge, what to take there, the walk (PIK-2). */
export function PickScreen(): ReactElement {
  const floor = useFloor('pick')
  const task = useTask('pick')
  const queue = useReadyQueue({ toPick: true, active: task === null })
  const idle = useIdleWords(task ?? null)
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
            <HeldPanel floor={floor} />
            {queue && <QueuePanel queue={queue} />}
          </>
        )
      }
    >
      {task && (
        <Split top={<PickHeroes task={task} />}>
          <StopTable task={task} />
        </Split>
      )}
      {task === null && queue && <QueueBoard queue={queue} floor={floor} />}
    </FloorFrame>
  )
}

function usePickKeys(): readonly FloorKey[] {
  const { t } = useTranslation('floor')
  return useMemo(
    () => [
      { keys: 'Esc', word: 'CMD-BACK', label: t('key.back') },
      { keys: 'F4', word: 'CMD-HOLD', label: t('key.hold') },
      { keys: 'F8', word: 'CMD-FINISH', label: t('key.finish') },
      { keys: 'F9', word: 'CMD-NEXT', label: t('key.next') },
    ],
    [t],
  )
}

function useIdleWords(task: PickTask | null): IdleWords {
  const { t } = useTranslation('floor')
  const bin = task ? nextBin(task) : null
  const stop = task?.stops.find((candidate) => candidate.binCode === bin)
  if (!task || bin === null || !stop) return { title: t('pick.idleTitle'), next: t('pick.idleNext') }
  return {
    title: t('pick.goOnTitle', { number: stop.orderNumber }),
    next: task.atBin === bin ? t('pick.goOnPieces', { bin, title: stop.title }) : t('pick.goOnBin', { bin }),
  }
}

function QueueBoard({ queue, floor }: { queue: ReadyQueue; floor: Floor }): ReactElement {
  const { t } = useTranslation('floor')
  if (queue.orders.length === 0)
    return (
      <EmptyState icon="pick" title={t('pick.queueEmpty')}>
        {t('pick.queueEmptyHelp')}
      </EmptyState>
    )
  return (
    <Board
      title={t('pick.queue')}
      extra={
        <Button type="primary" size="large" data-action="next" onClick={() => floor.send('CMD-NEXT')}>
          {t('pick.takeNext')}
        </Button>
      }
    >
      <QueueTable orders={queue.orders} showBin onOpen={floor.send} empty={t('pick.queueEmpty')} />
    </Board>
  )
}

function TaskAside({ task }: { task: PickTask }): ReactElement {
  const { t } = useTranslation('floor')
  const sum = (of: (stop: PickStop) => number): number =>
    task.stops.reduce((total, stop) => total + of(stop), 0)
  return (
    <>
      <Panel title={t('pick.progress')}>
        <BigNumber
          value={sum((stop) => stop.picked)}
          of={sum((stop) => stop.quantity)}
          unit={isPickDone(task) ? `${t('unit.pieces')} ✓` : t('unit.pieces')}
        />
      </Panel>
      {task.orderIds.map((orderId) => (
        <OrderPanel key={orderId} orderId={orderId} toWhom={false} />
      ))}
    </>
  )
}
