import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { courierName } from '../../../shared/domain/shipping/couriers.ts'
import { useStation } from '../../app/station-app.ts'
import type { StationDatabase } from '../../data/station-database.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Panel, Tag } from '../../ui/small-parts.tsx'
import { ImportFiles } from '../imports/import-files.tsx'
import { useFigures } from '../office/use-figures.ts'
import { LostStations } from './lost-stations.tsx'
import { NumbersAside } from './numbers-aside.tsx'
import { countBurnt, freeOf, type Pool, readPools } from './pool-figures.ts'

/** Below this a pool is to be filled up (LBL-5). */
const LOW_POOL = 100

/** The waybill numbers of every courier: who may use them, and what became of the others (LBL-5). */
export function WaybillPools(): ReactElement {
  const { t } = useTranslation('data')
  const { database, description } = useStation()
  const { stationId } = description
  const pools = useLiveQuery(() => readPools(database, stationId), [database, stationId])
  const burnt = useBurnt(database, pools)
  return (
    <Panel title={t('settings.section.pools')}>
      {pools
        ?.filter((pool) => pool.aside > 0)
        .map((pool) => (
          <NumbersAside key={pool.courier} courier={pool.courier} count={pool.aside} />
        ))}
      <ImportFiles kind="waybills" />
      <div
        className="settings-table"
        style={{ height: Math.max(1.6, Math.min(7, pools?.length ?? 0)) * 48 + 40 }}
      >
        <DataTable
          name="waybills"
          rows={pools ?? []}
          rowKey={(row) => row.courier}
          loading={pools === undefined}
          empty={t('pools.empty')}
          rowClass={(row) => (row.here === 0 ? 'row-stop' : row.here < LOW_POOL ? 'row-warn' : undefined)}
          columns={useColumns(burnt)}
        />
      </div>
      {pools !== undefined && <LostStations pools={pools} />}
    </Panel>
  )
}

/** The burnt ones are counted apart, after the others: that takes a walk through all the numbers. */
function useBurnt(
  database: StationDatabase,
  pools: readonly Pool[] | undefined,
): ReadonlyMap<string, number> {
  const [burnt, setBurnt] = useState<ReadonlyMap<string, number>>(new Map())
  const key = JSON.stringify(pools?.map((pool) => [pool.courier, pool.total - freeOf(pool)]) ?? [])
  useEffect(() => {
    let current = true
    const couriers = (JSON.parse(key) as [string, number][]).map(([courier]) => courier)
    const counting = couriers.map(async (courier) => [courier, await countBurnt(database, courier)] as const)
    void Promise.all(counting).then((counts) => current && setBurnt(new Map(counts)))
    return () => {
      current = false
    }
  }, [database, key])
  return burnt
}

function useColumns(burnt: ReadonlyMap<string, number>): readonly Column<Pool>[] {
  const { t } = useTranslation(['data', 'safety'])
  const figures = useFigures()
  return useMemo(() => {
    const usedOf = (pool: Pool): number | null => {
      const gone = burnt.get(pool.courier)
      return gone === undefined ? null : Math.max(0, pool.total - freeOf(pool) - gone)
    }
    const figure = (key: string, title: string, value: (pool: Pool) => number | null): Column<Pool> => ({
      key,
      title,
      width: 116,
      align: 'end',
      render: (pool) => {
        const number = value(pool)
        return <span data-figure={key}>{number === null ? '…' : figures.number(number)}</span>
      },
    })
    return [
      {
        key: 'courier',
        title: t('pools.courier'),
        render: (row) => `${courierName(row.courier)} ${row.courier}`,
      },
      figure('free', t('safety:pools.here'), (pool) => pool.here),
      figure('hub', t('safety:pools.hub'), (pool) => pool.hub),
      figure('others', t('safety:pools.others'), (pool) =>
        pool.others.reduce((sum, other) => sum + other.count, 0),
      ),
      figure('aside', t('safety:pools.aside'), (pool) => pool.aside),
      figure('used', t('safety:pools.used'), usedOf),
      figure('burnt', t('safety:pools.burnt'), (pool) => burnt.get(pool.courier) ?? null),
      {
        key: 'state',
        title: '',
        width: 120,
        render: (row) =>
          row.here < LOW_POOL && (
            <Tag tone={row.here === 0 ? 'stop' : 'warn'}>{t(row.here === 0 ? 'pools.dry' : 'pools.low')}</Tag>
          ),
      },
    ]
  }, [t, figures, burnt])
}
