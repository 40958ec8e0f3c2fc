import { useLiveQuery } from '../../data/use-live-query.ts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { ParcelFinish } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { office } from '../../i18n/zh-CN/office.ts'
import { Panel } from '../../ui/small-parts.tsx'
import { useFigures } from '../office/use-figures.ts'

/** Every scan of the packing in order: the proof of what was checked, when and by whom (PAK-2, ARC-1). */
export function Trail({ finish }: { finish: ParcelFinish }): ReactElement {
  const { database } = useStation()
  const { t } = useTranslation('office')
  const figures = useFigures()
  const ids = [...new Set(finish.trail.flatMap((entry) => entry.personId ?? []))]
  const key = ids.join(' ')
  const people = useLiveQuery(
    () => database.people.bulkGet(key === '' ? [] : key.split(' ')),
    [database, key],
  )
  const words = useReasonWords()
  const names = new Map((people ?? []).flatMap((person) => (person ? [[person.personId, person.name]] : [])))
  return (
    <Panel title={t('parcel.trail', { count: finish.trail.length })}>
      <ul className="rows" data-list="trail">
        {finish.trail.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same code may be scanned twice in one millisecond, and the list never changes
          <li key={index} data-reason={entry.reason}>
            <span>
              <span className="mono">{entry.scan}</span>
              <small>{words(entry.reason)}</small>
            </span>
            <small className="rows-end">
              {secondsOf(figures.time(entry.at), entry.at)}
              <br />
              {names.get(entry.personId ?? '') ?? ''}
            </small>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const REASONS = Object.keys(office.trailReason) as readonly TrailReason[]

type TrailReason = keyof typeof office.trailReason

/** What happened, in words; a reason of a later version of the station stands as its tag. */
export function useReasonWords(): (reason: string) => string {
  const { t } = useTranslation('office')
  return (reason) => {
    const known = REASONS.find((tag) => tag === reason)
    return known ? t(`trailReason.${known}`) : reason
  }
}

const secondsOf = (time: string, at: number): string =>
  `${time.slice(11)}:${String(Math.floor(at / 1000) % 60).padStart(2, '0')}`
