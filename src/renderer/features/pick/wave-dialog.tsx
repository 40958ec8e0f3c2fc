import { App, Checkbox, InputNumber, Modal, Select } from 'antd'
import { type ReactElement, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  chooseWave,
  splitIntoBatches,
  type WaveChoice,
  type WaveOrder,
} from '../../../shared/domain/picking/batches.ts'
import { courierName } from '../../../shared/domain/shipping/couriers.ts'
import { shopDayEnd } from '../../../shared/domain/orders/deadline.ts'
import { MOST_WAVE_ORDERS, WAVE_TABLES, waveOrders } from '../../../shared/station/areas/pick-wave.ts'
import { useStation } from '../../app/station-app.ts'
import { Note } from '../../ui/small-parts.tsx'
import { PickField } from './pick-field.tsx'
import './pick.css'

/** A wave that is made without a put-wall setting is split like this. */
const USUAL_SIZE = 12

/** PIK-1: which orders make a wave, and how many batches come of it. */
export function WaveDialog({ size: usual, onClose }: { size: number; onClose: () => void }): ReactElement {
  const { t } = useTranslation('picking')
  const { message } = App.useApp()
  const station = useStation()
  const [orders, setOrders] = useState<readonly WaveOrder[] | null>(null)
  const [choice, setChoice] = useState<WaveChoice>({ courier: null, dueBy: null, zone: null, single: false })
  const [size, setSize] = useState(usual > 1 ? usual : USUAL_SIZE)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    const found = station.store.read(WAVE_TABLES, (tx) => waveOrders(tx, { at: Date.now(), accounts: [] }))
    void found.then(setOrders, () => setOrders([]))
  }, [station])
  const wave = chooseWave(orders ?? [], choice)
  const batches = splitIntoBatches(wave, size)
  const make = async (): Promise<void> => {
    setBusy(true)
    const planned = batches.map((batch) => ({
      orderIds: batch.map((order) => order.orderId),
      heap: choice.single,
    }))
    const tag = await station.run({ type: 'PlanWave', batches: planned }).then(
      ({ answer }) => answer.tag,
      () => 'failed',
    )
    setBusy(false)
    if (tag !== 'done') return void message.error(t('plan.failed'))
    void message.success(t('plan.done', { count: batches.length }))
    onClose()
  }
  return (
    <Modal
      open
      centered
      title={t('plan.title')}
      okText={t('plan.make')}
      cancelText={t('plan.cancel')}
      okButtonProps={{
        'data-action': 'make-wave',
        disabled: wave.length === 0,
        loading: busy,
        size: 'large',
      }}
      cancelButtonProps={{ size: 'large' }}
      onOk={() => void make()}
      onCancel={onClose}
    >
      <div className="pick-form">
        <WaveFilters orders={orders ?? []} choice={choice} onChange={setChoice} />
        <PickField label={t('plan.size')} id="pick-size">
          <InputNumber
            id="pick-size"
            name="waveSize"
            size="large"
            min={1}
            max={60}
            precision={0}
            value={size}
            onChange={(value) => setSize(value ?? USUAL_SIZE)}
          />
        </PickField>
        <output className="pick-counts" data-wave-orders={wave.length} data-wave-batches={batches.length}>
          {wave.length === 0 && orders !== null
            ? t('plan.none')
            : t('plan.counts', {
                orders: `${wave.length}`,
                pieces: `${wave.reduce((sum, order) => sum + order.pieces, 0)}`,
                batches: `${batches.length}`,
              })}
        </output>
        {(orders?.length ?? 0) >= MOST_WAVE_ORDERS && (
          <Note>{t('plan.most', { count: MOST_WAVE_ORDERS })}</Note>
        )}
      </div>
    </Modal>
  )
}

interface WaveFiltersProps {
  readonly orders: readonly WaveOrder[]
  readonly choice: WaveChoice
  readonly onChange: (choice: WaveChoice) => void
}

const ALL = ''

/** Courier, zone, deadline, single pieces: each with how many orders it would leave. */
function WaveFilters({ orders, choice, onChange }: WaveFiltersProps): ReactElement {
  const { t } = useTranslation('picking')
  const { shopClock } = useStation().env
  const counted = (part: Partial<WaveChoice>): number => chooseWave(orders, { ...choice, ...part }).length
  const option = (value: string, words: string, count: number) => ({ value, label: `${words} · ${count}` })
  const couriers = [...new Set(orders.map((order) => order.courier))].sort()
  const zones = [...new Set(orders.flatMap((order) => order.zones))].sort()
  return (
    <>
      <PickField label={t('plan.courier')} id="pick-courier">
        <Select
          size="large"
          id="pick-courier"
          data-field="courier"
          value={choice.courier ?? ALL}
          onChange={(value) => onChange({ ...choice, courier: value === ALL ? null : value })}
          options={[
            option(ALL, t('plan.all'), counted({ courier: null })),
            ...couriers.map((courier) => option(courier, courierName(courier), counted({ courier }))),
          ]}
        />
      </PickField>
      <PickField label={t('plan.zone')} id="pick-zone">
        <Select
          size="large"
          id="pick-zone"
          data-field="zone"
          value={choice.zone ?? ALL}
          onChange={(value) => onChange({ ...choice, zone: value === ALL ? null : value })}
          options={[
            option(ALL, t('plan.all'), counted({ zone: null })),
            ...zones.map((zone) => option(zone, zone, counted({ zone }))),
          ]}
        />
      </PickField>
      <Checkbox
        name="dueToday"
        checked={choice.dueBy !== null}
        onChange={({ target }) =>
          onChange({ ...choice, dueBy: target.checked ? shopDayEnd(Date.now(), shopClock) : null })
        }
      >
        {t('plan.dueToday')}
      </Checkbox>
      <Checkbox
        name="single"
        checked={choice.single}
        onChange={({ target }) => onChange({ ...choice, single: target.checked })}
      >
        {t('plan.single')}
      </Checkbox>
    </>
  )
}
