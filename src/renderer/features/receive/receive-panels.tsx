import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { countedPieces } from '../../../shared/domain/receiving/decide-receive.ts'
import type { ReceiveTask } from '../../../shared/domain/receiving/receive-task.ts'
import { RangeBar } from '../../ui/range-bar.tsx'
import { BigNumber, Panel, Tag } from '../../ui/small-parts.tsx'
import { Swatch } from '../../ui/swatch.tsx'

/** Pieces counted of pieces expected, and by colour 分色 (RCV-1). */
export function CountPanel({ task }: { task: ReceiveTask }): ReactElement {
  const { t } = useTranslation('floor')
  const lines = Object.values(task.lines)
  const counted = countedPieces(task)
  const expected = lines.reduce((sum, line) => sum + (line.expected ?? 0), 0)
  const blind = task.noticeNo === null
  return (
    <Panel
      title={t('receive.counted')}
      extra={<span>{`${lines.filter((line) => line.counted > 0).length} ${t('unit.kinds')}`}</span>}
    >
      <BigNumber value={counted} unit={t('unit.pieces')} {...(blind ? {} : { of: expected })} />
      {!blind && (
        <RangeBar
          value={null}
          from={0}
          to={Math.min(counted, expected)}
          min={0}
          max={expected}
          label={`${counted} / ${expected}`}
        />
      )}
      <ColourTotals task={task} />
    </Panel>
  )
}

function ColourTotals({ task }: { task: ReceiveTask }): ReactElement | null {
  const { t } = useTranslation('floor')
  const totals = new Map<string, number>()
  for (const { colour, counted } of Object.values(task.lines))
    if (counted > 0) totals.set(colour, (totals.get(colour) ?? 0) + counted)
  if (totals.size === 0) return null
  return (
    <div className="colour-totals" data-list="colours">
      <span className="panel-words">{t('receive.byColour')}</span>
      {[...totals].map(([colour, pieces]) => (
        <span key={colour}>
          {colour !== '' && <Swatch colour={colour} size={20} />}
          {colour === '' ? t('receive.noColour') : colour} <b>{pieces}</b>
        </span>
      ))}
    </div>
  )
}

/** The goods-in note 入库单: its number, who has signed, and the button that ends the count (RCV-7). */
export function NotePanel({ task, onFinish }: { task: ReceiveTask; onFinish: () => void }): ReactElement {
  const { t } = useTranslation('floor')
  const title = task.noteNo === null ? t('receive.note') : `${t('receive.note')} ${task.noteNo}`
  if (task.state === 'counting')
    return (
      <Panel title={title} fill>
        <p className="panel-words">{t('receive.noteOpen')}</p>
        <Button type="primary" size="large" data-action="finish" onClick={onFinish}>
          {t('receive.finish')}
        </Button>
      </Panel>
    )
  const [first] = task.signatures
  const open = first?.as === 'countersign' ? t('receive.clerk') : t('receive.second')
  return (
    <Panel title={title} fill>
      <p className="panel-words">{t('receive.noteSigning')}</p>
      <div className="tag-row" data-list="signatures">
        {first ? (
          <Tag tone="ok">{t('receive.signedBy', { name: first.name })}</Tag>
        ) : (
          <Tag tone="warn">{t('receive.waitBadge', { who: t('receive.clerk') })}</Tag>
        )}
        <Tag tone={first ? 'warn' : 'plain'}>{t('receive.waitBadge', { who: open })}</Tag>
      </div>
    </Panel>
  )
}
