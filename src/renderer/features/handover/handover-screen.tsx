import { type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { courierName } from '../../../shared/domain/shipping/couriers.ts'
import type { HandoverTask } from '../../../shared/domain/shipping/handover-task.ts'
import { EmptyState } from '../../ui/states.tsx'
import { FloorFrame, HeldPanel, type IdleWords } from '../floor/floor-frame.tsx'
import type { FloorKey } from '../floor/floor-keys.ts'
import { Board, Split } from '../floor/floor-parts.tsx'
import { type Floor, useFloor, useTask } from '../floor/use-floor.ts'
import { CourierBoard } from './courier-board.tsx'
import { NotInListPanel, RecentPanel, TotalsPanel, WaitingPanel } from './handover-panels.tsx'
import { HandoverParcels } from './handover-parcels.tsx'
import { SignBox } from './sign-box.tsx'
import { useWaitingParcels, type WaitingParcels } from './use-waiting-parcels.ts'

/** Hand-over 交接: parcels of one courier, his figures, his signature (SHP-1, SHP-2). */
export function HandoverScreen(): ReactElement {
  const floor = useFloor('handover')
  const task = useTask('handover')
  const waiting = useWaitingParcels()
  const idle = useIdleWords(task ?? null)
  const keys = useHandoverKeys()
  return (
    <FloorFrame
      floor={floor}
      idle={idle}
      keys={keys}
      aside={
        task ? (
          <TaskAside task={task} waiting={waiting} floor={floor} />
        ) : (
          <>
            <HeldPanel floor={floor} />
            {waiting && <WaitingPanel waiting={waiting} />}
            <RecentPanel />
          </>
        )
      }
    >
      {task && <TaskBoard task={task} floor={floor} />}
      {task === null && waiting && <CourierBoard waiting={waiting} onChoose={floor.send} />}
    </FloorFrame>
  )
}

function useHandoverKeys(): readonly FloorKey[] {
  const { t } = useTranslation('floor')
  return useMemo(
    () => [
      { keys: 'Esc', word: 'CMD-BACK', label: t('key.back') },
      { keys: 'F4', word: 'CMD-HOLD', label: t('key.hold') },
      { keys: 'F8', word: 'CMD-FINISH', label: t('key.finish') },
    ],
    [t],
  )
}

function useIdleWords(task: HandoverTask | null): IdleWords {
  const { t } = useTranslation('floor')
  if (!task) return { title: t('handover.idleTitle'), next: t('handover.idleNext') }
  const words = { courier: courierName(task.courier), count: task.parcels.length }
  return task.state === 'signing'
    ? { title: t('handover.signTitle', words), next: t('handover.signHelp') }
    : { title: t('handover.goOnTitle', words), next: t('handover.goOnNext') }
}

function TaskBoard({ task, floor }: { task: HandoverTask; floor: Floor }): ReactElement {
  const { t } = useTranslation('floor')
  if (task.parcels.length === 0)
    return (
      <EmptyState icon="handover" title={t('handover.scanFirst')}>
        {t('handover.scanFirstHelp')}
      </EmptyState>
    )
  if (task.state === 'signing')
    return (
      <Split top={<SignBox task={task} onSend={floor.send} />}>
        <HandoverParcels task={task} />
      </Split>
    )
  return (
    <Board title={courierName(task.courier)}>
      <HandoverParcels task={task} />
    </Board>
  )
}

function TaskAside({ task, waiting, floor }: TaskAsideProps): ReactElement {
  return (
    <>
      <TotalsPanel task={task} onFinish={() => floor.send('CMD-FINISH')} />
      {waiting && <NotInListPanel task={task} waiting={waiting} />}
    </>
  )
}

interface TaskAsideProps {
  readonly task: HandoverTask
  readonly waiting: WaitingParcels | undefined
  readonly floor: Floor
}
