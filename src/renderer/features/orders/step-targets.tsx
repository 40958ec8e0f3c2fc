import { useLiveQuery } from '../../data/use-live-query.ts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { type Step, STEPS, stepHoursOf, stepTargets } from '../../../shared/domain/orders/deadline.ts'
import { noteOf, paidAtOf } from '../../../shared/domain/orders/desk.ts'
import { ORDER_SETTINGS } from '../../../shared/domain/orders/order-settings.ts'
import type { DemandRow, OrderRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { DefinitionList, Panel, Tag } from '../../ui/small-parts.tsx'
import { useFigures } from '../office/use-figures.ts'

interface StepTargetsProps {
  readonly order: OrderRow
  readonly demand: readonly DemandRow[]
  readonly now: number
}

/** ORD-3: by when each step of an open order shall be done; what is done is not late any more. */
export function StepTargets({ order, demand, now }: StepTargetsProps): ReactElement | null {
  const { t } = useTranslation('orders')
  const { database } = useStation()
  const figures = useFigures()
  const hours = useLiveQuery(
    async () => stepHoursOf((await database.settings.get(ORDER_SETTINGS.stepHours))?.value ?? {}),
    [database],
  )
  if (order.queue !== 'open' || !hours) return null
  const agreed = noteOf(order)?.shipBy != null
  const targets = stepTargets({ paidAt: paidAtOf(order), deadlineAt: order.deadlineAt, agreed }, hours)
  const isDone = (step: Step): boolean => step === 'pick' && isPicked(demand)
  return (
    <Panel title={t('steps.title')}>
      <DefinitionList
        items={STEPS.map((step) => ({
          name: t(`steps.${step}`),
          value: (
            <span data-step={step} data-late={targets[step] < now && !isDone(step)}>
              {t('steps.by', { at: figures.shortTime(targets[step], now) })}{' '}
              {targets[step] < now && !isDone(step) && <Tag tone="stop">{t('steps.late')}</Tag>}
            </span>
          ),
        }))}
      />
    </Panel>
  )
}

/** Every piece is in the order's cart. */
const isPicked = (demand: readonly DemandRow[]): boolean =>
  demand.length > 0 &&
  demand.every(
    ({ allocated, shortQuantity }) =>
      shortQuantity === 0 && allocated.every(({ place }) => place.startsWith('cart:')),
  )
