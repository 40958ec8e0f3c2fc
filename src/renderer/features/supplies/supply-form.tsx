import { App, Checkbox, Form, Input, InputNumber, Modal, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import {
  SUPPLY_UNITS,
  type SupplySettings,
  type SupplyUnit,
  supplyLeft,
} from '../../../shared/domain/supplies/supply.ts'
import type { SupplyRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { perWritten, useSupplyWords } from './supply-words.ts'

interface SupplyFormProps {
  /** Null: a new one. */
  readonly supply: SupplyRow | null
  readonly onClose: () => void
}

interface Values {
  readonly name: string
  readonly unit: SupplyUnit
  readonly perParcel: number
  readonly perReprint: boolean
  /** In metres for what comes on a roll. */
  readonly warnBelow: number
  readonly active: boolean
  /** A bag or box that a parcel goes into. */
  readonly packing: boolean
}

const FRESH: Values = {
  name: '',
  unit: 'piece',
  perParcel: 1,
  perReprint: false,
  warnBelow: 50,
  active: true,
  packing: false,
}

const valuesOf = (row: SupplyRow): Values => ({
  name: row.name,
  unit: row.unit,
  perParcel: row.perParcel,
  perReprint: row.perReprint > 0,
  warnBelow: row.warnBelow / perWritten(row.unit),
  active: row.active,
  packing: row.packing === true,
})

/** What a supply is called, how much a parcel takes, and when to warn. */
export function SupplyForm({ supply, onClose }: SupplyFormProps): ReactElement {
  const { t } = useTranslation('labels')
  const { message } = App.useApp()
  const { env, run } = useStation()
  const [form] = Form.useForm<Values>()
  const unit = Form.useWatch('unit', form) ?? supply?.unit ?? FRESH.unit
  const save = async (values: Values): Promise<void> => {
    const settings: SupplySettings = {
      supplyId: supply?.supplyId ?? `s-${env.newId().toLowerCase().slice(0, 36)}`,
      name: values.name.trim(),
      unit: values.unit,
      perParcel: values.perParcel,
      perReprint: values.perReprint ? 1 : 0,
      warnBelow: Math.round(values.warnBelow * perWritten(values.unit)),
      active: values.active,
      packing: values.packing,
    }
    const { answer } = await run({ type: 'SaveSupply', supply: settings })
    if (answer.tag === 'done') onClose()
    else void message.error(t('supplies.managerWanted'))
  }
  const wanted = [{ required: true, whitespace: true, message: t('supplies.form.wanted') }]
  const figure = [{ required: true, message: t('supplies.form.wanted') }]
  return (
    <Modal
      open
      centered
      title={t(supply ? 'supplies.form.edit' : 'supplies.form.add')}
      okText={t('supplies.save')}
      okButtonProps={{ 'data-action': 'save-supply' }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        className="supply-form"
        initialValues={supply ? valuesOf(supply) : FRESH}
        onFinish={(values) => void save(values)}
      >
        <Form.Item name="name" label={t('supplies.form.name')} rules={wanted}>
          <Input maxLength={60} data-supply-name="" />
        </Form.Item>
        <Form.Item name="unit" label={t('supplies.form.unit')}>
          {/* Figures that were booked are in this unit. */}
          <Select
            disabled={supply !== null}
            options={SUPPLY_UNITS.map((value) => ({ value, label: t(`supplies.unitLong.${value}`) }))}
          />
        </Form.Item>
        <Form.Item
          name="perParcel"
          label={t('supplies.form.perParcel')}
          rules={figure}
          {...(unit === 'cm' ? { extra: t('supplies.form.perParcelHint') } : {})}
        >
          <InputNumber
            min={0}
            max={100_000}
            precision={0}
            suffix={t(unit === 'cm' ? 'supplies.cm' : `supplies.unit.${unit}`)}
          />
        </Form.Item>
        <Form.Item name="warnBelow" label={t('supplies.form.warnBelow')} rules={figure}>
          <InputNumber min={0} max={100_000} precision={0} suffix={t(`supplies.unit.${unit}`)} />
        </Form.Item>
        <Form.Item name="packing" valuePropName="checked" extra={t('supplies.form.packingHint')}>
          <Checkbox data-supply-packing="">{t('supplies.form.packing')}</Checkbox>
        </Form.Item>
        <Form.Item name="perReprint" valuePropName="checked">
          <Checkbox>{t('supplies.form.perReprint')}</Checkbox>
        </Form.Item>
        <Form.Item name="active" valuePropName="checked">
          <Checkbox>{t('supplies.form.active')}</Checkbox>
        </Form.Item>
      </Form>
    </Modal>
  )
}

interface CountFormProps {
  readonly supply: SupplyRow
  readonly why: 'delivery' | 'count'
  readonly onClose: () => void
}

/** A delivery or a count, written down by whoever is there. */
export function CountForm({ supply, why, onClose }: CountFormProps): ReactElement {
  const { t } = useTranslation('labels')
  const { message } = App.useApp()
  const { run } = useStation()
  const words = useSupplyWords()
  const [form] = Form.useForm<{ quantity: number }>()
  const { supplyId, name, unit } = supply
  const book = async ({ quantity }: { quantity: number }): Promise<void> => {
    const amount = Math.round(quantity * perWritten(unit))
    const { answer } = await run({ type: 'CountSupply', supplyId, why, quantity: amount })
    if (answer.tag !== 'done') {
      void message.error(t('supplies.notBooked', { detail: answer.tag }))
      return
    }
    const left = why === 'count' ? amount : supplyLeft(supply) + amount
    void message.success(t('supplies.booked', { name, figure: words.amount(left, unit) }))
    onClose()
  }
  return (
    <Modal
      open
      centered
      title={t(why === 'count' ? 'supplies.countAsk' : 'supplies.deliveryAsk', { name })}
      okText={t('supplies.book')}
      okButtonProps={{ 'data-action': 'book-supply' }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={(values) => void book(values)}>
        <Form.Item
          name="quantity"
          label={t('supplies.quantity')}
          rules={[{ required: true, message: t('supplies.form.wanted') }]}
          {...(why === 'count'
            ? { extra: t('supplies.countHint', { figure: words.amount(supplyLeft(supply), unit) }) }
            : {})}
        >
          <InputNumber
            autoFocus
            size="large"
            min={why === 'count' ? 0 : unit === 'cm' ? 0.1 : 1}
            max={100_000}
            precision={unit === 'cm' ? 1 : 0}
            suffix={t(`supplies.unit.${unit}`)}
            data-supply-quantity=""
            onPressEnter={() => form.submit()}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}
