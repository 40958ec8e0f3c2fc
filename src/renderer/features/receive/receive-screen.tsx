import { type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { countedPieces } from '../../../shared/domain/receiving/decide-receive.ts'
import type { ReceiveTask } from '../../../shared/domain/receiving/receive-task.ts'
import { Tag } from '../../ui/small-parts.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { FloorFrame, HeldPanel, type IdleWords } from '../floor/floor-frame.tsx'
import type { FloorKey } from '../floor/floor-keys.ts'
import { Board } from '../floor/floor-parts.tsx'
import { type Floor, useFloor, useTask } from '../floor/use-floor.ts'
import { NoticeImport, NoticeList } from './notice-list.tsx'
import { ReceiveLines } from './receive-lines.tsx'
import { CountPanel, NotePanel } from './receive-panels.tsx'

/** Goods-in 收货: count against a notice or blind, then two signatures (RCV-1, RCV-7). */
export function ReceiveScreen(): ReactElement {
  const floor = useFloor('receive')
  const task = useTask('receive')
  const idle = useIdleWords(task ?? null)
  const keys = useReceiveKeys()
  return (
    <FloorFrame
      floor={floor}
      idle={idle}
      keys={keys}
      aside={task ? <TaskAside task={task} floor={floor} /> : <IdleAside floor={floor} />}
    >
      {task === null && <NoticeList floor={floor} />}
      {task && <TaskBoard task={task} />}
    </FloorFrame>
  )
}

function useReceiveKeys(): readonly FloorKey[] {
  const { t } = useTranslation('floor')
  return useMemo(
    () => [
      { keys: 'Esc', word: 'CMD-BACK', label: t('key.back') },
      { keys: 'F2', word: 'CMD-REPRINT', label: t('key.reprint') },
      { keys: 'F3', word: 'CMD-DEFECT', label: t('key.defect') },
      { keys: 'F4', word: 'CMD-HOLD', label: t('key.hold') },
      { keys: 'F8', word: 'CMD-FINISH', label: t('key.finishCount') },
      { keys: 'F9', word: 'CMD-NEW', label: t('key.new') },
    ],
    [t],
  )
}

function useIdleWords(task: ReceiveTask | null): IdleWords {
  const { t } = useTranslation('floor')
  if (!task) return { title: t('receive.idleTitle'), next: t('receive.idleNext') }
  if (task.state === 'signing')
    return {
      title: t('receive.signTitle', { number: task.noteNo ?? '' }),
      next: t('receive.signNext'),
    }
  const title = t('receive.goOnTitle', {
    number: task.noticeNo ?? t('receive.blind'),
    counted: `${countedPieces(task)}`,
  })
  const measuring = task.last?.state === 'measureWanted' ? task.lines[task.last.skuCode] : undefined
  const next = measuring ? t('receive.goOnMeasure', { title: measuring.title }) : t('receive.goOnNext')
  return { title, next }
}

function TaskBoard({ task }: { task: ReceiveTask }): ReactElement {
  const { t } = useTranslation('floor')
  if (Object.keys(task.lines).length === 0)
    return (
      <EmptyState icon="receive" title={t('receive.scanFirst')}>
        {t('receive.scanFirstHelp')}
      </EmptyState>
    )
  return (
    <Board
      title={task.noticeNo ?? t('receive.blind')}
      extra={task.supplier === '' ? null : <Tag>{task.supplier}</Tag>}
    >
      <ReceiveLines task={task} />
    </Board>
  )
}

function TaskAside({ task, floor }: { task: ReceiveTask; floor: Floor }): ReactElement {
  return (
    <>
      <CountPanel task={task} />
      <NotePanel task={task} onFinish={() => floor.send('CMD-FINISH')} />
    </>
  )
}

function IdleAside({ floor }: { floor: Floor }): ReactElement {
  return (
    <>
      <HeldPanel floor={floor} />
      <NoticeImport />
    </>
  )
}
