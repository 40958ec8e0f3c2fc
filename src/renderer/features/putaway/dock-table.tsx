import { useLiveQuery } from '../../data/use-live-query.ts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { skuTitle } from '../../../shared/domain/catalogue/sku.ts'
import { DOCK } from '../../../shared/ledger/place.ts'
import type { BalanceRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import type { StationDatabase } from '../../data/station-database.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Tag } from '../../ui/small-parts.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Swatch } from '../../ui/swatch.tsx'
import { BoardHead, shortTitle } from '../floor/floor-parts.tsx'

const SHOWN = 200

interface DockRow extends BalanceRow {
  readonly title: string
  readonly colour: string
  readonly size: string
}

/** What waits on the dock, goods for sale first; a row takes its piece in hand as a scan would. */
export function DockTable({ currentSku, onTake }: DockTableProps): ReactElement | null {
  const { t } = useTranslation('floor')
  const { database } = useStation()
  const dock = useLiveQuery(() => loadDock(database), [database])
  if (!dock) return null
  if (dock.rows.length === 0)
    return (
      <EmptyState icon="putaway" title={t('putaway.dockEmpty')}>
        {t('putaway.dockEmptyHelp')}
      </EmptyState>
    )
  return (
    <div className="board">
      <BoardHead title={t('putaway.dock')}>
        <span className="quiet">{t('putaway.dockCount', { count: dock.count })}</span>
      </BoardHead>
      <div className="board-body">
        <DataTable
          name="dock"
          rows={dock.rows}
          rowKey={(row) => row.skuCode}
          rowClass={(row) => (row.skuCode === currentSku ? 'row-warn' : undefined)}
          onOpen={(row) => onTake(row.skuCode)}
          columns={[
            {
              key: 'goods',
              title: t('column.goods'),
              render: (row) => (
                <span className="with-swatch">
                  <Swatch colour={row.colour === '' ? row.title : row.colour} size={24} />
                  <b>{shortTitle(row)}</b> {row.colour}
                </span>
              ),
            },
            { key: 'size', title: t('column.size'), width: 96, render: ({ size }) => <b>{size}</b> },
            {
              key: 'measure',
              title: t('column.measure'),
              width: 110,
              render: ({ measureMm }) => (measureMm === null ? '' : `${measureMm} mm`),
            },
            {
              key: 'pieces',
              title: t('column.pieces'),
              width: 84,
              align: 'end',
              render: ({ quantity }) => <b>{quantity}</b>,
            },
            {
              key: 'state',
              title: t('column.state'),
              width: 110,
              render: ({ condition }) =>
                condition === 'good' ? (
                  <Tag tone="ok">{t('putaway.good')}</Tag>
                ) : (
                  <Tag tone="stop">{t('putaway.exchange')}</Tag>
                ),
            },
          ]}
        />
      </div>
    </div>
  )
}

interface DockTableProps {
  readonly currentSku: string | null
  readonly onTake: (code: string) => void
}

async function loadDock(database: StationDatabase): Promise<{ rows: DockRow[]; count: number }> {
  const onDock = database.balances.where('place').equals(DOCK)
  const [balances, count] = await Promise.all([onDock.limit(SHOWN).toArray(), onDock.count()])
  const skus = await database.skus.bulkGet(balances.map((row) => row.skuCode))
  const rows = balances.map((row, index): DockRow => {
    const sku = skus[index]
    return {
      ...row,
      title: sku ? skuTitle(sku) : row.skuCode,
      colour: sku?.colour ?? '',
      size: sku?.size ?? '',
    }
  })
  return { rows: rows.sort(goodFirst), count }
}

const goodFirst = (one: DockRow, other: DockRow): number =>
  Number(one.condition !== 'good') - Number(other.condition !== 'good')
