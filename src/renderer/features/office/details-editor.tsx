import { App, Button, Input } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Described } from '../../../shared/domain/sync/events.ts'
import { detailId } from '../../../shared/station/project.ts'
import { currentWrite } from '../../../shared/station/row-changes.ts'
import type { DetailRow, DetailWrite } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { Panel } from '../../ui/small-parts.tsx'
import { useFigures } from './use-figures.ts'
import { readNames } from './use-person.ts'
import './details-editor.css'

type DetailField = 'name' | 'note'

interface DetailsEditorProps {
  readonly thing: Described
  readonly thingKey: string
  readonly fields: readonly DetailField[]
}

/** Names and notes that people write on things (SYN-1): the last one holds, the earlier ones stay readable. */
export function DetailsEditor({ thing, thingKey, fields }: DetailsEditorProps): ReactElement {
  const { t } = useTranslation('safety')
  const only = fields.length === 1 ? fields[0] : undefined
  return (
    <Panel title={only ? t(`details.${only}`) : t('details.title')}>
      {fields.map((field) => (
        <Field
          key={`${thing}:${thingKey}:${field}`}
          thing={thing}
          thingKey={thingKey}
          field={field}
          titled={only === undefined}
        />
      ))}
    </Panel>
  )
}

interface FieldProps {
  readonly thing: Described
  readonly thingKey: string
  readonly field: DetailField
  readonly titled: boolean
}

function Field({ thing, thingKey, field, titled }: FieldProps): ReactElement {
  const { t } = useTranslation('safety')
  const { database } = useStation()
  const [editing, setEditing] = useState(false)
  const id = detailId(thing, thingKey, field)
  const row = useLiveQuery(() => database.details.get(id), [database, id])
  const value = row?.value ?? ''
  return (
    <div className="detail" data-detail={id}>
      {titled && <small>{t(`details.${field}`)}</small>}
      {editing ? (
        <Editor
          field={field}
          value={value}
          thing={thing}
          thingKey={thingKey}
          onDone={() => setEditing(false)}
        />
      ) : (
        <div className="detail-line">
          <span className={value === '' ? 'detail-none' : undefined} data-value={value}>
            {value || t('details.nothing')}
          </span>
          <Button size="small" data-action={`edit-${field}`} onClick={() => setEditing(true)}>
            {t(value === '' && field === 'note' ? 'details.add' : 'details.edit')}
          </Button>
        </div>
      )}
      {row && row.writes.length > 1 && <History row={row} />}
    </div>
  )
}

interface EditorProps extends Omit<FieldProps, 'titled'> {
  readonly value: string
  readonly onDone: () => void
}

function Editor({ thing, thingKey, field, value, onDone }: EditorProps): ReactElement {
  const { t } = useTranslation('safety')
  const { message } = App.useApp()
  const station = useStation()
  const [text, setText] = useState(value)
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const tidy = text.trim()
    const { answer } = await station.run({ type: 'DescribeThing', thing, key: thingKey, field, value: tidy })
    if (answer.tag === 'done') void message.success(t('details.saved'))
    onDone()
  }
  const shared = {
    name: field,
    value: text,
    maxLength: field === 'name' ? 80 : 500,
    autoFocus: true,
    'aria-label': t(`details.${field}`),
  }
  return (
    <form className="detail-form" onSubmit={(event) => void save(event)}>
      {field === 'name' ? (
        <Input {...shared} onChange={(event) => setText(event.target.value)} />
      ) : (
        <Input.TextArea
          {...shared}
          autoSize={{ minRows: 2, maxRows: 6 }}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <div className="aside-actions">
        <Button type="primary" htmlType="submit" data-action={`save-${field}`}>
          {t('details.save')}
        </Button>
        <Button data-action="cancel" onClick={onDone}>
          {t('details.cancel')}
        </Button>
      </div>
    </form>
  )
}

/** Every writing that the shown value has taken the place of, newest first. */
function History({ row }: { row: DetailRow }): ReactElement {
  const { t } = useTranslation('safety')
  const { database } = useStation()
  const figures = useFigures()
  const current = currentWrite(row)
  const earlier = row.writes.filter((write) => write.eventId !== current?.eventId).sort((a, b) => b.at - a.at)
  const names = useLiveQuery(
    () =>
      readNames(database, {
        stations: row.writes.map((write) => write.stationId),
        people: row.writes.map((write) => write.personId),
      }),
    [database, row],
  )
  const line = (write: DetailWrite): string =>
    t('details.line', {
      who: names?.person(write.personId) ?? t('details.somebody'),
      at: figures.time(write.at),
      station: names?.station(write.stationId) ?? '',
    })
  return (
    <details className="detail-history" data-history={earlier.length}>
      <summary>{t('details.history', { count: earlier.length })}</summary>
      <ul className="rows">
        {earlier.map((write) => (
          <li key={write.eventId}>
            <span>
              {write.value || t('details.cleared')}
              <small>{line(write)}</small>
            </span>
          </li>
        ))}
        {current && (
          <li>
            <small>
              {t('details.now')}: {line(current)}
            </small>
          </li>
        )}
      </ul>
    </details>
  )
}
