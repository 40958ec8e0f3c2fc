import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { nextBin } from '../../../shared/domain/picking/decide-pick.ts'
import type { PickTask } from '../../../shared/domain/picking/pick-task.ts'
import { Swatch } from '../../ui/swatch.tsx'
import { Hero, shortTitle } from '../floor/floor-parts.tsx'

/** Where to go, readable from three metres, and what to take there (PIK-2). */
export function PickHeroes({ task }: { task: PickTask }): ReactElement | null {
  const { t } = useTranslation('floor')
  const bin = nextBin(task)
  const stop = task.stops.find(
    (candidate) => candidate.binCode === bin && candidate.picked < candidate.quantity,
  )
  if (bin === null || !stop) return null
  const here = task.atBin === bin
  return (
    <div className="heroes-stack hero-pick">
      <Hero id="bin" label={t(here ? 'pick.here' : 'pick.goTo')} tone={here ? 'here' : 'go'}>
        <span className="bin-code">{bin}</span>
      </Hero>
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
          <small>{t('pick.take')}</small> {stop.quantity - stop.picked}
        </span>
      </div>
    </div>
  )
}
