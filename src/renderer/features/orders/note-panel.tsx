import { Button, Input, Select } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { lastWrite, noteOf } from '../../../shared/domain/orders/desk.ts'
import { DELIVERIES, type OrderNote } from '../../../shared/domain/orders/notes.ts'
import { detailId } from '../../../shared/station/project.ts'
import type { OrderRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { DefinitionList, Note, Panel } from '../../ui/small-parts.tsx'
import { hoursAndMinutes } from '../home/cut-off.ts'
import { useFigures } from '../office/use-figures.ts'
import { Field, History, useAuthors, useDeskCommand, useDeskPerson } from './desk-parts.tsx'
import { readNoteRules } from './order-filters.ts'

type Draft = Omit<OrderNote, 'shipBy'>

const BLANK: Draft = { name: '', spec: '', shipOn: null, delivery: 'courier', extras: '', text: '' }

/** ORD-2: what was agreed with the buyer, who wrote it, and what stood there before. */
export function NotePanel({ order, now }: { order: OrderRow; now: number }): ReactElement {
  const { t } = useTranslation('orders')
  const { may } = useDeskPerson()
  const [editing, setEditing] = useState(false)
  const notes = order.desk?.notes ?? []
  const current = lastWrite(notes)
  const figures = useFigures()
  const author = useAuthors(notes)
  const earlier = notes.filter(({ eventId }) => eventId !== current?.eventId)
  return (
    <Panel title={t('note.title')}>
      <Overdue order={order} now={now} />
      <PlainNote orderId={order.orderId} />
      {editing ? (
        <NoteForm order={order} onDone={() => setEditing(false)} />
      ) : (
        <>
          {current ? <NoteLines note={current.note} /> : <p className="desk-none">{t('note.none')}</p>}
          {current && (
            <small className="desk-by" data-note-author={current.personId ?? ''}>
              {t('note.author', { who: author(current), at: figures.time(current.at) })}
            </small>
          )}
          <div className="aside-actions">
            <Button
              data-action="edit-note"
              type={current ? 'default' : 'primary'}
              disabled={!may}
              onClick={() => setEditing(true)}
            >
              {t(current ? 'note.edit' : 'note.add')}
            </Button>
          </div>
        </>
      )}
      <History
        name="notes"
        title={t('note.history', { count: earlier.length })}
        writes={earlier}
        line={({ note }) => <NoteLines note={note} />}
      />
    </Panel>
  )
}

function Overdue({ order, now }: { order: OrderRow; now: number }): ReactElement | null {
  const { t } = useTranslation('orders')
  const { database } = useStation()
  const rules = useLiveQuery(() => readNoteRules(database), [database])
  if (!rules || rules.wish === 'none' || order.noteSince === undefined) return null
  const overMinutes = Math.floor((now - order.noteSince) / 60_000) - rules.minutes
  if (overMinutes <= 0) return null
  return (
    <div data-note-due={overMinutes}>
      <Note tone="stop">
        {t('note.due', { minutes: String(rules.minutes), time: hoursAndMinutes(overMinutes) })}
      </Note>
    </div>
  )
}

/** What was written on the order in one field, before notes had parts. */
function PlainNote({ orderId }: { orderId: string }): ReactElement | null {
  const { database } = useStation()
  const row = useLiveQuery(
    () => database.details.get(detailId('order', orderId, 'note')),
    [database, orderId],
  )
  return row?.value ? <Note tone="plain">{row.value}</Note> : null
}

function NoteLines({ note }: { note: OrderNote }): ReactElement {
  const { t } = useTranslation('orders')
  const { name, spec, shipOn, delivery, extras, text } = note
  const all = [
    { name: t('note.name'), value: name },
    { name: t('note.spec'), value: spec },
    { name: t('note.shipOn'), value: shipOn ?? '' },
    { name: t('note.delivery'), value: t(`delivery.${delivery}`) },
    { name: t('note.extras'), value: extras },
    { name: t('note.text'), value: text },
  ]
  return <DefinitionList items={all.filter(({ value }) => value !== '')} />
}

function NoteForm({ order, onDone }: { order: OrderRow; onDone: () => void }): ReactElement {
  const { t } = useTranslation('orders')
  const run = useDeskCommand()
  const before = noteOf(order)
  const [draft, setDraft] = useState<Draft>(() => {
    if (!before) return BLANK
    const { shipBy: _end, ...rest } = before
    return rest
  })
  const set = (change: Partial<Draft>): void => setDraft({ ...draft, ...change })
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const { name, spec, extras, text } = draft
    const note = { ...draft, name: name.trim(), spec: spec.trim(), extras: extras.trim(), text: text.trim() }
    if (await run({ type: 'NoteOrder', orderId: order.orderId, note })) onDone()
  }
  const field = (name: 'name' | 'spec' | 'extras', maxLength: number, autoFocus = false): ReactElement => (
    <Field id={`note-${name}`} label={t(`note.${name}`)}>
      <Input
        id={`note-${name}`}
        name={`note-${name}`}
        value={draft[name]}
        maxLength={maxLength}
        autoFocus={autoFocus}
        onChange={(event) => set({ [name]: event.target.value })}
      />
    </Field>
  )
  return (
    <form className="desk-form" onSubmit={(event) => void save(event)}>
      {field('name', 120, true)}
      {field('spec', 300)}
      <Field id="note-shipOn" label={t('note.shipOn')}>
        <input
          className="desk-date"
          type="date"
          id="note-shipOn"
          name="note-shipOn"
          value={draft.shipOn ?? ''}
          onChange={(event) => set({ shipOn: event.target.value === '' ? null : event.target.value })}
        />
      </Field>
      <Field id="note-delivery" label={t('note.delivery')}>
        <Select
          id="note-delivery"
          value={draft.delivery}
          onChange={(delivery) => set({ delivery })}
          options={DELIVERIES.map((value) => ({ value, label: t(`delivery.${value}`) }))}
        />
      </Field>
      {field('extras', 300)}
      <Field id="note-text" label={t('note.text')}>
        <Input.TextArea
          id="note-text"
          name="note-text"
          value={draft.text}
          maxLength={1000}
          autoSize={{ minRows: 2, maxRows: 6 }}
          onChange={(event) => set({ text: event.target.value })}
        />
      </Field>
      <div className="aside-actions">
        <Button type="primary" htmlType="submit" data-action="save-note">
          {t('note.save')}
        </Button>
        <Button onClick={onDone}>{t('ask.cancel')}</Button>
      </div>
    </form>
  )
}
