import { Button, InputNumber } from 'antd'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type MeasuredCategory,
  measuredCategory,
} from '../../../shared/domain/catalogue/measured-category.ts'
import type { OrderLine } from '../../../shared/domain/orders/order.ts'
import { suggestWaistMm } from '../../../shared/formats/message-hints.ts'
import type { DemandRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { hashOfRoute } from '../../app/use-route.ts'
import { Panel, Tag } from '../../ui/small-parts.tsx'
import { goodsTitle } from '../office/goods.tsx'
import { usePlaceWords } from '../office/use-place-words.ts'
import type { FullOrder } from './order-details.tsx'

/** What the order wants, which bins it gets it from, and the measure that has to be asked for (ORD-6). */
export function OrderLines({ full }: { full: FullOrder }): ReactElement {
  const { t } = useTranslation('office')
  const { order, demand } = full
  return (
    <Panel title={t('order.lines')}>
      <ul className="rows">
        {order.platform?.lines.map((line) => (
          <Line
            key={line.lineNo}
            full={full}
            line={line}
            demand={demand.find((row) => row.lineNo === line.lineNo) ?? null}
          />
        ))}
      </ul>
    </Panel>
  )
}

interface LineProps {
  readonly full: FullOrder
  readonly line: OrderLine
  readonly demand: DemandRow | null
}

function Line({ full, line, demand }: LineProps): ReactElement {
  const { t } = useTranslation('office')
  const sku = full.skus.get(line.skuCode)
  const category = measuredCategory(sku?.category ?? '')
  const wanted = full.order.wanted[line.lineNo]?.measureMm ?? null
  return (
    <li data-line={line.lineNo}>
      <span>
        {sku ? (
          <a href={hashOfRoute('stock', ['sku', sku.code])}>{goodsTitle(sku)}</a>
        ) : (
          <b>{line.title || line.skuCode}</b>
        )}
        <small>{line.attributes || line.skuCode}</small>
        {wanted !== null && <Tag tone="ok">{t('order.waist', { mm: String(wanted) })}</Tag>}
        {!sku && <Tag tone="warn">{t('orderState.unknownSku')}</Tag>}
      </span>
      <span className="rows-end">
        <b>× {line.quantity}</b>
        <Allocation demand={demand} />
      </span>
      {demand !== null && category !== null && (
        <ConfirmMeasure full={full} line={line} category={category} wanted={wanted} />
      )}
    </li>
  )
}

function Allocation({ demand }: { demand: DemandRow | null }): ReactElement | null {
  const { t } = useTranslation('office')
  const words = usePlaceWords()
  if (demand === null) return null
  return (
    <>
      {demand.allocated.map((supply) => (
        <small key={`${supply.place} ${supply.measureMm}`}>
          {words.place(supply.place)} × {supply.quantity}
          {supply.measureMm !== null && ` · ${supply.measureMm} mm`}
        </small>
      ))}
      {demand.shortQuantity > 0 && (
        <small>
          <Tag tone="warn">{t('order.short', { number: String(demand.shortQuantity) })}</Tag>
        </small>
      )}
    </>
  )
}

interface ConfirmProps {
  readonly full: FullOrder
  readonly line: OrderLine
  readonly category: MeasuredCategory
  readonly wanted: number | null
}

/** ORD-6: a figure read from the buyer's message is a suggestion; it counts once a person has confirmed it. */
function ConfirmMeasure({ full, line, category, wanted }: ConfirmProps): ReactElement {
  const station = useStation()
  const { t } = useTranslation('office')
  const suggested = suggestWaistMm(full.order.platform?.message ?? '')
  const [measureMm, setMeasureMm] = useState<number | null>(wanted ?? suggested)
  const [problem, setProblem] = useState(false)
  const { minMm, maxMm } = category
  const inRange = measureMm !== null && measureMm >= minMm && measureMm <= maxMm
  const confirm = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (!inRange) return setProblem(true)
    const { orderId } = full.order
    const { answer } = await station.run({ type: 'ConfirmWanted', orderId, lineNo: line.lineNo, measureMm })
    setProblem(answer.tag !== 'done')
  }
  return (
    <form className="confirm-measure" onSubmit={(event) => void confirm(event)}>
      <InputNumber
        name="wantedMm"
        aria-label={t('order.wantedMm')}
        suffix="mm"
        min={0}
        max={9999}
        precision={0}
        value={measureMm}
        onChange={setMeasureMm}
      />
      <Button
        htmlType="submit"
        data-action="confirm-wanted"
        type={wanted === null ? 'primary' : 'default'}
        disabled={measureMm === wanted}
      >
        {t(wanted === null ? 'order.confirmWaist' : 'order.changeWaist')}
      </Button>
      <small>
        {wanted === null && suggested !== null && `${t('order.suggested', { mm: String(suggested) })} `}
        {wanted === null && suggested === null && `${t('order.askBuyer')} `}
      </small>
      {problem && (
        <Tag tone="stop">{t('order.outOfRange', { minMm: String(minMm), maxMm: String(maxMm) })}</Tag>
      )}
    </form>
  )
}
