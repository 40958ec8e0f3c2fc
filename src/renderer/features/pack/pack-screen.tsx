import { useLiveQuery } from 'dexie-react-hooks'
import { type ReactElement, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { shopMidnight } from '../../../shared/domain/orders/deadline.ts'
import { packedQuantity } from '../../../shared/domain/packing/decide-pack.ts'
import type { PackTask } from '../../../shared/domain/packing/pack-task.ts'
import { courierName } from '../../../shared/domain/shipping/couriers.ts'
import { useStation } from '../../app/station-app.ts'
import { replaceRoute, useRoute } from '../../app/use-route.ts'
import { FloorFrame, HeldPanel, type IdleWords } from '../floor/floor-frame.tsx'
import type { FloorKey } from '../floor/floor-keys.ts'
import { Split } from '../floor/floor-parts.tsx'
import { OrderPanel } from '../floor/order-panel.tsx'
import { type Floor, useFloor, useTask } from '../floor/use-floor.ts'
import { useReadyQueue } from '../floor/use-ready-queue.ts'
import { useNow } from '../office/use-now.ts'
import { SupplyWarning } from '../supplies/supply-warning.tsx'
import { FinishedBoard, LastLabelPanel, useFinishedParcels } from './finished-parcels.tsx'
import { PackLines } from './pack-lines.tsx'
import { SignaturePanel, WeightPanel } from './pack-panels.tsx'
import { PackQueue } from './pack-queue.tsx'

/** Packing 打包: every piece checked, measured lines measured again, weight, badge, label (PAK-1 … PAK-10). */
export function PackScreen(): ReactElement {
  const floor = useFloor('pack')
  useAskedOrder(floor)
  const task = useTask('pack')
  const idle = useIdleWords(task ?? null)
  const keys = usePackKeys()
  const status = usePackedToday()
  return (
    <FloorFrame
      floor={floor}
      idle={idle}
      keys={keys}
      status={status}
      aside={task ? <TaskAside task={task} floor={floor} /> : <IdleAside floor={floor} />}
    >
      {task && <PackLines task={task} verdict={floor.verdict} />}
      {task === null && <IdleBoard floor={floor} />}
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
      { keys: 'F7', word: 'CMD-WEIGH', label: t('key.weigh') },
      { keys: 'F8', word: 'CMD-FINISH', label: t('key.finish') },
    ],
    [t],
  )
}

/** Parcels finished since the shop's midnight, for the footer. */
function usePackedToday(): string {
  const { t } = useTranslation('floor')
  const station = useStation()
  const midnight = shopMidnight(useNow(60_000), station.env.shopClock)
  const count = useLiveQuery(
    () => station.database.parcels.where('finishedAt').aboveOrEqual(midnight).count(),
    [station, midnight],
    0,
  )
  return t('pack.today', { count })
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

function TaskAside({ task, floor }: { task: PackTask; floor: Floor }): ReactElement {
  return (
    <>
      <SupplyWarning />
      {task.state === 'packing' && <WeightPanel task={task} onSend={floor.send} />}
      {task.orderIds.map((orderId) => (
        <OrderPanel key={orderId} orderId={orderId} courier={courierName(task.courier)} />
      ))}
      {task.state === 'packing' && <SignaturePanel task={task} onFinish={() => floor.send('CMD-FINISH')} />}
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
      <HeldPanel floor={floor} />
      <LastLabelPanel parcel={parcels.find((parcel) => parcel.state !== 'voided') ?? null} />
    </>
  )
}
