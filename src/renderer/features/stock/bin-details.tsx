import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BalanceRow, SkuRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { hashOfRoute } from '../../app/use-route.ts'
import { Panel, Tag } from '../../ui/small-parts.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { goodsTitle } from '../office/goods.tsx'
import { DetailsEditor } from '../office/details-editor.tsx'
import { AsideHead } from '../office/office-page.tsx'
import { usePlaceWords } from '../office/use-place-words.ts'
import { Fill } from './bin-table.tsx'
import { DoubtTag } from './doubt-tag.tsx'
import { FigureButton } from './figure-button.tsx'
import { MovementTable } from './movement-table.tsx'
import { balanceWords } from './stock-details.tsx'
import { loadBins } from './stock-readers.ts'

/** What is in a bin (PUT-4); each figure opens into its movements. */
export function BinDetails({ code, onClose }: { code: string; onClose: () => void }): ReactElement | null {
  const { database } = useStation()
  const { t } = useTranslation('office')
  const [chosen, setChosen] = useState<BalanceRow | null>(null)
  const found = useLiveQuery(async () => {
    const bin = await database.bins.get(code)
    const [stock] = bin ? await loadBins(database, [bin]) : []
    const skus = await database.skus.bulkGet((stock?.balances ?? []).map((row) => row.skuCode))
    return { stock, skus: new Map(skus.flatMap((sku) => (sku ? [[sku.code, sku] as const] : []))) }
  }, [database, code])
  if (found === undefined) return null
  const { stock, skus } = found
  if (stock === undefined)
    return (
      <AsideHead kind={t('bin.bin')} title={code} onClose={onClose}>
        <EmptyState icon="putaway" title={t('bin.unknown')} />
      </AsideHead>
    )
  return (
    <>
      <AsideHead kind={t('bin.bin')} title={code} sub={stock.bin.category || undefined} onClose={onClose}>
        <div className="aside-actions">
          <Tag>{t(`binKind.${stock.bin.kind}`)}</Tag>
          <Fill stock={stock} />
        </div>
      </AsideHead>
      <DetailsEditor thing="bin" thingKey={stock.bin.code} fields={['name', 'note']} />
      <Panel title={t('bin.inside')}>
        {stock.balances.length === 0 && <span>{t('bin.nothing')}</span>}
        <ul className="rows">
          {stock.balances.map((row) => (
            <Content
              key={row.key}
              row={row}
              sku={skus.get(row.skuCode)}
              pressed={chosen?.key === row.key}
              onOpen={() => setChosen(row)}
            />
          ))}
        </ul>
      </Panel>
      {chosen !== null && (
        <MovementTable
          scope={{ of: 'balance', skuCode: chosen.skuCode, key: chosen.key }}
          title={`${t('stock.movements')} · ${chosen.skuCode}`}
        />
      )}
    </>
  )
}

interface ContentProps {
  readonly row: BalanceRow
  readonly sku: SkuRow | undefined
  readonly pressed: boolean
  readonly onOpen: () => void
}

function Content({ row, sku, pressed, onOpen }: ContentProps): ReactElement {
  const words = usePlaceWords()
  const title = sku ? goodsTitle(sku) : row.skuCode
  return (
    <li>
      <span>
        <a href={hashOfRoute('stock', ['sku', row.skuCode])}>{title}</a>
        <small>{balanceWords(row, words.condition)}</small>
        <DoubtTag row={row} />
      </span>
      <FigureButton name="balance" value={row.quantity} label={title} pressed={pressed} onOpen={onOpen} />
    </li>
  )
}
