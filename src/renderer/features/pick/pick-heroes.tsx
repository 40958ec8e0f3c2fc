import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import {
  isSorting,
  leftToSort,
  nextBin,
  openGroup,
  openPieces,
} from '../../../shared/domain/picking/pick-steps.ts'
import type { PickTask } from '../../../shared/domain/picking/pick-task.ts'
import { slotName } from '../../../shared/domain/picking/slots.ts'
import { Swatch } from '../../ui/swatch.tsx'
import { Hero, shortTitle } from '../floor/floor-parts.tsx'
import './pick.css'

/** Where to go and where to put, readable from three metres, and what to take (PIK-1, PIK-2). */
export function PickHeroes({ task }: { task: PickTask }): ReactElement {
  return (
    <div className="heroes-stack hero-pick">
      <div className={task.putting ? 'pick-heroes pick-heroes-two' : 'pick-heroes'}>
        {task.putting && <SlotHero putting={task.putting} />}
        {isSorting(task) ? <SortHero task={task} /> : <BinHero task={task} />}
      </div>
      <TakeLine task={task} />
    </div>
  )
}

/** The slot for the piece in the hand 播种. */
function SlotHero({ putting }: { putting: NonNullable<PickTask['putting']> }): ReactElement {
  const { t } = useTranslation('picking')
  return (
    <Hero id="slot" label={`${t('putInto')} · ${putting.title}`} tone="here">
      <span className="bin-code slot-figure">{slotName(putting.code)}</span>
    </Hero>
  )
}

function SortHero({ task }: { task: PickTask }): ReactElement {
  const { t } = useTranslation('picking')
  return (
    <Hero id="sort" label={t('sortTitle')} tone="go">
      <span className="sort-left">{t('sortLeft', { count: leftToSort(task) })}</span>
    </Hero>
  )
}

function BinHero({ task }: { task: PickTask }): ReactElement | null {
  const { t } = useTranslation('floor')
  const bin = nextBin(task)
  if (bin === null) return null
  const here = task.atBin === bin
  return (
    <Hero id="bin" label={t(here ? 'pick.here' : 'pick.goTo')} tone={here && !task.putting ? 'here' : 'go'}>
      <span className="bin-code">{bin}</span>
    </Hero>
  )
}

/** What is taken at the bin, for all orders of the walk together. */
function TakeLine({ task }: { task: PickTask }): ReactElement | null {
  const { t } = useTranslation('floor')
  const group = openGroup(task)
  const [stop] = group
  if (!stop) return null
  return (
    <div className="take-line">
      <Swatch colour={stop.colour === '' ? stop.title : stop.colour} size={72} />
      <div className="take-words">
        <b>{shortTitle(stop)}</b>
        <span>
          {stop.colour}
          {stop.measureMm !== null && (
            <span className="measure-mark">{t('pick.measureOf', { measureMm: `${stop.measureMm}` })}</span>
          )}
        </span>
      </div>
      <span className="take-size">{stop.size}</span>
      <span className="take-quantity">
        <small>{t('pick.take')}</small> {openPieces(group)}
      </span>
    </div>
  )
}
