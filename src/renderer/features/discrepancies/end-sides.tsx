import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useFigures } from '../office/use-figures.ts'
import type { Sides } from './case-sides.ts'
import { SideCard, useStationWord } from './side-card.tsx'

/** One parcel that two stations ended, each without the other. */
export function EndSides({ sides }: { sides: Extract<Sides, { of: 'ends' }> }): ReactElement {
  const { t } = useTranslation('safety')
  const figures = useFigures()
  const stationWord = useStationWord(sides.names)
  const waybill = sides.parcel?.finish?.waybillNumber ?? '—'
  return (
    <>
      <div className="sides">
        {sides.ends.map((end, index) => (
          <SideCard
            key={end.eventId}
            index={index}
            id={end.eventId}
            items={[
              { name: t('cases.waybill'), value: waybill },
              { name: t('cases.ended'), value: t(`cases.end.${end.what}`) },
              { name: t('cases.station'), value: stationWord(end.stationId) },
              { name: t('cases.by'), value: sides.names.person(end.personId) ?? t('details.somebody') },
              { name: t('cases.time'), value: figures.time(end.at) },
            ]}
          />
        ))}
      </div>
      <div className="suggestion" data-suggestion="lookForParcel">
        <b>{t('cases.suggestion')}</b>
        <p>{t('cases.endTodo', { waybill })}</p>
      </div>
    </>
  )
}
