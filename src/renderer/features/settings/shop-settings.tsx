import { App, Button, Form, Input, InputNumber, Select } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { stationSetting } from '../../../shared/station/station-settings.ts'
import { useStation } from '../../app/station-app.ts'
import { chooseLanguage } from '../../i18n/i18n.ts'
import type { Language } from '../../i18n/resources.ts'
import { Panel } from '../../ui/small-parts.tsx'

interface ShopValues {
  readonly shopName: string
  readonly stationName: string
  readonly stationCode: string
  readonly shopPhone: string
  readonly shopAddress: string
  readonly cutOffHour: number
  readonly language: Language
}

const SHOP_NAMES = ['shopName', 'shopPhone', 'shopAddress', 'cutOffHour', 'language'] as const

/** Where each field of the form is kept: the shop's by their own names, the station's under its id. */
const settingNames = (stationId: string): Readonly<Record<keyof ShopValues, string>> => ({
  ...(Object.fromEntries(SHOP_NAMES.map((name) => [name, name])) as Record<
    (typeof SHOP_NAMES)[number],
    string
  >),
  stationName: stationSetting(stationId, 'name'),
  stationCode: stationSetting(stationId, 'code'),
})

/** Only what was changed is written: a field left alone must not write over what another station has changed. */
function changedSettings(
  names: Readonly<Record<keyof ShopValues, string>>,
  values: ShopValues,
  stored: Partial<ShopValues>,
): Record<string, unknown> {
  const fields = Object.keys(names) as (keyof ShopValues)[]
  const changed = fields.filter((field) => (values[field] ?? '') !== (stored[field] ?? ''))
  return Object.fromEntries(changed.map((field) => [names[field], values[field]]))
}

/** What the labels and papers say of the shop, and when its day ends (ORD-3). */
export function ShopSettings(): ReactElement {
  const { t, i18n } = useTranslation(['data', 'common'])
  const { message } = App.useApp()
  const station = useStation()
  const [form] = Form.useForm<ShopValues>()
  const names = useMemo(() => settingNames(station.description.stationId), [station])
  const stored = useLiveQuery(async () => {
    const fields = Object.entries(names)
    const rows = await station.database.settings.bulkGet(fields.map(([, name]) => name))
    return Object.fromEntries(
      fields.flatMap(([field], index) => (rows[index] ? [[field, rows[index].value]] : [])),
    ) as Partial<ShopValues>
  }, [station, names])
  useEffect(() => {
    // What a person is typing is not overwritten by what another window has saved.
    if (stored && !form.isFieldsTouched())
      form.setFieldsValue({ ...stored, language: i18n.language as Language })
  }, [stored, form, i18n.language])
  const save = async (values: ShopValues): Promise<void> => {
    const tidy = { ...values, stationCode: values.stationCode.normalize('NFKC').trim().toUpperCase() }
    const settings = changedSettings(names, tidy, stored ?? {})
    const { answer } = await station.run({ type: 'SaveSettings', settings })
    if (answer.tag === 'roleWanted') {
      void message.error(t('settings.managerWanted'))
      return
    }
    if (values.language !== i18n.language) await chooseLanguage(values.language)
    form.setFieldsValue(tidy)
    void message.success(t('settings.saved'))
  }
  const required = [{ required: true, whitespace: true, message: t('settings.wanted') }]
  return (
    <Panel title={t('settings.section.shop')}>
      <Form form={form} layout="vertical" className="settings-form" onFinish={(values) => void save(values)}>
        <Form.Item name="shopName" label={t('settings.shopName')} rules={required}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="stationName" label={t('settings.stationName')} rules={required}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item
          name="stationCode"
          label={t('settings.stationCode')}
          extra={t('settings.stationCodeHint')}
          rules={[...required, { pattern: /^[A-Za-z0-9]{1,8}$/, message: t('settings.stationCodeWrong') }]}
        >
          <Input maxLength={8} />
        </Form.Item>
        <Form.Item name="shopPhone" label={t('settings.shopPhone')} extra={t('settings.senderHint')}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="shopAddress" label={t('settings.shopAddress')} className="settings-wide">
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="cutOffHour" label={t('settings.cutOffHour')} extra={t('settings.cutOffHint')}>
          <InputNumber min={0} max={24} precision={0} suffix=":00" />
        </Form.Item>
        <Form.Item name="language" label={t('settings.language')} extra={t('settings.themeHint')}>
          <Select
            options={[
              { value: 'zh-CN', label: '中文' },
              { value: 'en', label: 'English' },
            ]}
          />
        </Form.Item>
        <div className="settings-actions">
          <Button type="primary" htmlType="submit" data-action="save-settings">
            {t('common:action.save')}
          </Button>
        </div>
      </Form>
    </Panel>
  )
}
