import { Button, Form, Input, Modal, Select } from 'antd'
import { useLiveQuery } from '../data/use-live-query.ts'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { create } from 'zustand'
import { useStationStatus } from '../station/station-status.ts'
import { useStation } from './station-app.ts'

interface DialogState {
  readonly shown: boolean
  readonly open: () => void
  readonly close: () => void
}

/** Whether the sign-in dialog is shown. */
export const usePersonDialog = create<DialogState>()((set) => ({
  shown: false,
  open: () => set({ shown: true }),
  close: () => set({ shown: false }),
}))

/** Signing in by name and PIN, for who has no badge at hand; a badge on any floor screen does the same. */
export function PersonDialog(): ReactElement {
  const { t } = useTranslation('start')
  const station = useStation()
  const { shown, close } = usePersonDialog()
  const personId = useStationStatus((status) => status.personId)
  const people =
    useLiveQuery(() => station.database.people.filter((person) => person.active).toArray(), [station]) ?? []
  const [wrong, setWrong] = useState(false)
  const signIn = async ({ person, pin }: { person: string; pin: string }): Promise<void> => {
    const row = people.find((candidate) => candidate.personId === person)
    const { ok } = row ? await station.host.call('pin.verify', { pin, hash: row.pinHash }) : { ok: false }
    setWrong(!ok)
    if (!ok || !row) return
    await station.run({ type: 'SignIn', signIn: row.personId })
    close()
  }
  const signOut = async (): Promise<void> => {
    await station.run({ type: 'SignIn', signIn: null })
    close()
  }
  return (
    <Modal open={shown} onCancel={close} title={t('person.title')} footer={null} destroyOnHidden>
      <p>{t('person.hint')}</p>
      <Form layout="vertical" onFinish={signIn}>
        <Form.Item
          name="person"
          label={t('person.who')}
          rules={[{ required: true, message: t('person.whoMissing') }]}
        >
          <Select options={people.map((person) => ({ value: person.personId, label: person.name }))} />
        </Form.Item>
        <Form.Item
          name="pin"
          label={t('person.pin')}
          rules={[{ required: true, message: t('person.pinMissing') }]}
          {...(wrong ? { validateStatus: 'error' as const, help: t('person.wrong') } : {})}
        >
          <Input.Password inputMode="numeric" autoComplete="off" />
        </Form.Item>
        <Button type="primary" htmlType="submit" data-action="sign-in">
          {t('person.signIn')}
        </Button>{' '}
        {personId !== null && (
          <Button data-action="sign-out" onClick={() => void signOut()}>
            {t('person.signOut')}
          </Button>
        )}
      </Form>
    </Modal>
  )
}
