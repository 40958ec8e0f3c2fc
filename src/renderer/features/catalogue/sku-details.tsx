import { Button } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { measuredCategory } from '../../../shared/domain/catalogue/measured-category.ts'
import { printableCodeOf } from '../../../shared/domain/catalogue/sku.ts'
import { binOfPlace, isOutside } from '../../../shared/ledger/place.ts'
import type { BalanceRow, SkuRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { hashOfRoute } from '../../app/use-route.ts'
import { DefinitionList, Key, Note, Panel, Tag } from '../../ui/small-parts.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { goodsTitle } from '../office/goods.tsx'
import { LabelPreview } from '../office/label-preview.tsx'
import { DetailsEditor } from '../office/details-editor.tsx'
import { AsideHead } from '../office/office-page.tsx'
import { useFigures } from '../office/use-figures.ts'
import { usePlaceWords } from '../office/use-place-words.ts'
import { printSkuLabel, skuLabel } from './print-sku-label.ts'

/** Everything the station knows of one SKU, where it stands, and its label. */
export function SkuDetails({ code, onClose }: { code: string; onClose: () => void }): ReactElement | null {
  const { database } = useStation()
  const { t } = useTranslation('office')
  const found = useLiveQuery(async () => ({ sku: await database.skus.get(code) }), [database, code])
  if (found === undefined) return null
  if (found.sku === undefined)
    return (
      <AsideHead kind={t('goods.goods')} title={code} onClose={onClose}>
        <EmptyState icon="catalogue" title={t('goods.unknown')} />
      </AsideHead>
    )
  return <KnownSku key={code} sku={found.sku} onClose={onClose} />
}

function KnownSku({ sku, onClose }: { sku: SkuRow; onClose: () => void }): ReactElement {
  const { t } = useTranslation('office')
  const figures = useFigures()
  const price = (fen: number | null) => figures.yuan(fen)
  const codes = sku.codes.filter((code) => code !== sku.code)
  return (
    <>
      <AsideHead kind={t('goods.goods')} title={goodsTitle(sku)} sub={sku.name} onClose={onClose}>
        <div className="aside-actions">
          {sku.fragile && <Tag tone="warn">{t('goods.fragile')}</Tag>}
          {measuredCategory(sku.category) !== null && <Tag>{t('goods.measured')}</Tag>}
        </div>
      </AsideHead>
      <Panel title={t('goods.fields')}>
        <DefinitionList
          items={[
            { name: t('goods.code'), value: <span className="mono">{sku.display}</span> },
            { name: t('goods.item'), value: sku.item || '—' },
            { name: t('goods.category'), value: sku.category || '—' },
            { name: t('goods.colour'), value: sku.colour || '—' },
            { name: t('goods.size'), value: sku.size || '—' },
            { name: t('goods.material'), value: sku.material || '—' },
            { name: t('goods.weight'), value: figures.grams(sku.weightGrams) },
            { name: t('goods.chartMeasure'), value: figures.millimetres(sku.measureMm) },
            { name: t('goods.codes'), value: codes.length === 0 ? '—' : <Codes codes={codes} /> },
          ]}
        />
      </Panel>
      <Panel title={t('goods.prices')}>
        <DefinitionList
          items={[
            { name: t('goods.dailyPrice'), value: price(sku.dailyPriceFen) },
            { name: t('goods.promoPrice'), value: price(sku.promoPriceFen) },
            { name: t('goods.floorPrice'), value: price(sku.floorPriceFen) },
            { name: t('goods.cost'), value: price(sku.costFen) },
          ]}
        />
      </Panel>
      <DetailsEditor thing="sku" thingKey={sku.code} fields={['note']} />
      <WhereIsIt skuCode={sku.code} />
      <PrintLabel sku={sku} />
    </>
  )
}

function Codes({ codes }: { codes: readonly string[] }): ReactElement {
  return (
    <>
      {codes.map((code) => (
        <div key={code} className="mono">
          {code}
        </div>
      ))}
    </>
  )
}

/** PUT-4: SKU → bins, and the other places of the house. */
function WhereIsIt({ skuCode }: { skuCode: string }): ReactElement {
  const { database } = useStation()
  const { t } = useTranslation('office')
  const figures = useFigures()
  const words = usePlaceWords()
  const rows = useLiveQuery(
    () => database.balances.where('skuCode').equals(skuCode).toArray(),
    [database, skuCode],
  )
  const inside = (rows ?? []).filter((row) => !isOutside(row.place))
  return (
    <Panel
      title={t('goods.where')}
      extra={<a href={hashOfRoute('stock', ['sku', skuCode])}>{t('goods.openStock')}</a>}
    >
      {inside.length === 0 && <span>{t('goods.nowhere')}</span>}
      <ul className="rows">
        {inside.map((row) => (
          <li key={row.key}>
            <span>
              <b>{words.place(row.place)}</b>
              <small>{detailOf(row, words.condition)}</small>
            </span>
            <b className="rows-end">{figures.number(row.quantity)}</b>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function detailOf(row: BalanceRow, conditionWord: (condition: BalanceRow['condition']) => string): string {
  const measure = row.measureMm === null ? [] : [`${row.measureMm} mm`]
  const condition = row.condition === 'good' && binOfPlace(row.place) ? [] : [conditionWord(row.condition)]
  return [...measure, ...condition].join(' · ')
}

type Printing = 'idle' | 'busy' | 'failed' | { readonly code: string }

function PrintLabel({ sku }: { sku: SkuRow }): ReactElement {
  const station = useStation()
  const { t } = useTranslation('office')
  const [state, setState] = useState<Printing>('idle')
  const code = printableCodeOf(sku.codes)
  const print = async (): Promise<void> => {
    setState('busy')
    try {
      const printed = await printSkuLabel(station, sku)
      setState(printed === null ? 'failed' : { code: printed })
    } catch {
      setState('failed')
    }
  }
  return (
    <Panel title={t('goods.label')}>
      {code !== null && <LabelPreview document={skuLabel(sku, code)} alt={t('goods.label')} />}
      {code === null && <p>{t('goods.noPrintableCode')}</p>}
      <div className="aside-actions">
        <Button
          data-action="print-sku-label"
          loading={state === 'busy'}
          type="primary"
          onClick={() => void print()}
        >
          {t('goods.printLabel')}
        </Button>
      </div>
      {typeof state === 'object' && (
        <Note tone="ok">
          {t('goods.labelPrinted')} <Key>{state.code}</Key>
        </Note>
      )}
      {state === 'failed' && <Note tone="stop">{t('goods.labelFailed')}</Note>}
    </Panel>
  )
}
