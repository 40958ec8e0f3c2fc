import { Checkbox, Form, InputNumber, Modal, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { DELIVERIES } from '../../../shared/domain/orders/notes.ts'
import { type OrderSource, OrderSourceSchema } from '../../../shared/domain/orders/order.ts'
import {
  type CourierConditions,
  type CourierRule,
  WISHED,
} from '../../../shared/domain/shipping/choose-courier-table.ts'
import { useStation } from '../../app/station-app.ts'
import { useCourierWords } from './courier-words.ts'

interface Values {
  readonly courier?: string
  readonly regions: readonly string[]
  readonly sources: readonly OrderSource[]
  readonly deliveryModes: readonly string[]
  readonly weightOverGrams: number | null
  readonly weightUnderGrams: number | null
  readonly valueOverYuan: number | null
  readonly fragile: 'any' | 'yes' | 'no'
  readonly wish: boolean
  readonly active: boolean
}

interface RuleFormProps {
  /** Null: a new one. */
  readonly rule: CourierRule | null
  readonly codes: readonly string[]
  readonly onDone: (rule: CourierRule) => void
  readonly onClose: () => void
}

/** One rule: which orders, which courier. */
export function RuleForm({ rule, codes, onDone, onClose }: RuleFormProps): ReactElement {
  const { t } = useTranslation(['dispatch', 'office'])
  const { env } = useStation()
  const words = useCourierWords()
  const [form] = Form.useForm<Values>()
  const done = (values: Values): void =>
    onDone({
      ruleId: rule?.ruleId ?? env.newId().slice(0, 36),
      when: conditionsOf(values),
      courier: values.courier ?? WISHED,
      active: values.active,
    })
  const options = [...codes, WISHED].map((value) => ({ value, label: words.courier(value) }))
  const fragile = (['any', 'yes', 'no'] as const).map((value) => ({
    value,
    label: t(value === 'any' ? 'form.fragileAny' : value === 'yes' ? 'form.fragileYes' : 'form.fragileNo'),
  }))
  return (
    <Modal
      open
      centered
      width={640}
      title={t(rule ? 'form.edit' : 'form.add')}
      okText={t('form.ok')}
      okButtonProps={{ 'data-action': 'keep-courier-rule' }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="courier-rules-lead">{t('form.what')}</p>
      <Form
        form={form}
        layout="vertical"
        className="rule-form"
        initialValues={valuesOf(rule)}
        onFinish={done}
      >
        <Form.Item
          name="courier"
          label={t('form.courier')}
          rules={[{ required: true, message: t('form.wanted') }]}
        >
          <Select options={options} data-rule-courier="" />
        </Form.Item>
        <Form.Item name="regions" label={t('form.regions')}>
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={['、', ',', '，']} />
        </Form.Item>
        <Form.Item name="sources" label={t('form.sources')}>
          <Select
            mode="multiple"
            options={OrderSourceSchema.options.map((value) => ({
              value,
              label: t(`office:platform.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="deliveryModes" label={t('form.deliveryModes')}>
          <Select
            mode="multiple"
            options={DELIVERIES.map((value) => ({ value, label: t(`mode.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="weightOverGrams" label={t('form.weightOver')}>
          <InputNumber min={0} max={1_000_000} precision={0} suffix="g" />
        </Form.Item>
        <Form.Item name="weightUnderGrams" label={t('form.weightUnder')}>
          <InputNumber min={1} max={1_000_000} precision={0} suffix="g" />
        </Form.Item>
        <Form.Item name="valueOverYuan" label={t('form.valueOver')}>
          <InputNumber min={0} max={1_000_000} precision={2} prefix="¥" />
        </Form.Item>
        <Form.Item name="fragile" label={t('form.fragile')}>
          <Select options={fragile} />
        </Form.Item>
        <Form.Item name="wish" valuePropName="checked">
          <Checkbox>{t('form.wish')}</Checkbox>
        </Form.Item>
        <Form.Item name="active" valuePropName="checked">
          <Checkbox>{t('form.active')}</Checkbox>
        </Form.Item>
      </Form>
    </Modal>
  )
}

function valuesOf(rule: CourierRule | null): Values {
  const when = rule?.when ?? {}
  return {
    ...(rule ? { courier: rule.courier } : {}),
    regions: when.regions ?? [],
    sources: when.sources ?? [],
    deliveryModes: when.deliveryModes ?? [],
    weightOverGrams: when.weightOverGrams ?? null,
    weightUnderGrams: when.weightUnderGrams ?? null,
    valueOverYuan: when.valueOverFen === undefined ? null : when.valueOverFen / 100,
    fragile: when.fragile === undefined ? 'any' : when.fragile ? 'yes' : 'no',
    wish: when.wish ?? false,
    active: rule?.active ?? true,
  }
}

/** Members that do not matter are left out: an empty list would fit nothing. */
function conditionsOf(values: Values): CourierConditions {
  const { regions, sources, deliveryModes, weightOverGrams, weightUnderGrams, valueOverYuan } = values
  return {
    ...(regions.length > 0 ? { regions: [...regions] } : {}),
    ...(sources.length > 0 ? { sources: [...sources] } : {}),
    ...(deliveryModes.length > 0 ? { deliveryModes: [...deliveryModes] } : {}),
    ...(typeof weightOverGrams === 'number' ? { weightOverGrams } : {}),
    ...(typeof weightUnderGrams === 'number' ? { weightUnderGrams } : {}),
    ...(typeof valueOverYuan === 'number' ? { valueOverFen: Math.round(valueOverYuan * 100) } : {}),
    ...(values.fragile === 'any' ? {} : { fragile: values.fragile === 'yes' }),
    ...(values.wish ? { wish: true } : {}),
  }
}
