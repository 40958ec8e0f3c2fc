import type { ReactElement, ReactNode } from 'react'

/** By which column the rows are ordered. */
export interface TableSort {
  readonly key: string
  readonly descending: boolean
}

interface HeadColumn {
  readonly key: string
  readonly title: ReactNode
  readonly width?: number
  readonly align?: 'start' | 'center' | 'end'
  readonly sortable?: boolean
}

interface DataTableHeadProps {
  readonly columns: readonly HeadColumn[]
  readonly sort: TableSort | null
  readonly onSort: ((sort: TableSort) => void) | undefined
}

/** Widths and titles; a sortable title is a button that turns the order round. */
export function DataTableHead({ columns, sort, onSort }: DataTableHeadProps): ReactElement {
  return (
    <>
      <colgroup>
        {columns.map(({ key, width }) => (
          <col key={key} style={width === undefined ? undefined : { width }} />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          {columns.map((column) => (
            <HeadCell key={column.key} column={column} sort={sort} onSort={onSort} />
          ))}
        </tr>
      </thead>
    </>
  )
}

function HeadCell({ column, sort, onSort }: Omit<DataTableHeadProps, 'columns'> & { column: HeadColumn }) {
  const { key, title, align = 'start', sortable = false } = column
  const sorted = sort?.key === key
  const order = sorted ? (sort.descending ? 'descending' : 'ascending') : undefined
  const turn = (): void => onSort?.({ key, descending: sorted ? !sort.descending : false })
  return (
    <th scope="col" className={`align-${align}`} aria-sort={order}>
      {sortable && onSort !== undefined ? (
        <button type="button" className="sort-button" onClick={turn}>
          {title}
          <span aria-hidden="true">{order === undefined ? '' : order === 'ascending' ? ' ↑' : ' ↓'}</span>
        </button>
      ) : (
        title
      )}
    </th>
  )
}
