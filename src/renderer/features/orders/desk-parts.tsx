import { App } from 'antd'
import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { mayAct } from '../../../shared/domain/people/person.ts'
import { type ScreenCommand, useStation } from '../../app/station-app.ts'
import { useStationStatus } from '../../station/station-status.ts'
import { useFigures } from '../office/use-figures.ts'
import { type Names, readNames } from '../office/use-person.ts'
import './orders.css'

type Trouble = 'roleWanted' | 'gone' | 'fieldWanted' | 'reasonWanted'
const TROUBLES: readonly string[] = ['roleWanted', 'gone', 'fieldWanted', 'reasonWanted'] satisfies Trouble[]
const isTrouble = (tag: string): tag is Trouble => TROUBLES.includes(tag)

/** Runs a command of the orders' desk and says when it was refused; true when it is written down. */
export function useDeskCommand(): (command: ScreenCommand) => Promise<boolean> {
  const { run } = useStation()
  const { message } = App.useApp()
  const { t } = useTranslation('orders')
  return async (command) => {
    const { answer } = await run(command)
    const { tag } = answer
    if (tag === 'done') void message.success({ content: t('ask.saved'), key: 'desk', duration: 1.5 })
    else if (tag === 'receivedLater') void message.error(t('transfer.receivedLater'))
    else if (tag === 'shipDateWrong') void message.error(t('note.dateWrong'))
    else void message.error(t(`ask.${isTrouble(tag) ? tag : 'fieldWanted'}`))
    return tag === 'done'
  }
}

/** The person signed in, as far as the orders' desk needs to know. */
export function useDeskPerson(): { readonly name: string; readonly may: boolean } {
  const { database } = useStation()
  const personId = useStationStatus((status) => status.personId)
  const person = useLiveQuery(
    async () => (personId === null ? null : ((await database.people.get(personId)) ?? null)),
    [database, personId],
  )
  return { name: person?.name ?? '', may: mayAct(person ?? null, 'customerService') }
}

interface Written {
  readonly eventId: string
  readonly personId: string | null
  readonly stationId: string
  readonly at: number
}

/** Who wrote these, by name. */
export function useAuthors(writes: readonly Written[]): (write: Written) => string {
  const { database } = useStation()
  const { t } = useTranslation('orders')
  const ids = writes.map(({ personId }) => personId ?? '').join(' ')
  const names = useLiveQuery<Names | undefined>(
    () => readNames(database, { stations: [], people: ids.split(' ').filter((id) => id !== '') }),
    [database, ids],
  )
  return useMemo(
    () =>
      ({ personId }) =>
        names?.person(personId) ?? t('somebody'),
    [names, t],
  )
}

/** A control with its name above it. */
export function Field({ id, label, wide = false, children }: FieldProps): ReactElement {
  return (
    <div className={wide ? 'desk-field desk-wide' : 'desk-field'}>
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  )
}

interface FieldProps {
  readonly id: string
  readonly label: string
  /** Takes the whole width of a form in two columns. */
  readonly wide?: boolean
  readonly children: ReactNode
}

/** Earlier writings of one field, newest first, folded away. */
export function History<W extends Written>({
  name,
  title,
  writes,
  line,
}: HistoryProps<W>): ReactElement | null {
  const { t } = useTranslation('orders')
  const figures = useFigures()
  const author = useAuthors(writes)
  if (writes.length === 0) return null
  return (
    <details className="desk-history" data-history={name} data-count={writes.length}>
      <summary>{title}</summary>
      <ul className="rows">
        {[...writes]
          .sort((a, b) => b.at - a.at)
          .map((write) => (
            <li key={write.eventId}>
              <span>
                {line(write)}
                <small>{t('note.author', { who: author(write), at: figures.time(write.at) })}</small>
              </span>
            </li>
          ))}
      </ul>
    </details>
  )
}

interface HistoryProps<W> {
  /** `data-history`. */
  readonly name: string
  readonly title: string
  readonly writes: readonly W[]
  readonly line: (write: W) => ReactNode
}
