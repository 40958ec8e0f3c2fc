import { App, Button, Checkbox, Form, Input, InputNumber } from 'antd'
import { type ReactElement, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { BackupState } from '../../../shared/protocol/host-contract.ts'
import { useStation } from '../../app/station-app.ts'

interface ScheduleValues {
  readonly directory: string
  readonly everyHours: number | null
  readonly keep: number | null
  readonly evidence: boolean
}

interface BackupScheduleProps {
  readonly state: BackupState
  readonly disabled: boolean
  readonly onSaved: () => void
}

/** Where backups go, how often, and how many are kept. */
export function BackupSchedule({ state, disabled, onSaved }: BackupScheduleProps): ReactElement {
  const { t } = useTranslation('safety')
  const { message } = App.useApp()
  const { host, description } = useStation()
  const { dataDirectory } = description
  const [form] = Form.useForm<ScheduleValues>()
  const { directory, everyHours, keep, evidence } = state
  useEffect(() => {
    // What a person is typing is not overwritten by the next look at the host.
    if (!form.isFieldsTouched()) form.setFieldsValue({ directory, everyHours, keep, evidence })
  }, [form, directory, everyHours, keep, evidence])
  const save = async (values: ScheduleValues): Promise<void> => {
    const typed = values.directory.trim()
    const answer = await host.call('backup.configure', {
      directory: typed === '' || isOwnFolder(typed, dataDirectory) ? null : typed,
      everyHours: values.everyHours,
      keep: values.keep ?? keep,
      evidence: values.evidence,
    })
    form.resetFields()
    form.setFieldsValue(answer)
    if (answer.trouble === null) void message.success(t('backup.saved'))
    onSaved()
  }
  return (
    <Form
      form={form}
      layout="vertical"
      className="settings-form backup-form"
      disabled={disabled}
      onFinish={(values) => void save(values)}
    >
      <Form.Item
        name="directory"
        label={t('backup.directory')}
        extra={t('backup.directoryHint')}
        className="settings-wide"
      >
        <Input maxLength={500} className="mono" />
      </Form.Item>
      <Form.Item name="everyHours" label={t('backup.everyHours')} extra={t('backup.everyHoursHint')}>
        <InputNumber min={1} max={168} precision={0} />
      </Form.Item>
      <Form.Item name="keep" label={t('backup.keep')}>
        <InputNumber min={1} max={400} precision={0} />
      </Form.Item>
      <Form.Item name="evidence" valuePropName="checked" className="settings-wide">
        <Checkbox>{t('backup.evidence')}</Checkbox>
      </Form.Item>
      <div className="settings-actions">
        <Button htmlType="submit" data-action="backup-configure">
          {t('backup.save')}
        </Button>
      </div>
    </Form>
  )
}

/** The data directory's own folder is not a choice: it is there in every restored directory, wherever that lies. */
function isOwnFolder(typed: string, dataDirectory: string): boolean {
  return typed === `${dataDirectory}/backups` || typed === `${dataDirectory}\\backups`
}
