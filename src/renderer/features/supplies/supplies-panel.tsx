import { App, Button } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isSupplyLow, supplyDaysLeft, supplyLeft } from '../../../shared/domain/supplies/supply.ts'
import type { SupplyRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { BigNumber, Note, Panel, Tag } from '../../ui/small-parts.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { useFigures } from '../office/use-figures.ts'
import { useIsManager } from '../office/use-person.ts'
import { CountForm, SupplyForm } from './supply-form.tsx'
import { useSupplyWords } from './supply-words.ts'
import { usePace, useSupplies } from './use-supplies.ts'
import './supplies.css'

type Open =
  | { readonly what: 'edit'; readonly supply: SupplyRow | null }
  | { readonly what: 'delivery' | 'count'; readonly supply: SupplyRow }

/** What a shop has at least: the label on every parcel, a bag around it, some tape. Tape in centimetres. */
const USUAL = [
  { supplyId: 'waybill', unit: 'sheet', perParcel: 1, perReprint: 1, warnBelow: 200 },
  { supplyId: 'bag', unit: 'piece', perParcel: 1, perReprint: 0, warnBelow: 100 },
  { supplyId: 'tape', unit: 'cm', perParcel: 60, perReprint: 0, warnBelow: 10_000 },
] as const

/** Packing supplies: how much is left, for how long, and what came in (LBL-6). */
export function SuppliesPanel(): ReactElement {
  const { t } = useTranslation('labels')
  const { message } = App.useApp()
  const { run } = useStation()
  const manager = useIsManager()
  const supplies = useSupplies()
  const [open, setOpen] = useState<Open | null>(null)
  const close = (): void => setOpen(null)
  const addUsual = async (): Promise<void> => {
    for (const usual of USUAL) {
      const supply = { ...usual, name: t(`supplies.usual.${usual.supplyId}`), active: true }
      const { answer } = await run({ type: 'SaveSupply', supply })
      if (answer.tag !== 'done') return void message.error(t('supplies.managerWanted'))
    }
  }
  const add = (
    <Button
      data-action="add-supply"
      disabled={!manager}
      onClick={() => setOpen({ what: 'edit', supply: null })}
    >
      {t('supplies.add')}
    </Button>
  )
  const isEmpty = supplies?.length === 0
  return (
    <Panel title={t('supplies.title')} extra={isEmpty ? undefined : add}>
      <p className="supply-lead">{t('supplies.lead')}</p>
      {isEmpty && (
        <EmptyState
          icon="pack"
          title={t('supplies.empty.title')}
          action={
            <span className="supply-actions">
              <Button
                type="primary"
                data-action="add-usual-supplies"
                disabled={!manager}
                onClick={() => void addUsual()}
              >
                {t('supplies.addUsual')}
              </Button>
              {add}
            </span>
          }
        >
          {t('supplies.empty.words')}
        </EmptyState>
      )}
      <ul className="supply-cards">
        {supplies?.map((supply) => (
          <SupplyCard key={supply.supplyId} supply={supply} manager={manager} onOpen={setOpen} />
        ))}
      </ul>
      {open?.what === 'edit' && <SupplyForm supply={open.supply} onClose={close} />}
      {(open?.what === 'delivery' || open?.what === 'count') && (
        <CountForm supply={open.supply} why={open.what} onClose={close} />
      )}
    </Panel>
  )
}

interface SupplyCardProps {
  readonly supply: SupplyRow
  readonly manager: boolean
  readonly onOpen: (open: Open) => void
}

function SupplyCard({ supply, manager, onOpen }: SupplyCardProps): ReactElement {
  const { t } = useTranslation('labels')
  const words = useSupplyWords()
  const figures = useFigures()
  const { unit, lastCount, active } = supply
  const left = supplyLeft(supply)
  const low = isSupplyLow(supply)
  const counted = lastCount
    ? t('supplies.lastCount', {
        when: figures.time(lastCount.at).slice(5, 10),
        figure: words.amount(lastCount.counted, unit),
      })
    : t('supplies.neverCounted')
  const used =
    unit === 'cm'
      ? `${figures.number(supply.perParcel)} ${t('supplies.cm')}`
      : words.amount(supply.perParcel, unit)
  const facts = [
    supply.perParcel > 0 ? t('supplies.perParcel', { figure: used }) : t('supplies.notByParcel'),
    t('supplies.warnAt', { figure: words.amount(supply.warnBelow, unit) }),
    counted,
  ]
  return (
    <li
      className={low ? 'supply-card supply-low' : 'supply-card'}
      data-supply={supply.supplyId}
      data-left={left}
    >
      <header>
        <b>{supply.name}</b>
        {low && (
          <Tag tone={left <= 0 ? 'stop' : 'warn'}>{t(left <= 0 ? 'supplies.daysGone' : 'supplies.low')}</Tag>
        )}
        {!active && <Tag>{t('supplies.off')}</Tag>}
      </header>
      <BigNumber
        value={figures.number(Math.max(0, unit === 'cm' ? Math.round(left / 10) / 10 : left))}
        unit={t(`supplies.unit.${unit}`)}
      />
      {active && <DaysLeft supply={supply} />}
      {left < 0 && <Note tone="stop">{t('supplies.leftMinus', { figure: words.amount(-left, unit) })}</Note>}
      <small>{facts.join(' · ')}</small>
      <div className="supply-actions">
        <Button data-action="supply-delivery" onClick={() => onOpen({ what: 'delivery', supply })}>
          {t('supplies.delivery')}
        </Button>
        <Button data-action="supply-count" onClick={() => onOpen({ what: 'count', supply })}>
          {t('supplies.count')}
        </Button>
        <Button
          type="text"
          data-action="edit-supply"
          disabled={!manager}
          onClick={() => onOpen({ what: 'edit', supply })}
        >
          {t('supplies.edit')}
        </Button>
      </div>
    </li>
  )
}

function DaysLeft({ supply }: { supply: SupplyRow }): ReactElement | null {
  const { t } = useTranslation('labels')
  const pace = usePace()
  const days = supplyDaysLeft(supply, pace)
  if (supply.perParcel === 0) return null
  return (
    <p className="supply-days" data-days-left={days ?? ''}>
      {days === null ? t('supplies.noPace') : days === 0 ? null : t('supplies.days', { count: days })}
    </p>
  )
}
