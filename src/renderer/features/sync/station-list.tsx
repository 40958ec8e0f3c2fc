import { Button, Modal } from 'antd'
import { type ReactElement, useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shopTime } from '../../../shared/domain/orders/deadline.ts'
import type { EnrolledStation } from '../../../shared/protocol/sync-messages.ts'
import { useStation } from '../../app/station-app.ts'
import { useStationStatus } from '../../station/station-status.ts'
import { askHub } from '../../sync/hub-calls.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Note, Panel, Tag } from '../../ui/small-parts.tsx'
import { useNow } from '../office/use-now.ts'
import { useMayManage } from './sync-figures.ts'

/** The PCs that the hub knows; a lost one is shut out here (SEC-2). */
export function StationList(): ReactElement {
  const { t } = useTranslation('sync')
  const { description, env } = useStation()
  const manager = useMayManage()
  const { stations, reload } = useStations()
  const [revoked, setRevoked] = useState<EnrolledStation | null>(null)
  const at = (time: number | null): string => (time === null ? '—' : shopTime(time, env.shopClock))
  const rows = [...(stations ?? [])].sort(
    (a, b) => Number(a.revokedAt !== null) - Number(b.revokedAt !== null) || a.enrolledAt - b.enrolledAt,
  )
  return (
    <Panel title={t('stations.title')}>
      <div className="sync-table" style={{ height: Math.max(1.6, Math.min(8, rows.length)) * 48 + 50 }}>
        <DataTable
          name="stations"
          rows={rows}
          rowKey={(row) => row.stationId}
          empty={t('stations.none')}
          rowClass={(row) => (row.revokedAt === null ? undefined : 'row-done')}
          columns={[
            {
              key: 'name',
              title: t('stations.name'),
              render: (row) => (
                <>
                  {row.name}{' '}
                  {row.stationId === description.stationId && <Tag tone="ok">{t('stations.here')}</Tag>}
                </>
              ),
            },
            {
              key: 'state',
              title: t('stations.state'),
              width: 210,
              render: (row) =>
                row.revokedAt === null ? (
                  <Tag tone="ok">{t('stations.active')}</Tag>
                ) : (
                  <Tag tone="stop">{t('stations.revoked', { at: at(row.revokedAt) })}</Tag>
                ),
            },
            { key: 'seen', title: t('stations.seen'), width: 170, render: (row) => at(row.lastSeenAt) },
            {
              key: 'enrolled',
              title: t('stations.enrolled'),
              width: 170,
              render: (row) => at(row.enrolledAt),
            },
            {
              key: 'events',
              title: t('stations.events'),
              width: 90,
              align: 'end',
              render: (row) => row.events,
            },
            { key: 'version', title: t('stations.version'), width: 90, render: (row) => row.appVersion },
            {
              key: 'revoke',
              title: '',
              width: 120,
              render: (row) =>
                row.revokedAt === null && row.stationId !== description.stationId ? (
                  <Button
                    size="small"
                    danger
                    data-action="revoke-station"
                    disabled={!manager}
                    onClick={() => setRevoked(row)}
                  >
                    {t('stations.revoke')}
                  </Button>
                ) : null,
            },
          ]}
        />
      </div>
      {revoked !== null && (
        <RevokeDialog
          station={revoked}
          onClose={() => {
            setRevoked(null)
            reload()
          }}
        />
      )}
    </Panel>
  )
}

/** The hub's list, asked for when the screen opens, every half minute, and whenever it can be reached again. */
function useStations(): { stations: readonly EnrolledStation[] | null; reload: () => void } {
  const { host } = useStation()
  const reached = useStationStatus(({ sync }) => sync.phase === 'current')
  const [stations, setStations] = useState<readonly EnrolledStation[] | null>(null)
  const round = useNow(30_000)
  const reload = useCallback(() => {
    void askHub(host, 'stations', {}).then((answer) => {
      if (answer.tag === 'answer') setStations(answer.value.stations)
    })
  }, [host])
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again with every round
  useEffect(() => {
    if (reached) reload()
  }, [reload, reached, round])
  return { stations, reload }
}

function RevokeDialog({ station, onClose }: { station: EnrolledStation; onClose: () => void }): ReactElement {
  const { t } = useTranslation(['sync', 'common'])
  const { host } = useStation()
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState(false)
  const revoke = async (): Promise<void> => {
    setBusy(true)
    const answer = await askHub(host, 'revoke', { stationId: station.stationId })
    setBusy(false)
    if (answer.tag === 'answer') onClose()
    else setFailed(true)
  }
  return (
    <Modal
      open
      title={t('stations.revokeTitle', { name: station.name })}
      onCancel={onClose}
      footer={[
        <Button key="cancel" data-action="cancel-revoke" onClick={onClose}>
          {t('common:action.cancel')}
        </Button>,
        <Button
          key="revoke"
          danger
          type="primary"
          data-action="confirm-revoke"
          loading={busy}
          onClick={() => void revoke()}
        >
          {t('stations.revokeDo')}
        </Button>,
      ]}
    >
      <p>{t('stations.revokeText')}</p>
      {failed && <Note tone="stop">{t('stations.failed')}</Note>}
    </Modal>
  )
}
