import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DataTableHead, type TableSort } from './data-table-head.tsx'
import { type MoveKey, nextActiveRow } from './table-keys.ts'

/** One column; `width` in pixels, without it the column shares what is left. */
export interface Column<Row> {
  readonly key: string
  readonly title: ReactNode
  readonly width?: number
  readonly align?: 'start' | 'center' | 'end'
  readonly sortable?: boolean
  readonly render: (row: Row, index: number) => ReactNode
}

/** Rows on demand: `getRow` gives undefined while a row is still being read. */
export interface RowSource<Row> {
  readonly rowCount: number
  readonly getRow: (index: number) => Row | undefined
}

/** What a table shows and tells. */
export interface DataTableProps<Row> {
  /** `data-table` (interface.md, Tables). */
  readonly name: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[] | RowSource<Row>
  /** `data-key`: order number, SKU code, bin code, waybill number … */
  readonly rowKey: (row: Row) => string
  readonly selectedKey?: string | null
  /** The row that shall be in sight: the table scrolls to it whenever the key changes (rows given as a list only). */
  readonly revealKey?: string | null
  /** Click or Enter on a row. */
  readonly onOpen?: (row: Row) => void
  /** Extra class of a row, e.g. `row-warn`, `row-stop`, `row-done`. */
  readonly rowClass?: (row: Row) => string | undefined
  readonly loading?: boolean
  readonly empty?: ReactNode
  readonly rowHeightPx?: number
  readonly sort?: TableSort | null
  readonly onSort?: (sort: TableSort) => void
}

const isSource = <Row,>(rows: readonly Row[] | RowSource<Row>): rows is RowSource<Row> => 'getRow' in rows

const moveKeys: readonly string[] = ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End']
const isMoveKey = (key: string): key is MoveKey => moveKeys.includes(key)

function revealedIndex<Row>({ rows, rowKey, revealKey = null }: DataTableProps<Row>): number {
  if (revealKey === null || isSource(rows)) return -1
  return rows.findIndex((row) => rowKey(row) === revealKey)
}

/** A table narrower than this scrolls sideways instead of squeezing its columns away. */
function leastWidthPx(columns: readonly { readonly width?: number }[]): number {
  return columns.reduce((sum, { width }) => sum + (width ?? 160), 0)
}

/** An empty row as high as the rows that are not drawn. */
function Spacer({ heightPx, span }: { heightPx: number; span: number }): ReactElement | null {
  if (heightPx <= 0) return null
  return (
    <tr className="spacer">
      <td colSpan={span} style={{ height: heightPx }} />
    </tr>
  )
}

/**
 * A real table that draws only the rows in sight; rows are of one height. Arrow keys, Page, Home and End move the
 * active row, Enter opens it.
 */
export function DataTable<Row>(props: DataTableProps<Row>): ReactElement {
  const { name, columns, rows, rowHeightPx = 48, loading = false, empty, onOpen } = props
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(-1)
  const source = isSource(rows)
    ? rows
    : { rowCount: rows.length, getRow: (index: number): Row | undefined => rows[index] }
  const virtual = useVirtualizer({
    count: source.rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan: 12,
    // The head sticks over the first row's place.
    scrollPaddingStart: rowHeightPx,
  })
  const items = virtual.getVirtualItems()
  const top = items[0]?.start ?? 0
  const bottom = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)

  const revealed = revealedIndex(props)
  // A verdict that grows takes height from the table, which must not hide the row again.
  const shownPx = virtual.scrollRect?.height ?? 0
  useEffect(() => {
    if (revealed >= 0 && shownPx > 0) virtual.scrollToIndex(revealed)
  }, [revealed, shownPx, virtual])

  const onKey = (key: string): boolean => {
    if (isMoveKey(key)) {
      const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeightPx) - 2)
      const next = nextActiveRow({ key, active, rowCount: source.rowCount, pageRows })
      setActive(next)
      if (next >= 0) virtual.scrollToIndex(next)
      return true
    }
    const row = key === 'Enter' ? source.getRow(active) : undefined
    if (row === undefined || onOpen === undefined) return false
    onOpen(row)
    return true
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its keys move the active row of the table inside
    <div
      ref={scroller}
      className="table-scroll"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      onKeyDown={(event) => {
        if (event.target === event.currentTarget && onKey(event.key)) event.preventDefault()
      }}
    >
      <table
        className="data-table"
        style={{ minWidth: leastWidthPx(columns) }}
        data-table={name}
        data-rows={source.rowCount}
        aria-rowcount={source.rowCount + 1}
        aria-busy={loading}
      >
        <DataTableHead columns={columns} sort={props.sort ?? null} onSort={props.onSort} />
        <tbody>
          <Spacer heightPx={top} span={columns.length} />
          {items.map(({ index }) => (
            <BodyRow
              key={index}
              index={index}
              row={source.getRow(index)}
              active={index === active}
              onActivate={() => setActive(index)}
              table={props}
              heightPx={rowHeightPx}
            />
          ))}
          <Spacer heightPx={bottom} span={columns.length} />
        </tbody>
      </table>
      {source.rowCount === 0 && (
        <div className="table-empty">{loading ? t('table.loading') : (empty ?? t('table.empty'))}</div>
      )}
    </div>
  )
}

interface BodyRowProps<Row> {
  readonly index: number
  readonly row: Row | undefined
  readonly active: boolean
  readonly onActivate: () => void
  readonly table: DataTableProps<Row>
  readonly heightPx: number
}

function BodyRow<Row>({ index, row, active, onActivate, table, heightPx }: BodyRowProps<Row>): ReactElement {
  const { columns, rowKey, rowClass, selectedKey, onOpen } = table
  if (row === undefined) {
    return (
      <tr className="row-waiting" aria-rowindex={index + 2} style={{ height: heightPx }}>
        <td colSpan={columns.length}>
          <span />
        </td>
      </tr>
    )
  }
  const key = rowKey(row)
  const selected = key === selectedKey
  const classes = [rowClass?.(row), selected && 'row-selected', active && 'row-active', onOpen && 'row-opens']
  const open = (): void => {
    onActivate()
    onOpen?.(row)
  }
  return (
    <tr
      data-key={key}
      className={classes.filter(Boolean).join(' ') || undefined}
      aria-rowindex={index + 2}
      aria-current={active || selected ? 'true' : undefined}
      style={{ height: heightPx }}
      onClick={open}
    >
      {columns.map((column) => (
        <td key={column.key} data-column={column.key} className={`align-${column.align ?? 'start'}`}>
          {column.render(row, index)}
        </td>
      ))}
    </tr>
  )
}
