import { App, Button } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { LabelLayout } from '../../../shared/labels/label-layout.ts'
import { useStation } from '../../app/station-app.ts'
import { Panel, Tag } from '../../ui/small-parts.tsx'
import { useFigures } from '../office/use-figures.ts'
import { readNames } from '../office/use-person.ts'
import type { LayoutVersion } from './layout-history.ts'
import type { LayoutWork } from './use-layout.ts'

/** The last savings of the layout; each can be put back into the editor. */
export function HistoryPanel({
  layout,
  onTake,
}: {
  layout: LayoutWork
  onTake: (next: LabelLayout) => void
}): ReactElement {
  const { t } = useTranslation('labels')
  const { message } = App.useApp()
  const { database } = useStation()
  const figures = useFigures()
  const { versions, builtIn } = layout
  const people = versions.map(({ personId }) => personId)
  const names = useLiveQuery(
    () => readNames(database, { stations: [], people }),
    [database, people.join(' ')],
  )
  const take = ({ layout: earlier }: LayoutVersion): void => {
    onTake(earlier ?? builtIn)
    void message.info(
      earlier ? t('history.taken', { version: String(earlier.version) }) : t('history.takenBuiltIn'),
    )
  }
  return (
    <Panel title={t('history.title')}>
      {versions.length === 0 && <p className="layout-note">{t('history.empty')}</p>}
      <ul className="layout-history">
        {versions.map((version, index) => (
          <li key={version.eventId} data-layout-version={version.layout?.version ?? 0}>
            <b>
              {version.layout
                ? t('history.version', { version: String(version.layout.version) })
                : t('history.builtIn')}
            </b>
            <small>
              {[figures.time(version.at), names?.person(version.personId)].filter(Boolean).join(' ')}
            </small>
            {index === 0 ? (
              <Tag>{t('history.current')}</Tag>
            ) : (
              <Button size="small" data-action="take-version" onClick={() => take(version)}>
                {t('history.take')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
