import { Checkbox, Form, Input, Modal, Switch } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { normaliseCode } from '../../../shared/base/text.ts'
import { type Person, RoleSchema } from '../../../shared/domain/people/person.ts'
import { badgeHash } from '../../../shared/station/areas/scan-badge.ts'
import { useStation } from '../../app/station-app.ts'
import { Note } from '../../ui/small-parts.tsx'
import { badgeText } from '../setup/set-up-values.ts'

interface PersonValues {
  readonly name: string
  readonly roles: Person['roles']
  readonly badge?: string
  readonly pin?: string
  readonly active: boolean
}

/** A new person, or changes of one. Badge and PIN are kept as hashes: an empty field leaves them as they are (SEC-2). */
export function PersonForm({
  person,
  others,
  onClose,
}: {
  readonly person: Person | null
  readonly others: readonly Person[]
  readonly onClose: () => void
}): ReactElement {
  const { t } = useTranslation(['data', 'common'])
  const station = useStation()
  const [form] = Form.useForm<PersonValues>()
  const [saving, setSaving] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const isNew = person === null

  const save = async (values: PersonValues): Promise<void> => {
    const badge = normaliseCode(badgeText(values.badge ?? ''))
    const hash = badge === '' ? (person?.badgeHash ?? '') : badgeHash(badge)
    if (others.some((other) => other.active && other.badgeHash === hash))
      return setTrouble(t('people.badgeTaken'))
    const staysManager = values.active && values.roles.includes('manager')
    if (!staysManager && !others.some((other) => other.active && other.roles.includes('manager')))
      return setTrouble(t('people.lastManager'))
    setSaving(true)
    try {
      const pin = (values.pin ?? '').normalize('NFKC').trim()
      const pinHash =
        pin === '' ? (person?.pinHash ?? '') : (await station.host.call('pin.hash', { pin })).hash
      const { name, roles, active } = values
      const personId = person?.personId ?? crypto.randomUUID()
      const saved: Person = {
        personId,
        name: name.trim(),
        roles: [...roles],
        active,
        badgeHash: hash,
        pinHash,
      }
      await station.run({ type: 'SavePerson', person: saved })
      onClose()
    } catch (error) {
      setSaving(false)
      setTrouble(t('people.notSaved', { detail: String(error) }))
    }
  }
  const wanted = (rule: object) =>
    isNew ? [{ required: true, message: t('settings.wanted') }, rule] : [rule]
  return (
    <Modal
      open
      centered
      width={640}
      title={isNew ? t('people.add') : t('people.edit', { name: person.name })}
      okText={t('common:action.save')}
      okButtonProps={{ loading: saving, ...{ 'data-action': 'save-person' } }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        className="person-form"
        autoComplete="off"
        initialValues={{
          name: person?.name ?? '',
          roles: person?.roles ?? ['packer'],
          active: person?.active ?? true,
        }}
        onFinish={(values) => void save(values)}
        onValuesChange={() => setTrouble(null)}
      >
        {trouble !== null && (
          <div className="settings-wide">
            <Note tone="stop">{trouble}</Note>
          </div>
        )}
        <Form.Item
          name="name"
          className="settings-wide"
          label={t('people.name')}
          rules={[{ required: true, whitespace: true, message: t('settings.wanted') }]}
        >
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item
          name="roles"
          className="settings-wide"
          label={t('people.roles')}
          rules={[{ required: true, message: t('people.rolesWanted') }]}
        >
          <Checkbox.Group
            options={RoleSchema.options.map((role) => ({ value: role, label: t(`role.${role}`) }))}
          />
        </Form.Item>
        <Form.Item
          name="badge"
          label={t('people.badge')}
          extra={t(isNew ? 'people.badgeHint' : 'people.keepHint')}
          rules={wanted({ pattern: /^(?:BADGE-)?[\x21-\x7e]{1,40}$/i, message: t('people.badgeWrong') })}
        >
          <Input data-scan-target="" maxLength={46} spellCheck={false} />
        </Form.Item>
        <Form.Item
          name="pin"
          label={t('people.pin')}
          extra={t(isNew ? 'people.pinHint' : 'people.keepHint')}
          rules={wanted({ pattern: /^\d{4,12}$/, message: t('people.pinWrong') })}
        >
          <Input.Password inputMode="numeric" maxLength={12} autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="active"
          className="settings-wide"
          label={t('people.active')}
          valuePropName="checked"
          extra={t('people.activeHint')}
        >
          <Switch />
        </Form.Item>
      </Form>
    </Modal>
  )
}
