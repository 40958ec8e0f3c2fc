import { type ReactElement, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { packedQuantity } from '../../../shared/domain/packing/pack-steps.ts'
import type { PackTask } from '../../../shared/domain/packing/pack-task.ts'
import { courierName } from '../../../shared/domain/shipping/couriers.ts'
import { replaceRoute, useRoute } from '../../app/use-route.ts'
import { EvidenceCard } from '../evidence/evidence-card.tsx'
import { useEvidence } from '../evidence/use-evidence.ts'
import { FloorFrame, HeldPanel, type IdleWords } from '../floor/floor-frame.tsx'
import type { FloorKey } from '../floor/floor-keys.ts'
import { Split } from '../floor/floor-parts.tsx'
import { OrderPanel } from '../floor/order-panel.tsx'
import { ShortExtras } from '../merging/short-extras.tsx'
import { type Floor, useFloor, useTask } from '../floor/use-floor.ts'
import { useReadyQueue } from '../floor/use-ready-queue.ts'
import { useStation } from '../../app/station-app.ts'
import { SupplyWarning } from '../supplies/supply-warning.tsx'
import { PracticeCard, PracticeInvitation } from '../training/practice-card.tsx'
import { FinishedBoard, LastLabelPanel, useFinishedParcels } from './finished-parcels.tsx'
import { PackLines } from './pack-lines.tsx'
import { SignaturePanel } from './pack-panels.tsx'
import { PackQueue } from './pack-queue.tsx'
import { RuleBand } from './rule-band.tsx'
import { useLingering } from './use-lingering.ts'
import { usePackedToday } from './use-packed-today.ts'
import { useScaleScans } from './use-scale-scans.ts'
import { WallBand } from './wall-band.tsx'
import { WeightPanel } from './weight-panel.tsx'

/** Packing 打包: every piece checked, measured lines measured again, weight, badge, label (PAK-1 … PAK-10). */
export function PackScreen(): ReactElement {
  const floor = useFloor('pack')
  useAskedOrder(floor)
  const task = useTask('pack')
  const shown = useLingering(task)
  const idle = useIdleWords(task ?? null)
  const keys = usePackKeys()
  const status = useTodayWords()
  useEvidence(floor, task)
  useScaleScans(floor, task)
  return (
    <FloorFrame
      floor={floor}
      idle={idle}
      keys={keys}
      status={status}
      aside={shown ? <TaskAside task={shown} floor={floor} /> : <IdleAside floor={floor} />}
    >
      {shown && <TaskBoard task={shown} floor={floor} />}
      {shown === null && <IdleBoard floor={floor} />}
    </FloorFrame>
  )
}

/** `#/pack/ORDER` opens that order as its scan would, once: the address is cleared, so that going back does not ask again. */
function useAskedOrder({ send }: Floor): void {
  const asked = useRoute().rest[0] ?? ''
  useEffect(() => {
    if (asked === '') return
    replaceRoute('pack')
    send(asked)
  }, [asked, send])
}

function usePackKeys(): readonly FloorKey[] {
  const { t } = useTranslation('floor')
  return useMemo(
    () => [
      { keys: 'Esc', word: 'CMD-BACK', label: t('key.back') },
      { keys: 'F2', word: 'CMD-REPRINT', label: t('key.reprint') },
      { keys: 'F4', word: 'CMD-HOLD', label: t('key.hold') },
      { keys: 'F6', word: 'CMD-OVERRIDE', label: t('key.override') },
      { keys: 'F7', word: 'CMD-WEIGH', label: t('key.weigh') },
      { keys: 'F8', word: 'CMD-FINISH', label: t('key.finish') },
    ],
    [t],
  )
}

/** The packer's day in the footer. */
function useTodayWords(): string {
  const { t } = useTranslation('floor')
  const { name, parcels, secondsEach, stops } = usePackedToday()
  const seconds = secondsEach === null ? '—' : `${secondsEach}`
  return t('pack.today', { name, parcels: `${parcels}`, seconds, stops: `${stops}` })
}

function useIdleWords(task: PackTask | null): IdleWords {
  const { t } = useTranslation('floor')
  if (!task) return { title: t('pack.idleTitle'), next: t('pack.idleNext') }
  const title = t('pack.goOnTitle', { number: task.orderNumbers.join(' ') })
  if (task.state === 'confirming') return { title, next: t('pack.goOnConfirm') }
  const packed = task.lines.reduce((sum, line) => sum + packedQuantity(line), 0)
  const pieces = task.lines.reduce((sum, line) => sum + line.quantity, 0)
  return { title, next: t('pack.goOnNext', { packed: `${packed}`, pieces: `${pieces}` }) }
}

/** Where the goods stand, what they are, and how they are packed. */
function TaskBoard({ task, floor }: { task: PackTask; floor: Floor }): ReactElement {
  return (
    <div className="board">
      {task.state === 'packing' && <WallBand orderIds={task.orderIds} />}
      <div className="board-body">
        <PackLines task={task} verdict={floor.verdict} />
      </div>
      {task.state === 'packing' && <RuleBand task={task} />}
    </div>
  )
}

function TaskAside({ task, floor }: { task: PackTask; floor: Floor }): ReactElement {
  return (
    <>
      <SupplyWarning />
      <Practice floor={floor} task={task} />
      {task.state === 'packing' && <WeightPanel task={task} onSend={floor.send} />}
      {task.state === 'packing' && <ShortExtras orderIds={task.orderIds} />}
      {task.orderIds.map((orderId) => (
        <OrderPanel key={orderId} orderId={orderId} courier={courierName(task.courier)} />
      ))}
      {task.state === 'packing' && <SignaturePanel task={task} onSend={floor.send} />}
      <EvidenceCard />
    </>
  )
}

/** Between two parcels: what comes next, and what was just made. */
function IdleBoard({ floor }: { floor: Floor }): ReactElement {
  const queue = useReadyQueue({ toPick: false, active: true })
  const parcels = useFinishedParcels()
  return (
    <Split even top={queue && <PackQueue queue={queue} onOpen={floor.send} />}>
      <FinishedBoard parcels={parcels} />
    </Split>
  )
}

function IdleAside({ floor }: { floor: Floor }): ReactElement {
  const parcels = useFinishedParcels()
  return (
    <>
      <SupplyWarning />
      <Practice floor={floor} task={null} />
      <HeldPanel floor={floor} />
      <LastLabelPanel parcel={parcels.find((parcel) => parcel.state !== 'voided') ?? null} />
    </>
  )
}

/** In the demo the bench is for practice; the real one only shows the way there. */
function Practice({ floor, task }: { floor: Floor; task: PackTask | null }): ReactElement | null {
  const { space } = useStation()
  if (space === 'demo') return <PracticeCard floor={floor} task={task} />
  return task === null ? <PracticeInvitation /> : null
}
