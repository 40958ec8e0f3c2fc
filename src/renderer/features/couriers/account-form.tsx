import { Form, Input, Modal, Select, Switch } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { COURIER_CODES, courierName } from '../../../shared/domain/shipping/couriers.ts'
import {
  type CourierAccount,
  type CourierAccountState,
  EWAYBILL_SERVICES,
  type EwaybillService,
} from '../../../shared/protocol/courier-contract.ts'
import { useStation } from '../../app/station-app.ts'
import { Note } from '../../ui/small-parts.tsx'
import {
  type AccountValues,
  accountOf,
  NEW_ACCOUNT,
  ofService,
  PAY_TYPES,
  secretsOf,
} from './account-values.ts'
import { faultOf } from './use-accounts.ts'

interface AccountFormProps {
  /** Null for a new one. */
  readonly account: CourierAccount | null
  onSaved(accounts: readonly CourierAccountState[]): void
  onClose(): void
}

/** A new account, or changes of one. Secrets go in and are never shown: an empty field leaves them as they are. */
export function AccountForm({ account, onSaved, onClose }: AccountFormProps): ReactElement {
  const { t } = useTranslation(['couriers', 'common'])
  const { host } = useStation()
  const [form] = Form.useForm<AccountValues>()
  const [saving, setSaving] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const initial: AccountValues = account ?? NEW_ACCOUNT
  const service = Form.useWatch('service', form) ?? initial.service
  const save = async (values: AccountValues): Promise<void> => {
    setSaving(true)
    try {
      const saved = accountOf(values, account?.accountId ?? crypto.randomUUID())
      const { accounts } = await host.call('courier.save', { account: saved, secrets: secretsOf(values) })
      onSaved(accounts)
    } catch (error) {
      setSaving(false)
      const detail = faultOf(error)
      setTrouble(detail === 'url' ? t('form.urlWrong') : t('form.notSaved', { detail }))
    }
  }
  return (
    <Modal
      open
      centered
      width={720}
      title={t(account === null ? 'form.add' : 'form.edit')}
      okText={t('common:action.save')}
      okButtonProps={{ loading: saving, ...{ 'data-action': 'save-account' } }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        className="person-form"
        autoComplete="off"
        initialValues={initial}
        onFinish={(values) => void save(values)}
        onValuesChange={(changed: Partial<AccountValues>) => {
          setTrouble(null)
          if (changed.service !== undefined) form.setFieldsValue(ofService(changed.service))
        }}
      >
        {trouble !== null && (
          <div className="settings-wide">
            <Note tone="stop">{trouble}</Note>
          </div>
        )}
        <ServiceFields service={service} isNew={account === null} />
        <ContractFields service={service} isNew={account === null} />
      </Form>
    </Modal>
  )
}

function ServiceFields({ service, isNew }: { service: EwaybillService; isNew: boolean }): ReactElement {
  const { t } = useTranslation('couriers')
  const wanted = [{ required: true, whitespace: true, message: t('form.wanted') }]
  const secretHint = t(isNew ? 'form.secretNew' : 'form.secretKeep')
  return (
    <>
      <Form.Item name="service" label={t('form.service')}>
        <Select options={EWAYBILL_SERVICES.map((value) => ({ value, label: t(`service.${value}`) }))} />
      </Form.Item>
      <Form.Item name="courier" label={t('form.courier')}>
        <Select
          options={COURIER_CODES.map((value) => ({ value, label: `${courierName(value)} ${value}` }))}
        />
      </Form.Item>
      <Form.Item name="user" label={t(`form.user.${service}`)} rules={wanted}>
        <Input maxLength={200} spellCheck={false} />
      </Form.Item>
      <Form.Item
        name="secret"
        label={t(`form.secret.${service}`)}
        extra={secretHint}
        rules={isNew ? wanted : []}
      >
        <Input.Password maxLength={300} visibilityToggle={false} autoComplete="new-password" />
      </Form.Item>
    </>
  )
}

function ContractFields({ service, isNew }: { service: EwaybillService; isNew: boolean }): ReactElement {
  const { t } = useTranslation('couriers')
  const pay = PAY_TYPES[service]
  const payers = ['monthly', 'sender', 'recipient'] as const
  return (
    <>
      <Form.Item name="partnerId" label={t(`form.partnerId.${service}`)} extra={t('form.partnerHint')}>
        <Input maxLength={200} spellCheck={false} />
      </Form.Item>
      <Form.Item
        name="partnerKey"
        label={t(`form.partnerKey.${service}`)}
        extra={t(isNew ? 'form.partnerHint' : 'form.secretKeep')}
      >
        <Input.Password maxLength={300} visibilityToggle={false} autoComplete="new-password" />
      </Form.Item>
      <Form.Item name="net" label={t(`form.net.${service}`)}>
        <Input maxLength={200} spellCheck={false} />
      </Form.Item>
      <Form.Item name="partnerCode" label={t(`form.partnerCode.${service}`)}>
        <Input maxLength={200} spellCheck={false} />
      </Form.Item>
      <Form.Item name="payType" label={t('form.payType')}>
        <Select options={payers.map((who) => ({ value: pay[who], label: t(`form.pay.${who}`) }))} />
      </Form.Item>
      <Form.Item name="expType" label={t('form.expType')} extra={t(`form.expTypeHint.${service}`)}>
        <Input maxLength={40} spellCheck={false} />
      </Form.Item>
      <Form.Item
        name="url"
        label={t('form.url')}
        extra={t('form.urlHint')}
        rules={[{ pattern: /^\s*https?:\/\/.+/, message: t('form.urlWrong') }]}
      >
        <Input maxLength={300} spellCheck={false} />
      </Form.Item>
      <Form.Item name="active" label={t('form.active')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </>
  )
}
