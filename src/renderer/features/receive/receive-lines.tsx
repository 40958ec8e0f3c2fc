import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReceiveLine, ReceiveTask } from '../../../shared/domain/receiving/receive-task.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Tag } from '../../ui/small-parts.tsx'
import { Swatch } from '../../ui/swatch.tsx'
import { shortTitle } from '../floor/floor-parts.tsx'

/** Every SKU of the count with what was expected and what came of it (RCV-5). */
export function ReceiveLines({ task }: { task: ReceiveTask }): ReactElement {
  const { t } = useTranslation('floor')
  const current = task.state === 'counting' ? (task.last?.skuCode ?? null) : null
  const isCurrent = (line: ReceiveLine): boolean => line.skuCode === current
  return (
    <DataTable
      name="lines"
      rows={Object.values(task.lines)}
      rowKey={(line) => line.skuCode}
      rowClass={(line) => (isCurrent(line) ? 'row-warn' : undefined)}
      revealKey={current}
      columns={[
        { key: 'goods', title: t('column.goods'), width: 150, render: (line) => <b>{shortTitle(line)}</b> },
        {
          key: 'colour',
          title: t('column.colour'),
          width: 88,
          render: ({ colour }) => (
            <span className="with-swatch">
              {colour !== '' && <Swatch colour={colour} size={22} />}
              {colour}
            </span>
          ),
        },
        { key: 'size', title: t('column.size'), width: 70, render: ({ size }) => <b>{size}</b> },
        {
          key: 'expected',
          title: t('column.expected'),
          width: 64,
          align: 'end',
          render: ({ expected }) => expected ?? '—',
        },
        {
          key: 'counted',
          title: t('column.counted'),
          width: 74,
          align: 'end',
          render: ({ counted }) => <b>{counted}</b>,
        },
        {
          key: 'result',
          title: t('column.result'),
          width: 168,
          render: (line) => (
            <span className="tags">
              <ResultTag line={line} task={task} />
              {line.defects > 0 && (
                <Tag tone="stop">{t('receive.result.defects', { count: line.defects })}</Tag>
              )}
              <MeasureRange line={line} />
            </span>
          ),
        },
      ]}
    />
  )
}

/** What the count comes to; a line that nobody has begun is not yet a shortage to be red about. */
function ResultTag({ line, task }: { line: ReceiveLine; task: ReceiveTask }): ReactElement | null {
  const { t } = useTranslation('floor')
  const { expected, counted, skuCode } = line
  const last = task.last?.skuCode === skuCode ? task.last : null
  if (task.state === 'counting' && last?.state === 'measureWanted')
    return <Tag tone="warn">{t('receive.result.measuring')}</Tag>
  if (expected === null) return counted === 0 ? null : <Tag tone="ok">{t('receive.result.blind')}</Tag>
  if (expected === 0) return <Tag tone="stop">{t('receive.result.notOnNotice')}</Tag>
  if (counted === expected) return <Tag tone="ok">{t('receive.result.right')}</Tag>
  if (counted > expected)
    return <Tag tone="warn">{t('receive.result.over', { count: counted - expected })}</Tag>
  const open = task.state === 'counting' && (counted === 0 || last !== null)
  return <Tag tone={open ? 'plain' : 'stop'}>{t('receive.result.short', { count: expected - counted })}</Tag>
}

function MeasureRange({ line }: { line: ReceiveLine }): ReactElement | null {
  const { t } = useTranslation('floor')
  const measures = Object.keys(line.byMeasure).map(Number)
  if (measures.length === 0) return null
  const [from, to] = [`${Math.min(...measures)}`, `${Math.max(...measures)}`]
  const words =
    from === to ? t('receive.result.oneMeasure', { from }) : t('receive.result.range', { from, to })
  return (
    <span className="measure-range">
      <Tag>{words}</Tag>
    </span>
  )
}
