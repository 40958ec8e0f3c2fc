import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useFigures } from '../office/use-figures.ts'
import type { Sides } from './case-sides.ts'
import { SideCard, useStationWord } from './side-card.tsx'

/** One pool of numbers, taken in on two stations. */
export function LoadSides({ sides }: { sides: Extract<Sides, { of: 'loads' }> }): ReactElement {
  const { t } = useTranslation('safety')
  const figures = useFigures()
  const stationWord = useStationWord(sides.names)
  const first = sides.loads[0]
  return (
    <>
      <div className="sides">
        {sides.loads.map((load, index) => (
          <SideCard
            key={load.eventId}
            index={index}
            id={load.eventId}
            items={[
              { name: t('cases.file'), value: load.file || '—' },
              { name: t('cases.numbers'), value: figures.number(load.numbers) },
              { name: t('cases.station'), value: stationWord(load.stationId) },
              { name: t('cases.by'), value: sides.names.person(load.personId) ?? t('details.somebody') },
              { name: t('cases.time'), value: figures.time(load.at) },
            ]}
          />
        ))}
      </div>
      <div className="suggestion" data-suggestion="firstLoader">
        <b>{t('cases.suggestion')}</b>
        <p>{t('cases.poolTodo', { station: stationWord(first?.stationId ?? null) })}</p>
      </div>
    </>
  )
}
