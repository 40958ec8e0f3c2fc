import { App } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { type Labelling, labellingSetting } from '../../../shared/domain/shipping/label-first.ts'
import { useStation } from '../../app/station-app.ts'
import { Choices } from '../../ui/choices.tsx'
import { Note, Panel } from '../../ui/small-parts.tsx'
import { useIsManager } from '../office/use-person.ts'
import { useLabelling } from '../orders/use-labelling.ts'

/** 打单方式: whether this station prints waybills before picking or when the parcel is finished (PAK-11). */
export function LabellingCard(): ReactElement {
  const { t } = useTranslation('orders')
  const { message } = App.useApp()
  const station = useStation()
  const isManager = useIsManager()
  const labelling = useLabelling()
  const choose = async (value: Labelling): Promise<void> => {
    const settings = { [labellingSetting(station.env.identity.stationId)]: value }
    const { answer } = await station.run({ type: 'SaveSettings', settings })
    if (answer.tag === 'done') void message.success(t('labels.setting.saved'))
    else void message.error(t('labels.setting.managerWanted'))
  }
  return (
    <Panel title={t('labels.setting.title')}>
      <p className="panel-words">{t('labels.setting.what')}</p>
      {!isManager && <Note>{t('labels.setting.managerWanted')}</Note>}
      <div data-labelling={labelling ?? ''} className="settings-choices">
        <Choices
          name="labelling"
          legend={t('labels.setting.when')}
          choices={[
            { value: 'first', label: t('labels.setting.first'), hint: t('labels.setting.firstHint') },
            { value: 'last', label: t('labels.setting.last'), hint: t('labels.setting.lastHint') },
          ]}
          value={labelling ?? null}
          onChoose={(value) => void choose(value)}
        />
      </div>
    </Panel>
  )
}
