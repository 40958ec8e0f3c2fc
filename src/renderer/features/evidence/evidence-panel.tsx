import { App, Button, Form, InputNumber, Select, Switch } from 'antd'
import { type ReactElement, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EvidenceState } from '../../../shared/protocol/evidence-contract.ts'
import { useStation } from '../../app/station-app.ts'
import { DefinitionList, Note, Panel } from '../../ui/small-parts.tsx'
import { bytesInWords } from '../office/bytes-in-words.ts'
import { useFigures } from '../office/use-figures.ts'
import { useIsManager } from '../office/use-person.ts'
import { CameraPreview } from './camera-preview.tsx'
import { useCameras } from './use-cameras.ts'
import './evidence.css'

const MB = 1_048_576
const GB = 1024 * MB
/** A minute of a packer's bench takes 1.6 MB; stills and light make it two. */
const PARCEL_BYTES = 2 * MB
const FIRST = ''

interface Values {
  readonly enabled: boolean
  readonly cameraId: string
  readonly quotaGb: number | null
  readonly keepDays: number | null
}

/** PAK-8: the camera of this PC, what it sees, and how long its clips are kept. */
export function EvidencePanel(): ReactElement {
  const { t } = useTranslation('evidence')
  const { host, space } = useStation()
  const [state, setState] = useState<EvidenceState | null>(null)
  useEffect(() => {
    let left = false
    host.call('evidence.state', { space }).then(
      (answer) => left || setState(answer),
      () => undefined,
    )
    return () => {
      left = true
    }
  }, [host, space])
  return (
    <Panel title={t('title')}>
      <p className="evidence-lead">{t('settings.lead')}</p>
      {state !== null && <Settings state={state} onSaved={setState} />}
    </Panel>
  )
}

interface SettingsProps {
  readonly state: EvidenceState
  readonly onSaved: (state: EvidenceState) => void
}

function Settings({ state, onSaved }: SettingsProps): ReactElement {
  const { t } = useTranslation(['evidence', 'safety'])
  const { message } = App.useApp()
  const { host } = useStation()
  const manager = useIsManager()
  const [form] = Form.useForm<Values>()
  const { settings } = state
  const initial: Values = {
    enabled: settings.enabled,
    cameraId: settings.cameraId ?? FIRST,
    quotaGb: Math.round((settings.quotaMb / 1024) * 10) / 10,
    keepDays: settings.keepDays,
  }
  const values = { ...initial, ...Form.useWatch([], form) }
  const preview = useCameras(values.enabled, values.cameraId === FIRST ? null : values.cameraId)
  const save = async ({ enabled, cameraId, quotaGb, keepDays }: Values): Promise<void> => {
    try {
      const camera = preview.cameras.find((one) => one.cameraId === cameraId)
      const answer = await host.call('evidence.configure', {
        enabled,
        cameraId: cameraId === FIRST ? null : cameraId,
        cameraName: camera?.name ?? (cameraId === settings.cameraId ? settings.cameraName : ''),
        quotaMb: quotaGb === null ? settings.quotaMb : Math.round(quotaGb * 1024),
        keepDays: keepDays ?? settings.keepDays,
      })
      onSaved(answer)
      void message.success(t('settings.saved'))
    } catch {
      void message.error(t('settings.saveFailed'))
    }
  }
  const known = preview.cameras.some(({ cameraId }) => cameraId === settings.cameraId)
  const options = [
    { value: FIRST, label: t('settings.firstCamera') },
    ...(settings.cameraId === null || known
      ? []
      : [{ value: settings.cameraId, label: settings.cameraName || t('settings.unnamed', { number: '?' }) }]),
    ...preview.cameras.map(({ cameraId, name }, index) => ({
      value: cameraId,
      label: name || t('settings.unnamed', { number: `${index + 1}` }),
    })),
  ]
  return (
    <div className="evidence-settings" data-evidence={settings.enabled ? 'on' : 'off'}>
      <Form
        form={form}
        layout="vertical"
        className="settings-form"
        initialValues={initial}
        disabled={!manager}
        onFinish={(given) => void save(given)}
      >
        <Form.Item name="enabled" label={t('settings.enabled')} valuePropName="checked">
          <Switch data-action="evidence-enabled" />
        </Form.Item>
        <Form.Item name="cameraId" label={t('settings.camera')}>
          <Select options={options} />
        </Form.Item>
        <Form.Item name="quotaGb" label={t('settings.quota')} extra={t('settings.quotaHint')}>
          <InputNumber min={0.1} max={9_000} step={1} precision={1} />
        </Form.Item>
        <Form.Item name="keepDays" label={t('settings.days')}>
          <InputNumber min={1} max={3650} precision={0} />
        </Form.Item>
        <Capacity state={state} quotaBytes={(values.quotaGb ?? initial.quotaGb ?? 0) * GB} />
        <div className="settings-actions">
          <Button type="primary" htmlType="submit" data-action="evidence-save">
            {t('settings.save')}
          </Button>
          {!manager && <span className="backup-hint">{t('safety:managerWanted')}</span>}
        </div>
      </Form>
      <div>
        <CameraPreview preview={preview} enabled={values.enabled} />
        <Use state={state} />
      </div>
    </div>
  )
}

/** What the space set aside is good for, and whether the disk has it at all. */
function Capacity({ state, quotaBytes }: { state: EvidenceState; quotaBytes: number }): ReactElement {
  const { t, i18n } = useTranslation('evidence')
  const figures = useFigures()
  const { freeBytes, usedBytes } = state
  const tight = freeBytes !== null && quotaBytes > freeBytes + usedBytes
  const parcels = figures.number(Math.floor(quotaBytes / PARCEL_BYTES / 100) * 100)
  return (
    <div className="settings-wide">
      <small>{t('settings.perMinute', { quota: bytesInWords(quotaBytes, i18n.language), parcels })}</small>
      {tight && <Note>{t('settings.tight')}</Note>}
    </div>
  )
}

function Use({ state }: { state: EvidenceState }): ReactElement {
  const { t, i18n } = useTranslation('evidence')
  const figures = useFigures()
  const size = (bytes: number): string => bytesInWords(bytes, i18n.language)
  const { usedBytes, clips, oldestAt, freeBytes, settings } = state
  return (
    <DefinitionList
      items={[
        {
          name: t('settings.used'),
          value: t('settings.usedValue', {
            used: size(usedBytes),
            quota: size(settings.quotaMb * MB),
            clips: figures.number(clips),
          }),
        },
        {
          name: t('settings.oldest'),
          value: oldestAt === null ? t('settings.none') : figures.time(oldestAt),
        },
        { name: t('settings.free'), value: freeBytes === null ? t('settings.unknown') : size(freeBytes) },
      ]}
    />
  )
}
