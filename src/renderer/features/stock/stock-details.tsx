import { useLiveQuery } from '../../data/use-live-query.ts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { BalanceRow, DemandRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { goTo, hashOfRoute } from '../../app/use-route.ts'
import { Panel } from '../../ui/small-parts.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { goodsTitle } from '../office/goods.tsx'
import { AsideHead } from '../office/office-page.tsx'
import { useFigures } from '../office/use-figures.ts'
import { usePlaceWords } from '../office/use-place-words.ts'
import { DoubtTag } from './doubt-tag.tsx'
import { FigureButton } from './figure-button.tsx'
import { MovementTable } from './movement-table.tsx'
import { FIGURES, type FigureName, type MovementScope, type SkuStock } from './stock-figures.ts'
import { loadStock } from './stock-readers.ts'

interface StockDetailsProps {
  readonly code: string
  /** A figure's name, or the key of a balance. */
  readonly detail: string | null
  readonly onClose: () => void
}

/** One SKU: its figures, where its pieces stand, and behind each figure the movements or orders that make it. */
export function StockDetails({ code, detail, onClose }: StockDetailsProps): ReactElement | null {
  const { database } = useStation()
  const { t } = useTranslation('office')
  const found = useLiveQuery(async () => {
    const sku = await database.skus.get(code)
    const demand = await database.demand.where('skuCode').equals(code).limit(500).toArray()
    const [stock] = sku ? await loadStock(database, [sku]) : []
    return { stock, demand }
  }, [database, code])
  if (found === undefined) return null
  const { stock, demand } = found
  if (stock === undefined)
    return (
      <AsideHead kind={t('goods.goods')} title={code} onClose={onClose}>
        <EmptyState icon="stock" title={t('goods.unknown')} />
      </AsideHead>
    )
  const { sku } = stock
  const shown = detail ?? 'onHand'
  const scope = scopeOf(stock, shown)
  return (
    <>
      <AsideHead kind={t('stock.title')} title={goodsTitle(sku)} sub={sku.display} onClose={onClose}>
        <FigureRow stock={stock} shown={shown} />
        <a href={hashOfRoute('catalogue', [sku.code])}>{t('stock.openCatalogue')}</a>
      </AsideHead>
      {(shown === 'allocated' || shown === 'available') && <Allocated stock={stock} demand={demand} />}
      {scope !== null && <MovementTable scope={scope} title={titleOf(t('stock.movements'), scope)} />}
      <PerBin stock={stock} shown={shown} />
    </>
  )
}

const isFigure = (name: string): name is FigureName => FIGURES.some((known) => known === name)

/** On hand stands behind "available" as well; allocated pieces come from orders, not from movements. */
function scopeOf({ sku }: SkuStock, shown: string): MovementScope | null {
  if (shown === 'allocated') return null
  if (shown === 'available') return { of: 'figure', skuCode: sku.code, figure: 'onHand' }
  if (isFigure(shown)) return { of: 'figure', skuCode: sku.code, figure: shown }
  return { of: 'balance', skuCode: sku.code, key: shown }
}

const titleOf = (words: string, scope: MovementScope): string =>
  scope.of === 'balance' ? `${words} · ${scope.key.split('|')[0]?.replace(/^bin:/, '')}` : words

const SHOWN = ['onHand', 'allocated', 'available', 'dock', 'packed', 'other'] as const

function FigureRow({ stock, shown }: { stock: SkuStock; shown: string }): ReactElement {
  const { t } = useTranslation('office')
  return (
    <ul className="rows">
      {SHOWN.map((name) => (
        <li key={name}>
          <span>
            {t(`figure.${name}`)}
            {name === 'available' && <small>{t('stock.availableIs')}</small>}
          </span>
          <FigureButton
            name={name}
            value={stock[name]}
            label={t(`figure.${name}`)}
            pressed={shown === name}
            onOpen={() => goTo('stock', ['sku', stock.sku.code, name])}
          />
        </li>
      ))}
    </ul>
  )
}

/** The orders that have been given pieces, and those that wait for some. */
function Allocated({ stock, demand }: { stock: SkuStock; demand: readonly DemandRow[] }): ReactElement {
  const { t } = useTranslation('office')
  const figures = useFigures()
  const words = usePlaceWords()
  const orders = [...demand].sort((a, b) => a.deadlineAt - b.deadlineAt)
  return (
    <Panel title={t('stock.allocatedTo', { number: figures.number(stock.allocated) })}>
      {orders.length === 0 && <span>{t('stock.nobodyWaits')}</span>}
      <ul className="rows">
        {orders.map((line) => (
          <li key={line.lineId}>
            <span>
              <a href={hashOfRoute('orders', ['all', line.orderId])}>{line.orderId.split('/').at(-1)}</a>
              <small>
                {line.allocated
                  .map((supply) => `${words.place(supply.place)} × ${supply.quantity}`)
                  .join(' · ')}
              </small>
            </span>
            <span className="rows-end">
              <b>{figures.number(line.quantity - line.shortQuantity)}</b> / {figures.number(line.quantity)}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function PerBin({ stock, shown }: { stock: SkuStock; shown: string }): ReactElement {
  const { t } = useTranslation('office')
  const words = usePlaceWords()
  return (
    <Panel title={t('stock.perPlace')}>
      {stock.balances.length === 0 && <span>{t('goods.nowhere')}</span>}
      <ul className="rows">
        {stock.balances.map((row) => (
          <li key={row.key}>
            <span>
              <b>{words.place(row.place)}</b>
              <small>{balanceWords(row, words.condition)}</small>
              <DoubtTag row={row} />
            </span>
            <FigureButton
              name="balance"
              value={row.quantity}
              label={words.place(row.place)}
              pressed={shown === row.key}
              onOpen={() => goTo('stock', ['sku', stock.sku.code, row.key])}
            />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** Measure and condition of a balance, where there is something to say. */
export function balanceWords(row: BalanceRow, condition: (name: BalanceRow['condition']) => string): string {
  const measure = row.measureMm === null ? [] : [`${row.measureMm} mm`]
  return [condition(row.condition), ...measure].join(' · ')
}
