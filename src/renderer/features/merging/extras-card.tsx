import { Button, Input, InputNumber } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { normaliseCode } from '../../../shared/base/text.ts'
import { type ExtraLine, extraLineNo } from '../../../shared/domain/orders/extras.ts'
import { skuTitle } from '../../../shared/domain/catalogue/sku.ts'
import type { DemandRow, OrderRow, SkuRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { Panel, Tag } from '../../ui/small-parts.tsx'
import { useDispatchCommand } from './use-dispatch-command.ts'

/** Gifts and samples that go into the parcel; open orders can be given more (ORD-8). */
export function ExtrasCard({ order }: { order: OrderRow }): ReactElement | null {
  const { t } = useTranslation('dispatch')
  const { database } = useStation()
  const run = useDispatchCommand()
  const lines = order.extras?.lines ?? []
  const isOpen = order.queue === 'open'
  const known = useLiveQuery(async () => {
    const [skus, demand] = await Promise.all([
      database.skus.bulkGet(lines.map((line) => line.skuCode)),
      database.demand.where('orderId').equals(order.orderId).toArray(),
    ])
    return { skus, demand }
  }, [database, order])
  if (!isOpen && lines.length === 0) return null
  const set = (next: readonly ExtraLine[]): Promise<boolean> =>
    run({ type: 'SetExtras', orderId: order.orderId, lines: next })
  return (
    <Panel title={t('extras.title')}>
      {lines.length === 0 ? (
        <p className="dispatch-quiet">{t('extras.none')}</p>
      ) : (
        <ul className="rows">
          {lines.map((line, index) => (
            <ExtraRow
              key={line.skuCode}
              line={line}
              sku={known?.skus[index]}
              demand={known?.demand.find((row) => row.lineNo === extraLineNo(index))}
              onRemove={isOpen ? () => void set(lines.filter((other) => other !== line)) : null}
            />
          ))}
        </ul>
      )}
      {isOpen && <AddExtra onAdd={(line) => set([...lines, line])} />}
    </Panel>
  )
}

interface ExtraRowProps {
  readonly line: ExtraLine
  readonly sku: SkuRow | undefined
  /** Absent once the order is closed. */
  readonly demand: DemandRow | undefined
  readonly onRemove: (() => void) | null
}

function ExtraRow({ line, sku, demand, onRemove }: ExtraRowProps): ReactElement {
  const { t } = useTranslation('dispatch')
  const short = demand?.shortQuantity ?? 0
  return (
    <li data-extra={line.skuCode} data-short={short}>
      <span>
        <b>{sku ? skuTitle(sku) : line.skuCode}</b>
        <small>{line.skuCode}</small>
        {short > 0 && <Tag tone="warn">{t('extras.short', { count: short })}</Tag>}
        {demand && short === 0 && <Tag tone="ok">{t('extras.ready')}</Tag>}
      </span>
      <span className="rows-end">
        <b>× {line.quantity}</b>
        {onRemove && (
          <button type="button" className="aside-close" data-action="remove-extra" onClick={onRemove}>
            {t('extras.remove')}
          </button>
        )}
      </span>
    </li>
  )
}

function AddExtra({ onAdd }: { onAdd: (line: ExtraLine) => Promise<boolean> }): ReactElement {
  const { t } = useTranslation('dispatch')
  const { database } = useStation()
  const [code, setCode] = useState('')
  const [quantity, setQuantity] = useState(1)
  const [unknown, setUnknown] = useState<string | null>(null)
  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const wanted = normaliseCode(code)
    if (wanted === '') return
    const sku =
      (await database.skus.get(wanted)) ?? (await database.skus.where('codes').equals(wanted).first())
    setUnknown(sku ? null : code.trim())
    if (sku && (await onAdd({ skuCode: sku.code, quantity }))) setCode('')
  }
  return (
    <form className="dispatch-form" onSubmit={(event) => void add(event)}>
      <p className="dispatch-quiet">{t('extras.what')}</p>
      <div className="dispatch-extra">
        <Input
          data-scan-target=""
          name="extraCode"
          aria-label={t('extras.code')}
          placeholder={t('extras.code')}
          autoComplete="off"
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
        <InputNumber
          name="extraQuantity"
          aria-label={t('extras.quantity')}
          min={1}
          max={1000}
          precision={0}
          value={quantity}
          onChange={(value) => setQuantity(value ?? 1)}
        />
        <Button htmlType="submit" data-action="add-extra" disabled={code.trim() === ''}>
          {t('extras.add')}
        </Button>
      </div>
      {unknown !== null && <Tag tone="stop">{t('extras.unknown', { code: unknown })}</Tag>}
    </form>
  )
}
