import { App } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { LABELS_AT_ONCE, labellingSetting } from '../../../shared/domain/shipping/label-first.ts'
import { ordersToLabel, TO_LABEL_TABLES } from '../../../shared/station/orders-to-label.ts'
import { stationSetting } from '../../../shared/station/station-settings.ts'
import { useStation } from '../../app/station-app.ts'
import { countWords, MANY } from '../../data/count-up-to.ts'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { Choices } from '../../ui/choices.tsx'
import { Note, Panel } from '../../ui/small-parts.tsx'
import { useIsManager } from '../office/use-person.ts'
import { useLabelling, useLabelsAtOnce } from '../orders/use-labelling.ts'

const WAYS = ['first', 'atOnce', 'last'] as const
type Way = (typeof WAYS)[number]

/** 打单方式: whether this station prints waybills by itself, before picking, or when the parcel is finished (PAK-11). */
export function LabellingCard(): ReactElement {
  const { t } = useTranslation('orders')
  const { message } = App.useApp()
  const station = useStation()
  const isManager = useIsManager()
  const { way, elsewhere } = useWay()
  const mayBegin = useMayBegin()
  const choose = async (next: Way): Promise<void> => {
    if (next === 'atOnce' && !(await mayBegin())) return
    const { stationId } = station.env.identity
    const settings = {
      [labellingSetting(stationId)]: next === 'last' ? 'last' : 'first',
      // Another station's choice stays: this one speaks for itself.
      ...(next === 'atOnce' ? { [LABELS_AT_ONCE]: stationId } : {}),
      ...(next !== 'atOnce' && way === 'atOnce' ? { [LABELS_AT_ONCE]: '' } : {}),
    }
    const { answer } = await station.run({ type: 'SaveSettings', settings })
    if (answer.tag === 'done') void message.success(t('labels.setting.saved'))
    else void message.error(t('labels.setting.managerWanted'))
  }
  return (
    <Panel title={t('labels.setting.title')}>
      <p className="panel-words">{t('labels.setting.what')}</p>
      {!isManager && <Note>{t('labels.setting.managerWanted')}</Note>}
      <div data-labelling={way ?? ''} className="settings-choices">
        <Choices
          name="labelling"
          legend={t('labels.setting.when')}
          choices={WAYS.map((value) => ({
            value,
            label: t(`labels.setting.${value}`),
            hint:
              value === 'atOnce' && elsewhere !== null
                ? t('labels.setting.atOnceElsewhere', { station: elsewhere })
                : t(`labels.setting.${value}Hint`),
          }))}
          value={way}
          onChoose={(value) => void choose(value)}
        />
      </div>
    </Panel>
  )
}

/** How this station works, and the name of another one that prints by itself for the shop. */
function useWay(): { readonly way: Way | null; readonly elsewhere: string | null } {
  const { database, env } = useStation()
  const labelling = useLabelling()
  const atOnce = useLabelsAtOnce()
  const isHere = atOnce === env.identity.stationId
  const name = useLiveQuery(
    async () => (await database.settings.get(stationSetting(atOnce, 'name')))?.value ?? atOnce,
    [database, atOnce],
  )
  return {
    way: labelling === 'first' && isHere ? 'atOnce' : (labelling ?? null),
    elsewhere: atOnce === '' || isHere ? null : String(name ?? atOnce),
  }
}

/** What waits is printed within seconds: whoever chooses it hears how many labels that are. */
function useMayBegin(): () => Promise<boolean> {
  const { t } = useTranslation(['orders', 'common'])
  const { modal } = App.useApp()
  const { store } = useStation()
  return async () => {
    const waiting = await store.read(TO_LABEL_TABLES, (tx) => ordersToLabel(tx, { most: MANY, lookAt: MANY }))
    const count = waiting.orders.length
    if (count === 0) return true
    return modal.confirm({
      centered: true,
      title: t('labels.setting.beginTitle', { labels: countWords(count) }),
      content: t('labels.setting.beginWhat'),
      okText: t('labels.setting.begin'),
      okButtonProps: { 'data-action': 'begin-at-once' },
      cancelText: t('common:action.cancel'),
    })
  }
}
