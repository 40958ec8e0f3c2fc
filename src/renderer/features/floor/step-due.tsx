import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import {
  shopTime,
  type Step,
  type StepHours,
  stepHoursOf,
  stepTargets,
} from '../../../shared/domain/orders/deadline.ts'
import { ORDER_SETTINGS } from '../../../shared/domain/orders/order-settings.ts'
import { useStation } from '../../app/station-app.ts'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { useNow } from '../office/use-now.ts'
import { useSpan } from './floor-parts.tsx'

/** The steps' hours as the shop has set them; undefined until they are read (ORD-3). */
export function useStepHours(): StepHours | undefined {
  const { database } = useStation()
  return useLiveQuery(
    async () => stepHoursOf((await database.settings.get(ORDER_SETTINGS.stepHours))?.value ?? {}),
    [database],
  )
}

/** What a step's target is worked out from; without time of payment it counts back from the deadline. */
interface StepDueOrder {
  readonly deadlineAt: number
  readonly paidAt?: number | null
  /** A ship date was agreed with the buyer. */
  readonly agreed?: boolean
}

interface StepDueProps {
  readonly order: StepDueOrder
  readonly step: Step
  readonly hours: StepHours
}

/** By when this step shall be done and how long that is; quieter than the deadline, which alone is a promise (ORD-3). */
export function StepDue({ order, step, hours }: StepDueProps): ReactElement {
  const { t } = useTranslation('floor')
  const { shopClock } = useStation().env
  const now = useNow()
  const span = useSpan()
  const { deadlineAt, paidAt = null, agreed = false } = order
  const at = stepTargets({ paidAt, deadlineAt, agreed }, hours)[step]
  const left = at - now
  const [due, today] = [shopTime(at, shopClock), shopTime(now, shopClock)]
  const time = due.slice(0, 10) === today.slice(0, 10) ? due.slice(11) : due.slice(5)
  const words = left < 0 ? t('due.late', { left: span(-left) }) : t('due.left', { left: span(left) })
  return (
    <small
      className={left < 0 ? 'under step-due step-due-late' : 'under step-due'}
      data-step={step}
      data-late={left < 0}
    >
      {t(`due.step.${step}`, { time })} · {words}
    </small>
  )
}
