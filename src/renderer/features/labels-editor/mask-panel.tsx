import { App, Switch } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { COURIER_CODES, courierName } from '../../../shared/domain/shipping/couriers.ts'
import { maskWaybillSetting } from '../../../shared/labels/mask-personal.ts'
import { useStation } from '../../app/station-app.ts'
import { Note } from '../../ui/small-parts.tsx'
import { useIsManager } from '../office/use-person.ts'

/** LBL-2: whose waybills hide the recipient; on unless a manager turned it off (GB/T 41833). */
export function MaskPanel(): ReactElement {
  const { t } = useTranslation('labels')
  const { message, modal } = App.useApp()
  const { database, run } = useStation()
  const manager = useIsManager()
  const unmasked = useLiveQuery(async () => {
    const rows = await database.settings.bulkGet(COURIER_CODES.map(maskWaybillSetting))
    return new Set(COURIER_CODES.filter((_, index) => rows[index]?.value === false))
  }, [database])
  const save = async (courier: string, masked: boolean): Promise<void> => {
    const settings = { [maskWaybillSetting(courier)]: masked }
    const { answer } = await run({ type: 'SaveSettings', settings })
    if (answer.tag !== 'done') void message.error(t('managerWanted'))
  }
  const change = (courier: string, masked: boolean): void => {
    if (masked) {
      void save(courier, true)
      return
    }
    const name = courierName(courier)
    void modal.confirm({
      title: t('mask.ask', { courier: name }),
      content: t('mask.warning', { couriers: name }),
      okText: t('mask.go'),
      okButtonProps: { danger: true, ...{ 'data-action': 'confirm-unmask' } },
      onOk: () => save(courier, false),
    })
  }
  return (
    <section className="mask-panel">
      <h3>{t('mask.title')}</h3>
      <p className="layout-lead">{t('mask.lead')}</p>
      {unmasked && unmasked.size > 0 && (
        <Note>{t('mask.warning', { couriers: [...unmasked].map(courierName).join(' ') })}</Note>
      )}
      <ul className="mask-couriers">
        {COURIER_CODES.map((courier) => {
          const masked = unmasked?.has(courier) !== true
          return (
            <li key={courier} data-mask-courier={courier} data-masked={masked}>
              <span>{courierName(courier)}</span>
              <Switch
                checked={masked}
                loading={unmasked === undefined}
                disabled={!manager}
                aria-label={`${t('mask.title')} ${courierName(courier)}`}
                checkedChildren={t('mask.on')}
                unCheckedChildren={t('mask.off')}
                onChange={(next) => change(courier, next)}
              />
            </li>
          )
        })}
      </ul>
      <small>{t('mask.other')}</small>
    </section>
  )
}
