import { Button } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { NoticeRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import type { StationDatabase } from '../../data/station-database.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Panel } from '../../ui/small-parts.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Board } from '../floor/floor-parts.tsx'
import type { Floor } from '../floor/use-floor.ts'
import { ImportFiles } from '../imports/import-files.tsx'

/** Notices looked through, newest number first, and notes that may have closed them. */
const SEARCHED = 400
const SHOWN = 100

/** Advance notices that no goods-in note has answered yet (RCV-1); a row opens its notice. */
export function NoticeList({ floor }: { floor: Floor }): ReactElement | null {
  const { t } = useTranslation('floor')
  const { database } = useStation()
  const notices = useLiveQuery(() => openNotices(database), [database])
  if (!notices) return null
  const startBlind = (
    <Button size="large" data-action="new" onClick={() => floor.send('CMD-NEW')}>
      {t('receive.startBlind')}
    </Button>
  )
  if (notices.length === 0)
    return (
      <EmptyState icon="receive" title={t('receive.noNotices')} action={startBlind}>
        {t('receive.noNoticesHelp')}
      </EmptyState>
    )
  return (
    <Board title={t('receive.notices')} extra={startBlind}>
      <DataTable
        name="notices"
        rows={notices}
        rowKey={(notice) => notice.noticeNo}
        rowHeightPx={54}
        onOpen={(notice) => floor.send(notice.noticeNo)}
        columns={[
          {
            key: 'notice',
            title: t('column.notice'),
            width: 260,
            render: ({ noticeNo }) => <b>{noticeNo}</b>,
          },
          { key: 'supplier', title: t('column.supplier'), render: ({ supplier }) => supplier },
          {
            key: 'kinds',
            title: t('column.kinds'),
            width: 90,
            align: 'end',
            render: ({ lines }) => lines.length,
          },
          {
            key: 'pieces',
            title: t('column.pieces'),
            width: 100,
            align: 'end',
            render: (notice) => <b>{piecesOf(notice)}</b>,
          },
        ]}
      />
    </Board>
  )
}

const piecesOf = (notice: NoticeRow): number => notice.lines.reduce((sum, line) => sum + line.quantity, 0)

async function openNotices(database: StationDatabase): Promise<NoticeRow[]> {
  const [notices, notes] = await Promise.all([
    database.notices.orderBy(':id').reverse().limit(SEARCHED).toArray(),
    database.notes.orderBy('postedAt').reverse().limit(SEARCHED).toArray(),
  ])
  const received = new Set(notes.map((note) => note.noticeNo))
  return notices.filter((notice) => !received.has(notice.noticeNo)).slice(0, SHOWN)
}

/** The way in for a supplier's file. */
export function NoticeImport(): ReactElement {
  const { t } = useTranslation('floor')
  return (
    <Panel title={t('receive.importTitle')} fill>
      <ImportFiles kind="notice" />
    </Panel>
  )
}
