import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStation } from '../../app/station-app.ts'
import { rebuildAndCompare } from '../../data/rebuild-compare.ts'
import { LongWork } from '../../ui/long-work.tsx'
import { Note } from '../../ui/small-parts.tsx'
import { ErrorPanel } from '../../ui/states.tsx'
import { useFigures } from '../office/use-figures.ts'

type Outcome = Awaited<ReturnType<typeof rebuildAndCompare>>

type State =
  | { readonly tag: 'idle' }
  | { readonly tag: 'running'; readonly done: number; readonly total: number }
  | { readonly tag: 'compared'; readonly outcome: Outcome }
  | { readonly tag: 'failed'; readonly detail: string }

/** One rebuild-and-compare at a time (STK-3). */
export interface RebuildCompare {
  readonly state: State
  readonly running: boolean
  readonly start: () => void
}

/** Starts the comparison and follows it; the station goes on working meanwhile. */
export function useRebuildCompare(): RebuildCompare {
  const station = useStation()
  const [state, setState] = useState<State>({ tag: 'idle' })
  const running = state.tag === 'running'
  const start = (): void => {
    if (running) return
    setState({ tag: 'running', done: 0, total: 0 })
    rebuildAndCompare(station, ({ done, total }) => setState({ tag: 'running', done, total })).then(
      (outcome) => setState({ tag: 'compared', outcome }),
      (error: unknown) => setState({ tag: 'failed', detail: String(error) }),
    )
  }
  return { state, running, start }
}

/** How far it is, then whether the stock that is shown equals the stock that the ledger gives. */
export function RebuildResult({ rebuild: { state } }: { rebuild: RebuildCompare }): ReactElement | null {
  const { t } = useTranslation('office')
  const figures = useFigures()
  switch (state.tag) {
    case 'idle':
      return null
    case 'running':
      return <LongWork label={t('rebuildCompare.working')} done={state.done} total={state.total} />
    case 'failed':
      return (
        <ErrorPanel
          happened={t('rebuildCompare.failed', { detail: state.detail })}
          kept={t('rebuildCompare.kept')}
          todo={t('rebuildCompare.todo')}
        />
      )
    case 'compared': {
      const { equal, entries, differences } = state.outcome
      return (
        <div data-rebuild={equal ? 'equal' : 'different'} data-entries={entries}>
          <Note tone={equal ? 'ok' : 'stop'}>
            {t(equal ? 'rebuildCompare.equal' : 'rebuildCompare.different', {
              entries: figures.number(entries),
              count: differences.length,
            })}
            {differences.map((difference) => (
              <div key={difference} className="mono">
                {difference}
              </div>
            ))}
          </Note>
        </div>
      )
    }
  }
}
