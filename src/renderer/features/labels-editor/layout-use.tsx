import { App, Button, Select } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { COURIER_CODES, courierName, DEFAULT_COURIER } from '../../../shared/domain/shipping/couriers.ts'
import { type LabelLayout, layoutChoiceSetting } from '../../../shared/labels/label-layout.ts'
import { useStation } from '../../app/station-app.ts'
import { Panel } from '../../ui/small-parts.tsx'
import { useIsManager } from '../office/use-person.ts'
import { useLayoutChoices } from './use-layout-choice.ts'

/** Which labels use this layout: all of its kind, or one courier's waybills. */
export function LayoutUse({ layout }: { layout: LabelLayout }): ReactElement | null {
  const { t } = useTranslation('labels')
  const { message } = App.useApp()
  const { run } = useStation()
  const manager = useIsManager()
  const choices = useLayoutChoices()
  const [courier, setCourier] = useState<string>(DEFAULT_COURIER)
  const { layoutId, kind } = layout
  if (choices === undefined) return null
  if (layoutId === 'size-50x30')
    return (
      <Panel title={t('choose.title')}>
        <p className="layout-note">{t('choose.measured')}</p>
      </Panel>
    )
  const choose = async (name: string, value: string | null): Promise<void> => {
    const { answer } = await run({ type: 'SaveSettings', settings: { [name]: value } })
    if (answer.tag === 'done') void message.success(t('choose.done'))
    else void message.error(t('managerWanted'))
  }
  const forAll = choices.byKind[kind] === layoutId
  const own = Object.keys(choices.byCourier).filter((code) => choices.byCourier[code] === layoutId)
  return (
    <Panel title={t('choose.title')}>
      <Button
        block
        type={forAll ? 'default' : 'primary'}
        ghost={!forAll}
        data-action="use-layout"
        data-layout={layoutId}
        disabled={!manager || forAll}
        onClick={() => void choose(layoutChoiceSetting(kind), layoutId)}
      >
        {t(forAll ? 'choose.kindDone' : 'choose.kind')}
      </Button>
      {kind === 'waybill' && (
        <>
          <div className="layout-couriers">
            <Select
              value={courier}
              aria-label={t('choose.courier')}
              options={COURIER_CODES.map((value) => ({ value, label: courierName(value) }))}
              onChange={setCourier}
            />
            <Button
              data-action="use-layout-courier"
              disabled={!manager || own.includes(courier)}
              onClick={() => void choose(layoutChoiceSetting('waybill', courier), layoutId)}
            >
              {t('choose.courier')}
            </Button>
          </div>
          <ul className="layout-history">
            {own.map((code) => (
              <li key={code} data-courier-layout={code}>
                <span>{t('choose.chosen', { courier: courierName(code) })}</span>
                <Button
                  size="small"
                  disabled={!manager}
                  onClick={() => void choose(layoutChoiceSetting('waybill', code), null)}
                >
                  {t('choose.stop')}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  )
}
