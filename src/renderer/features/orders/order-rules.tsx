import { App, Button, Form, InputNumber, Select } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { SHIP_WITHIN_HOURS, STEPS, stepHoursOf } from '../../../shared/domain/orders/deadline.ts'
import { NOTE_WISHES, type NoteWish, noteRulesOf } from '../../../shared/domain/orders/notes.ts'
import { ORDER_SETTINGS } from '../../../shared/domain/orders/order-settings.ts'
import { useStation } from '../../app/station-app.ts'
import type { StationDatabase } from '../../data/station-database.ts'
import { Panel } from '../../ui/small-parts.tsx'
import { useIsManager } from '../office/use-person.ts'

interface Rules {
  readonly shipWithinHours: number
  readonly wish: NoteWish
  readonly minutes: number
  readonly pick: number
  readonly pack: number
  readonly handOver: number
}

async function readRules(database: StationDatabase): Promise<Rules> {
  const { shipWithinHours, noteRules, stepHours } = ORDER_SETTINGS
  const [within, notes, steps] = await database.settings.bulkGet([shipWithinHours, noteRules, stepHours])
  const hours = Number(within?.value)
  return {
    shipWithinHours: hours > 0 ? hours : SHIP_WITHIN_HOURS,
    ...noteRulesOf((notes?.value ?? {}) as { wish: unknown; minutes: unknown }),
    ...stepHoursOf(steps?.value ?? {}),
  }
}

/** ORD-2, ORD-3: hours, targets of the steps, and when a note is due. */
export function OrderRules(): ReactElement {
  const { t } = useTranslation('orders')
  const { message } = App.useApp()
  const station = useStation()
  const isManager = useIsManager()
  const [form] = Form.useForm<Rules>()
  const stored = useLiveQuery(() => readRules(station.database), [station])
  useEffect(() => {
    if (stored && !form.isFieldsTouched()) form.setFieldsValue(stored)
  }, [stored, form])
  const save = async ({ shipWithinHours, wish, minutes, pick, pack, handOver }: Rules): Promise<void> => {
    const settings = {
      [ORDER_SETTINGS.shipWithinHours]: shipWithinHours,
      [ORDER_SETTINGS.noteRules]: { wish, minutes },
      [ORDER_SETTINGS.stepHours]: { pick, pack, handOver },
    }
    const { answer } = await station.run({ type: 'SaveSettings', settings })
    if (answer.tag === 'done') void message.success(t('settings.saved'))
    else void message.error(t('settings.managerWanted'))
  }
  const required = [{ required: true, message: t('ask.fieldWanted') }]
  return (
    <Panel title={t('settings.title')}>
      <Form form={form} layout="vertical" className="settings-form" onFinish={(values) => void save(values)}>
        <Form.Item
          name="shipWithinHours"
          label={t('settings.shipWithinHours')}
          extra={t('settings.shipWithinHint')}
          rules={required}
        >
          <InputNumber min={1} max={240} precision={0} />
        </Form.Item>
        {STEPS.map((step) => (
          <Form.Item key={step} name={step} label={t(`settings.${step}`)} rules={required}>
            <InputNumber min={0.5} max={240} step={0.5} />
          </Form.Item>
        ))}
        <Form.Item name="wish" label={t('settings.noteWish')} rules={required}>
          <Select options={NOTE_WISHES.map((value) => ({ value, label: t(`settings.wish.${value}`) }))} />
        </Form.Item>
        <Form.Item name="minutes" label={t('settings.noteMinutes')} rules={required}>
          <InputNumber min={1} max={1440} precision={0} />
        </Form.Item>
        <div className="settings-actions">
          <Button type="primary" htmlType="submit" data-action="save-order-rules" disabled={!isManager}>
            {t('settings.save')}
          </Button>
        </div>
      </Form>
    </Panel>
  )
}
