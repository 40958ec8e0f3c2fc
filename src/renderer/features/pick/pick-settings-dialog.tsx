import { App, Button, Checkbox, Input, InputNumber, Modal, Radio } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type PickSettings, pickSetting } from '../../../shared/domain/picking/pick-settings.ts'
import { MOST_SLOTS, slotCode } from '../../../shared/domain/picking/slots.ts'
import { putWallLabel } from '../../../shared/station/areas/pick-papers.ts'
import { useStation } from '../../app/station-app.ts'
import { BatchDialog } from '../printing/batch-dialog.tsx'
import { labelsSource } from '../printing/batch-labels.ts'
import { PickField } from './pick-field.tsx'
import './pick.css'

const WALL = /^[A-Z][A-Z0-9]{0,11}$/

interface DialogProps {
  readonly settings: PickSettings
  readonly onClose: () => void
}

/** PIK-1: how many orders this station takes at once, and the put-wall beside it. */
export function PickSettingsDialog({ settings, onClose }: DialogProps): ReactElement {
  const { t } = useTranslation('picking')
  const { message } = App.useApp()
  const { env, run } = useStation()
  const [values, setValues] = useState(settings)
  const [printing, setPrinting] = useState(false)
  const change = (part: Partial<PickSettings>): void => setValues({ ...values, ...part })
  const { wall, slots } = values
  const isWall = WALL.test(wall)
  const save = async (): Promise<void> => {
    const name = pickSetting(env.identity.stationId)
    const saved = await run({ type: 'SaveSettings', settings: { [name]: values } }).then(
      ({ answer }) => answer.tag === 'done',
      () => false,
    )
    if (saved) onClose()
    else void message.error(t('settings.failed'))
  }
  if (printing) {
    const labels = Array.from({ length: slots }, (_, index) => putWallLabel(wall, slotCode(wall, index + 1)))
    const choices = [{ key: 'all' as const, source: labelsSource('put-wall', labels) }]
    return <BatchDialog choices={choices} copies onClose={() => setPrinting(false)} />
  }
  return (
    <Modal
      open
      centered
      title={t('settings.title')}
      okText={t('settings.save')}
      cancelText={t('settings.cancel')}
      okButtonProps={{ 'data-action': 'save-picking', disabled: !isWall, size: 'large' }}
      cancelButtonProps={{ size: 'large' }}
      onOk={() => void save()}
      onCancel={onClose}
    >
      <div className="pick-form">
        <PickField label={t('settings.batchSize')} id="pick-batchSize">
          <InputNumber
            id="pick-batchSize"
            name="batchSize"
            size="large"
            min={1}
            max={60}
            precision={0}
            value={values.batchSize}
            onChange={(value) => change({ batchSize: value ?? 1 })}
          />
          <small>{t('settings.batchSizeHint')}</small>
        </PickField>
        <div>
          <b>{t('settings.sorting')}</b>
          <br />
          <Radio.Group
            optionType="button"
            size="large"
            value={values.sorting}
            onChange={({ target }) => change({ sorting: target.value as PickSettings['sorting'] })}
            options={[
              { value: 'whilePicking', label: t('settings.whilePicking') },
              { value: 'afterwards', label: t('settings.afterwards') },
            ]}
          />
        </div>
        <Checkbox
          name="confirmPuts"
          checked={values.confirmPuts}
          onChange={({ target }) => change({ confirmPuts: target.checked })}
        >
          {t('settings.confirmPuts')}
        </Checkbox>
        <WallFields values={values} onChange={change} isWall={isWall} onPrint={() => setPrinting(true)} />
      </div>
    </Modal>
  )
}

interface WallFieldsProps {
  readonly values: PickSettings
  readonly isWall: boolean
  readonly onChange: (part: Partial<PickSettings>) => void
  readonly onPrint: () => void
}

/** The wall itself: its codes, its slots, their labels; and the zones that are walked to and fro. */
function WallFields({ values, isWall, onChange, onPrint }: WallFieldsProps): ReactElement {
  const { t } = useTranslation('picking')
  return (
    <>
      <PickField label={t('settings.slots')} id="pick-slots">
        <InputNumber
          id="pick-slots"
          name="slots"
          size="large"
          min={1}
          max={MOST_SLOTS}
          precision={0}
          value={values.slots}
          onChange={(value) => onChange({ slots: value ?? 1 })}
          addonAfter={
            <Button type="text" data-action="print-slot-labels" disabled={!isWall} onClick={onPrint}>
              {t('settings.print')}
            </Button>
          }
        />
      </PickField>
      <PickField label={t('settings.wall')} id="pick-wall">
        <Input
          id="pick-wall"
          name="wall"
          size="large"
          maxLength={12}
          value={values.wall}
          status={isWall ? '' : 'error'}
          onChange={({ target }) => onChange({ wall: target.value.trim().toUpperCase() })}
        />
        <small>{isWall ? slotCode(values.wall, 1) : t('settings.wallWanted')}</small>
      </PickField>
      <PickField label={t('settings.serpentine')} id="pick-serpentine">
        <Input
          id="pick-serpentine"
          name="serpentineZones"
          size="large"
          maxLength={200}
          defaultValue={values.serpentineZones.join(' ')}
          onChange={({ target }) =>
            onChange({
              serpentineZones: target.value
                .toUpperCase()
                .split(/[\s,，、]+/)
                .filter(Boolean),
            })
          }
        />
      </PickField>
    </>
  )
}
