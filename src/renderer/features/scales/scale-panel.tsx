import { App, Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { ScaleSettings } from '../../../shared/protocol/scale-contract.ts'
import { useStation } from '../../app/station-app.ts'
import { chooseHidScale, hidIsOffered, hidIsOpen } from '../../devices/hid-scale.ts'
import { weighAgain } from '../../devices/scale-link.ts'
import { Note, Panel } from '../../ui/small-parts.tsx'
import { faultWords } from '../printing/use-printers.ts'
import { LiveWeight } from './live-weight.tsx'
import { ScaleByHand } from './scale-by-hand.tsx'
import { useListeningScale } from './use-scale-listening.ts'
import { useScaleSettings } from './use-scale-settings.ts'

const FIND: ScaleSettings = { on: true, port: null, baud: null, dialect: null }
const OFF: ScaleSettings = { ...FIND, on: false }

/** The scale of this PC: found by itself, tried out here, set by hand where it must be (PAK-4). */
export function ScalePanel(): ReactElement {
  const { t } = useTranslation('scales')
  const { message } = App.useApp()
  const scale = useListeningScale()
  const { known, trouble, save } = useScaleSettings(scale.state === 'live' ? 'live' : 'other')
  const isOn = known?.settings.on === true || hidIsOpen()
  const configure = (settings: ScaleSettings): Promise<void> =>
    save(settings).then(
      () => void message.success(t('panel.saved')),
      (error: unknown) => void message.error(t('panel.notSaved', { detail: faultWords(error) })),
    )
  return (
    <Panel title={t('title')}>
      <p className="sync-hint">{t('panel.what')}</p>
      {trouble !== null && <Note tone="stop">{t('panel.notRead', { detail: trouble })}</Note>}
      <div className="scale-panel">
        <LiveWeight scale={scale} expectedGrams={null} spreadGrams={null} />
        <div className="scale-words">
          {isOn && <p>{t('panel.test')}</p>}
          {known?.settings.on && known.found !== null && (
            <small data-found-scale={known.found.dialect}>
              {t('panel.found', {
                port: known.found.port,
                dialect: t(`dialect.${known.found.dialect}`),
                baud: String(known.found.baud),
              })}
            </small>
          )}
          <ScaleButtons isOn={isOn} onConfigure={configure} />
          {hidIsOffered() && <small>{t('panel.usbHint')}</small>}
        </div>
      </div>
      {known !== null && <ScaleByHand settings={known.settings} onSave={configure} />}
    </Panel>
  )
}

function ScaleButtons({
  isOn,
  onConfigure,
}: {
  readonly isOn: boolean
  readonly onConfigure: (settings: ScaleSettings) => Promise<void>
}): ReactElement {
  const { t } = useTranslation('scales')
  const { host } = useStation()
  const { message } = App.useApp()
  const choose = async (): Promise<void> => {
    if (!(await chooseHidScale())) void message.info(t('panel.usbNone'))
  }
  return (
    <div className="scale-buttons">
      <Button
        size="large"
        type={isOn ? 'default' : 'primary'}
        data-action="find-scale"
        onClick={() => void onConfigure(FIND)}
      >
        {t('panel.find')}
      </Button>
      {hidIsOffered() && (
        <Button size="large" data-action="choose-usb-scale" onClick={() => void choose()}>
          {t('panel.usb')}
        </Button>
      )}
      {isOn && (
        <>
          <Button
            size="large"
            data-action="weigh-again"
            onClick={() => void weighAgain(host).catch(() => undefined)}
          >
            {t('panel.again')}
          </Button>
          <Button size="large" data-action="scale-off" onClick={() => void onConfigure(OFF)}>
            {t('panel.off')}
          </Button>
        </>
      )}
    </div>
  )
}
