import { App, Button, Popconfirm } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useStation } from '../../app/station-app.ts'
import { useFigures } from '../office/use-figures.ts'
import { readNames, useIsManager } from '../office/use-person.ts'
import type { Pool } from './pool-figures.ts'

/** Who else holds free numbers; those of a station that is lost are written off by a manager (LBL-5). */
export function LostStations({ pools }: { pools: readonly Pool[] }): ReactElement | null {
  const { t } = useTranslation(['safety', 'common'])
  const { message } = App.useApp()
  const station = useStation()
  const figures = useFigures()
  const manager = useIsManager()
  const holders = new Map<string, number>()
  for (const { stationId, count } of pools.flatMap((pool) => pool.others))
    holders.set(stationId, (holders.get(stationId) ?? 0) + count)
  const key = JSON.stringify([...holders.keys()].sort())
  const names = useLiveQuery(
    () => readNames(station.database, { stations: JSON.parse(key), people: [] }),
    [station, key],
  )
  if (holders.size === 0 || names === undefined) return null
  const writeOff = async (holder: string): Promise<void> => {
    const { answer } = await station.run({ type: 'WriteOffNumbers', holder, reason: t('pools.lostReason') })
    if (answer.tag === 'roleWanted') void message.error(t('managerWanted'))
    else void message.success(t('pools.lostDone', { number: figures.number(answer.counts?.numbers ?? 0) }))
  }
  return (
    <ul className="rows other-holders">
      {[...holders].map(([holder, count]) => {
        const words = { station: names.station(holder), number: figures.number(count) }
        return (
          <li key={holder} data-holder={holder}>
            <span>{t('pools.otherTitle', words)}</span>
            <Popconfirm
              title={t('pools.lostConfirm', words)}
              okText={t('pools.yes')}
              okButtonProps={{ danger: true, 'data-action': 'confirm' }}
              cancelText={t('common:action.cancel')}
              onConfirm={() => writeOff(holder)}
            >
              <Button data-action="write-off" disabled={!manager}>
                {t('pools.lost')}
              </Button>
            </Popconfirm>
          </li>
        )
      })}
    </ul>
  )
}
