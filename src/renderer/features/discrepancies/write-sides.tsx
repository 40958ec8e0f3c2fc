import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { DescribedSchema } from '../../../shared/domain/sync/events.ts'
import { isMergeDetail } from '../../../shared/station/project-dispatch.ts'
import type { DetailWrite } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { Tag } from '../../ui/small-parts.tsx'
import { useFigures } from '../office/use-figures.ts'
import { useIsManager } from '../office/use-person.ts'
import type { Decide } from './case-details.tsx'
import type { Sides } from './case-sides.ts'
import { SideCard, useStationWord } from './side-card.tsx'

interface WriteSidesProps {
  /** `sku:CODE:note`; a code may hold colons. */
  readonly subject: string
  readonly sides: Extract<Sides, { of: 'writes' }>
  readonly decide: Decide
}

/** What two people wrote at the same time: each value with its writer, and a button to keep it. */
export function WriteSides({ subject, sides, decide }: WriteSidesProps): ReactElement {
  const { t } = useTranslation('safety')
  const figures = useFigures()
  const manager = useIsManager()
  const station = useStation()
  const stationWord = useStationWord(sides.names)
  const { writes, currentId, names } = sides
  const keep = async ({ value, eventId }: DetailWrite): Promise<void> => {
    const field = fieldOf(subject)
    if (isMergeDetail(subject) && eventId !== currentId)
      await station.run({ type: 'MergeAsWritten', eventId })
    // The value first: written again by somebody who has seen both, it is no contradiction to either.
    if (field && value !== sides.detail?.value) await station.run({ type: 'DescribeThing', ...field, value })
    await decide('repaired', t('cases.autoNote.value', { value: value.slice(0, 200) }))
  }
  return (
    <>
      <div className="sides">
        {writes.map((write, index) => (
          <SideCard
            key={write.eventId}
            index={index}
            id={write.eventId}
            items={[
              { name: t('cases.value'), value: <b>{write.value || t('cases.emptyValue')}</b> },
              { name: t('cases.by'), value: names.person(write.personId) ?? t('details.somebody') },
              { name: t('cases.station'), value: stationWord(write.stationId) },
              { name: t('cases.time'), value: figures.time(write.at) },
            ]}
          >
            <div className="settings-actions">
              <Button
                type="primary"
                data-action="use-value"
                disabled={!manager}
                onClick={() => void keep(write)}
              >
                {t('cases.useThis')}
              </Button>
              {write.eventId === currentId && <Tag>{t('cases.current')}</Tag>}
            </div>
          </SideCard>
        ))}
      </div>
      <div className="suggestion" data-suggestion="writeAgain">
        <b>{t('cases.suggestion')}</b>
        <p>{t('cases.writtenTodo')}</p>
      </div>
    </>
  )
}

function fieldOf(subject: string) {
  const first = subject.indexOf(':')
  const last = subject.lastIndexOf(':')
  const thing = DescribedSchema.safeParse(subject.slice(0, first))
  const field = subject.slice(last + 1)
  if (!thing.success || (field !== 'name' && field !== 'note')) return null
  return { thing: thing.data, key: subject.slice(first + 1, last), field } as const
}
