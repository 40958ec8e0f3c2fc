import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../../shared/domain/answer.ts'
import { isExtraLine } from '../../../shared/domain/orders/extras.ts'
import { missingLines, packedQuantity } from '../../../shared/domain/packing/pack-steps.ts'
import type { PackLine, PackTask } from '../../../shared/domain/packing/pack-task.ts'
import { binOfPlace } from '../../../shared/ledger/place.ts'
import { type PieceLine, PieceList } from '../../ui/piece-list.tsx'
import { useCell } from '../floor/cell.ts'
import { shortTitle } from '../floor/floor-parts.tsx'
import type { Floor } from '../floor/use-floor.ts'

/** The pieces of the parcel, one row per order line, as they are checked (PAK-1, PAK-3). */
export function PackLines({ task, verdict }: { task: PackTask; verdict: Floor['verdict'] }): ReactElement {
  const { t } = useTranslation('floor')
  const { answer } = useCell(verdict)
  const bad = badLine(task, answer)
  const current = bad ? null : currentLine(task)
  const lines = task.lines.map(
    (line): PieceLine => ({
      key: `${line.orderId} ${line.lineNo}`,
      colour: line.colour === '' ? line.title : line.colour,
      name: [shortTitle(line), line.colour].filter(Boolean).join(' '),
      detail: <LineDetail line={line} />,
      size: line.size,
      ...(line.size === '' ? {} : { sizeLabel: t('pack.size') }),
      ...(line.measured ? { measure: <LineMeasure line={line} /> } : {}),
      done: packedQuantity(line),
      wanted: line.quantity,
      state: lineState(line, { current, bad }),
    }),
  )
  return <PieceList name="pieces" lines={lines} />
}

/** The line in hand: a piece that waits for its measure, else the first that wants pieces. */
function currentLine(task: PackTask): PackLine | null {
  const pending = task.lines.find(
    (line) => line.measured && line.pieces.some((piece) => piece.measuredMm === null),
  )
  return pending ?? missingLines(task)[0] ?? null
}

/** The line that a stop is about: the piece the order wants instead, or the one off its measure. */
function badLine(task: PackTask, answer: Answer | null): PackLine | null {
  if (answer?.verdict !== 'stop') return null
  const title = answer.params.wanted ?? answer.params.title
  const open = task.lines.filter((line) => packedQuantity(line) < line.quantity)
  return open.find((line) => line.title === title) ?? null
}

function lineState(
  line: PackLine,
  { current, bad }: { current: PackLine | null; bad: PackLine | null },
): PieceLine['state'] {
  if (line === bad) return 'bad'
  if (packedQuantity(line) >= line.quantity) return 'done'
  return line === current ? 'now' : 'waiting'
}

function LineDetail({ line }: { line: PackLine }): ReactElement {
  const { t } = useTranslation(['floor', 'dispatch'])
  const bins = [...new Set(line.sources.map((source) => binOfPlace(source.place)))]
  const where = bins.map((bin) => bin ?? t('pack.inCart'))
  const extra = isExtraLine(line.lineNo) ? [t('dispatch:extras.mark')] : []
  return <>{[...extra, line.skuCode, ...where, ...(line.fragile ? [t('pack.fragile')] : [])].join(' · ')}</>
}

/** Measured now against wanted; before that, what goods-in measured. */
function LineMeasure({ line }: { line: PackLine }): ReactElement {
  const { t } = useTranslation('floor')
  const { wantedMm, toleranceMm } = line
  const measured = line.pieces.flatMap((piece) => (piece.measuredMm === null ? [] : [piece.measuredMm]))
  const stock = [...new Set(line.sources.map((source) => source.measureMm))].filter((value) => value !== null)
  const wanted =
    wantedMm === null
      ? t('pack.wantedUnknown')
      : t('pack.wanted', { wantedMm: `${wantedMm}`, toleranceMm: `${toleranceMm}` })
  return (
    <>
      {t('pack.waist')} <b>{measured.length === 0 ? '—' : measured.join(' ')}</b>
      {measured.length > 0 && ' mm'}
      <small>{wanted}</small>
      {measured.length === 0 && stock.length > 0 && (
        <small>{t('pack.stock', { measureMm: stock.join(' / ') })}</small>
      )}
    </>
  )
}
