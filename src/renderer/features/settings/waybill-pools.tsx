import { Dexie } from 'dexie'
import { useLiveQuery } from 'dexie-react-hooks'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { courierName } from '../../../shared/domain/shipping/couriers.ts'
import { useStation } from '../../app/station-app.ts'
import type { StationDatabase } from '../../data/station-database.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Panel, Tag } from '../../ui/small-parts.tsx'
import { ImportFiles } from '../imports/import-files.tsx'

/** Below this a pool is to be filled up (LBL-5). */
const LOW_POOL = 100

interface Pool {
  readonly courier: string
  readonly free: number
  readonly used: number
  readonly burnt: number
}

/** The waybill numbers of every courier (LBL-5). */
export function WaybillPools(): ReactElement {
  const { t, i18n } = useTranslation('data')
  const { database } = useStation()
  const pools = useLiveQuery(() => readPools(database), [database])
  const figures = new Intl.NumberFormat(i18n.language)
  const figure = (value: number): string => figures.format(value)
  return (
    <Panel title={t('settings.section.pools')}>
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
          rowClass={(row) => (row.free === 0 ? 'row-stop' : row.free < LOW_POOL ? 'row-warn' : undefined)}
          columns={[
            {
              key: 'courier',
              title: t('pools.courier'),
              render: (row) => `${courierName(row.courier)} ${row.courier}`,
            },
            {
              key: 'free',
              title: t('pools.free'),
              width: 130,
              align: 'end',
              render: (row) => figure(row.free),
            },
            {
              key: 'used',
              title: t('pools.used'),
              width: 130,
              align: 'end',
              render: (row) => figure(row.used),
            },
            {
              key: 'burnt',
              title: t('pools.burnt'),
              width: 130,
              align: 'end',
              render: (row) => figure(row.burnt),
            },
            {
              key: 'state',
              title: '',
              width: 160,
              render: (row) =>
                row.free < LOW_POOL && (
                  <Tag tone={row.free === 0 ? 'stop' : 'warn'}>
                    {t(row.free === 0 ? 'pools.dry' : 'pools.low')}
                  </Tag>
                ),
            },
          ]}
        />
      </div>
    </Panel>
  )
}

/** Counts by index; a burnt number is known by its voided parcel, of which there are few. */
async function readPools(database: StationDatabase): Promise<Pool[]> {
  const { waybills } = database
  const voided = await database.parcels
    .where('[state+finishedAt]')
    .between(['voided', Dexie.minKey], ['voided', Dexie.maxKey])
    .toArray()
  const pools: Pool[] = []
  for (let row = await waybills.orderBy('key').first(); row; ) {
    const courier = row.key.slice(0, row.key.indexOf('/'))
    const total = await waybills.where('key').between(`${courier}/`, `${courier}/\uffff`).count()
    const free = await waybills
      .where('[freeFor+position]')
      .between([courier, Dexie.minKey], [courier, Dexie.maxKey])
      .count()
    const burnt = voided.filter((parcel) => parcel.courier === courier).length
    pools.push({ courier, free, used: Math.max(0, total - free - burnt), burnt })
    row = await waybills.where('key').above(`${courier}/\uffff`).first()
  }
  return pools
}
