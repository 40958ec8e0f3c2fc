import { type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { BinSuggestion, PutawayTask } from '../../../shared/domain/putaway/putaway-task.ts'
import { Panel } from '../../ui/small-parts.tsx'
import { FloorFrame, HeldPanel, type IdleWords } from '../floor/floor-frame.tsx'
import type { FloorKey } from '../floor/floor-keys.ts'
import { Hero, Split } from '../floor/floor-parts.tsx'
import { useFloor, useTask } from '../floor/use-floor.ts'
import { DockTable } from './dock-table.tsx'

/** Putaway 上架: a piece in hand, a suggested bin with its reason, done (PUT-2, PUT-3). */
export function PutawayScreen(): ReactElement {
  const floor = useFloor('putaway')
  const task = useTask('putaway')
  const idle = useIdleWords(task ?? null)
  const keys = usePutawayKeys()
  return (
    <FloorFrame
      floor={floor}
      idle={idle}
      keys={keys}
      aside={
        <>
          {task === null && <HeldPanel floor={floor} />}
          <PlacedPanel task={task ?? null} />
        </>
      }
    >
      <Split
        top={
          <div className="heroes">
            <PieceHero piece={task?.piece ?? null} />
            <BinHero task={task ?? null} />
          </div>
        }
      >
        <DockTable currentSku={task?.piece?.skuCode ?? null} onTake={floor.send} />
      </Split>
    </FloorFrame>
  )
}

function usePutawayKeys(): readonly FloorKey[] {
  const { t } = useTranslation('floor')
  return useMemo(
    () => [
      { keys: 'Esc', word: 'CMD-BACK', label: t('key.back') },
      { keys: 'F4', word: 'CMD-HOLD', label: t('key.hold') },
      { keys: 'F8', word: 'CMD-FINISH', label: t('key.finish') },
    ],
    [t],
  )
}

function useIdleWords(task: PutawayTask | null): IdleWords {
  const { t } = useTranslation('floor')
  if (!task) return { title: t('putaway.idleTitle'), next: t('putaway.idleNext') }
  const { piece, placed } = task
  if (!piece) return { title: t('putaway.goOnEmpty', { count: placed.length }), next: t('putaway.idleTitle') }
  const unmeasured = piece.measured && piece.measureMm === null
  return {
    title: t('putaway.goOnTitle', { title: piece.title, quantity: `${piece.quantity}` }),
    next: unmeasured ? t('putaway.goOnMeasure') : t('putaway.goOnNext'),
  }
}

function PieceHero({ piece }: { piece: PutawayTask['piece'] }): ReactElement {
  const { t } = useTranslation('floor')
  if (!piece)
    return (
      <Hero id="piece" label={t('putaway.inHand')}>
        <span className="quiet-figure">{t('putaway.nothingInHand')}</span>
      </Hero>
    )
  return (
    <Hero
      id="piece"
      label={t('putaway.inHand')}
      below={
        <>
          {piece.measureMm !== null && <span className="measure-mark">{piece.measureMm} mm</span>}
          {piece.onDock !== null && <span>{t('putaway.onDock', { count: piece.onDock })}</span>}
        </>
      }
    >
      {piece.title} <span className="hero-times">× {piece.quantity}</span>
    </Hero>
  )
}

function BinHero({ task }: { task: PutawayTask | null }): ReactElement {
  const { t } = useTranslation('floor')
  const piece = task?.piece ?? null
  const suggestion = task?.suggestion ?? null
  if (suggestion)
    return (
      <Hero
        id="bin"
        label={t('putaway.suggestion')}
        tone="here"
        below={
          <>
            <b>{t(`putaway.reason.${suggestion.reason}`)}</b>
            <Holds suggestion={suggestion} />
          </>
        }
      >
        <span className="bin-code">{suggestion.binCode}</span>
      </Hero>
    )
  const unmeasured = piece?.measured === true && piece.measureMm === null
  const words = !piece ? '—' : unmeasured ? t('putaway.measureFirst') : t('putaway.noSuggestion')
  return (
    <Hero id="bin" label={t('putaway.suggestion')}>
      <span className="quiet-figure">{words}</span>
    </Hero>
  )
}

function Holds({ suggestion }: { suggestion: BinSuggestion }): ReactElement {
  const { t } = useTranslation('floor')
  const holds = `${suggestion.holds}`
  if (suggestion.capacity === null) return <span>{t('putaway.holdsOpen', { holds })}</span>
  return <span>{t('putaway.holds', { holds, capacity: `${suggestion.capacity}` })}</span>
}

/** Newest first: the number from the end stays with its placement. */
const numbered = (placed: PutawayTask['placed']) =>
  placed.map((placement, index) => ({ placement, number: placed.length - index }))

/** What was placed since the task began, newest first. */
function PlacedPanel({ task }: { task: PutawayTask | null }): ReactElement {
  const { t } = useTranslation('floor')
  const placed = task?.placed ?? []
  return (
    <Panel title={t('putaway.placed')} fill>
      {placed.length === 0 ? (
        <p className="panel-words">{t('putaway.placedNone')}</p>
      ) : (
        <ol className="placed-list" data-list="placed">
          {numbered(placed).map(({ placement, number }) => (
            <li key={number}>
              <span>
                {placement.title} × {placement.quantity}
                {placement.measureMm !== null && ` · ${placement.measureMm}\u00a0mm`}
              </span>
              <b>{placement.binCode}</b>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}
