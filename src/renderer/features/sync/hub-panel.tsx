import { useLiveQuery } from '../../data/use-live-query.ts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { stationSetting } from '../../../shared/station/station-settings.ts'
import { useStation } from '../../app/station-app.ts'
import { useStationStatus } from '../../station/station-status.ts'
import { Note, Panel, Tag } from '../../ui/small-parts.tsx'
import { HubForm } from './hub-form.tsx'
import { HubStatus } from './hub-status.tsx'
import { useMayManage } from './sync-figures.ts'

/** The hub: how to join one, or how things stand with it. */
export function HubPanel(): ReactElement {
  const { t } = useTranslation('sync')
  const { space } = useStation()
  const link = useStationStatus((status) => status.sync.link)
  if (space === 'demo')
    return (
      <Panel title={t('hub.title')} extra={<Tag>{t('hub.noneTag')}</Tag>}>
        <p className="sync-hint">{t('hub.demo')}</p>
      </Panel>
    )
  if (link?.tag === 'enrolled') return <HubStatus link={link} />
  if (link?.tag === 'none') return <NoHub />
  return (
    <Panel title={t('hub.title')}>
      <p className="sync-hint">{t('hub.asking')}</p>
    </Panel>
  )
}

function NoHub(): ReactElement {
  const { t } = useTranslation('sync')
  const station = useStation()
  const manager = useMayManage()
  const setting = stationSetting(station.description.stationId, 'name')
  const name = useLiveQuery(async () => (await station.database.settings.get(setting)) ?? null, [station])
  const connected = async (stationName: string): Promise<void> => {
    if (stationName !== name?.value)
      await station.run({ type: 'SaveSettings', settings: { [setting]: stationName } })
    station.sync.relink()
  }
  return (
    <Panel title={t('form.title')} extra={<Tag>{t('hub.noneTag')}</Tag>}>
      <p className="sync-hint">{t('hub.noneLead')}</p>
      {!manager && <Note>{t('hub.managerOnly')}</Note>}
      {name !== undefined && (
        <HubForm
          stationName={String(name?.value ?? '')}
          action="enrol"
          label={t('form.submit')}
          disabled={!manager}
          onConnected={connected}
        />
      )}
    </Panel>
  )
}
