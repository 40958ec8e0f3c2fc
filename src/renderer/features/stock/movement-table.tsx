import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStation } from '../../app/station-app.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Panel } from '../../ui/small-parts.tsx'
import { useFigures } from '../office/use-figures.ts'
import { useNow } from '../office/use-now.ts'
import { usePlaceWords } from '../office/use-place-words.ts'
import { type MovementScope, type TracedMovement, traceMovements } from './stock-figures.ts'

const KNOWN_EVENTS = [
  'GoodsReceived',
  'GoodsPutAway',
  'OrderPicked',
  'PiecesReturned',
  'ParcelFinished',
  'ParcelVoided',
  'ParcelsHandedOver',
] as const

/** STK-5: the movements behind a figure, newest first; their changes add up to it. */
export function MovementTable({ scope, title }: { scope: MovementScope; title: string }): ReactElement {
  const { database } = useStation()
  const { t } = useTranslation('office')
  const figures = useFigures()
  const key = JSON.stringify(scope)
  const traced = useLiveQuery(async () => {
    const wanted: MovementScope = JSON.parse(key)
    const rows = await (wanted.of === 'balance'
      ? database.movements.where('keys').equals(wanted.key)
      : database.movements.where('skuCode').equals(wanted.skuCode)
    ).toArray()
    return traceMovements(rows, wanted)
  }, [database, key])
  const total = traced?.[0]?.after ?? 0
  return (
    <Panel
      title={title}
      extra={
        <span data-movement-sum={total}>
          {t('stock.movementSum', { sum: figures.number(total), count: traced?.length ?? 0 })}
        </span>
      }
    >
      <div className="movement-table">
        <DataTable
          name="movements"
          columns={useColumns()}
          rows={traced ?? []}
          rowKey={({ movement }) => movement.id}
          rowHeightPx={60}
          loading={traced === undefined}
          empty={t('stock.noMovements')}
        />
      </div>
    </Panel>
  )
}

function useColumns(): readonly Column<TracedMovement>[] {
  const { t } = useTranslation('office')
  const figures = useFigures()
  const words = usePlaceWords()
  const now = useNow(60_000)
  return useMemo(
    () => [
      {
        key: 'what',
        title: t('movement.what'),
        render: ({ movement }) => {
          const known = KNOWN_EVENTS.find((type) => type === movement.type)
          return (
            <>
              {known ? t(`event.${known}`) : movement.type} {figures.shortTime(movement.at, now)}
              <span className="cell-sub">
                {words.place(movement.from)} → {words.place(movement.to)}
              </span>
            </>
          )
        },
      },
      {
        key: 'change',
        title: t('movement.change'),
        width: 62,
        align: 'end',
        render: ({ change }) => <b>{change > 0 ? `+${figures.number(change)}` : figures.number(change)}</b>,
      },
      {
        key: 'after',
        title: t('movement.after'),
        width: 62,
        align: 'end',
        render: ({ after }) => figures.number(after),
      },
    ],
    [t, figures, words, now],
  )
}
