import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { hashOfRoute } from '../../app/use-route.ts'
import { DefinitionList, Tag } from '../../ui/small-parts.tsx'
import { useFigures } from '../office/use-figures.ts'
import { usePlaceWords } from '../office/use-place-words.ts'
import { MovementTable } from '../stock/movement-table.tsx'
import type { Sides } from './case-sides.ts'

/** A place below zero: what the ledger says, and the movements that made it. */
export function BalanceSide({ sides }: { sides: Extract<Sides, { of: 'balance' }> }): ReactElement | null {
  const { t } = useTranslation('safety')
  const figures = useFigures()
  const words = usePlaceWords()
  const { balance, key, counting } = sides
  if (balance === null) return null
  const { skuCode, place, quantity } = balance
  return (
    <>
      <div className="sides">
        <article className="side side-doubtful" data-side={key}>
          <DefinitionList
            items={[
              { name: t('cases.place'), value: words.place(place) },
              {
                name: t('cases.sku'),
                value: <a href={hashOfRoute('stock', ['sku', skuCode, key])}>{skuCode}</a>,
              },
              { name: t('cases.quantity'), value: <Tag tone="stop">{figures.number(quantity)}</Tag> },
            ]}
          />
        </article>
        <div className="suggestion" data-suggestion="countPlace">
          <b>{t('cases.suggestion')}</b>
          <p>{t('cases.oversoldTodo', { place: words.place(place) })}</p>
          {counting && <p>{t('cases.counting')}</p>}
        </div>
      </div>
      <MovementTable scope={{ of: 'balance', skuCode, key }} title={t('cases.movements')} />
    </>
  )
}
