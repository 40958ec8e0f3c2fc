import { App, Button, Form, Input, InputNumber, Select } from 'antd'
import { useLiveQuery } from 'dexie-react-hooks'
import { type ReactElement, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
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

const NAMES = [
  'shopName',
  'stationName',
  'stationCode',
  'shopPhone',
  'shopAddress',
  'cutOffHour',
  'language',
] as const

/** What the labels and papers say of the shop, and when its day ends (ORD-3). */
export function ShopSettings(): ReactElement {
  const { t, i18n } = useTranslation(['data', 'common'])
  const { message } = App.useApp()
  const station = useStation()
  const [form] = Form.useForm<ShopValues>()
  const stored = useLiveQuery(async () => {
    const rows = await station.database.settings.bulkGet([...NAMES])
    return Object.fromEntries(
      rows.flatMap((row) => (row ? [[row.name, row.value]] : [])),
    ) as Partial<ShopValues>
  }, [station])
  useEffect(() => {
    // What a person is typing is not overwritten by what another window has saved.
    if (stored && !form.isFieldsTouched())
      form.setFieldsValue({ ...stored, language: i18n.language as Language })
  }, [stored, form, i18n.language])
  const save = async (values: ShopValues): Promise<void> => {
    const tidy = { ...values, stationCode: values.stationCode.normalize('NFKC').trim().toUpperCase() }
    const { answer } = await station.run({ type: 'SaveSettings', settings: tidy })
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
