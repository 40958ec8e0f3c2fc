import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { isWaiting } from '../../../shared/domain/picking/pick-task.ts'
import { useFooter } from '../../app/frame-slots.ts'
import { useStation } from '../../app/station-app.ts'
import { FloorLayout } from '../../ui/layouts.tsx'
import { ScanEntry } from '../../ui/scan-entry.tsx'
import { Key, Panel } from '../../ui/small-parts.tsx'
import { Verdict } from '../../ui/verdict.tsx'
import { useCell } from './cell.ts'
import { type FloorKey, useFloorKeys } from './floor-keys.ts'
import { KeyWords } from './key-words.tsx'
import type { Floor } from './use-floor.ts'
import { useSay } from './use-say.ts'
import { type SpokenVerdict, speakAnswer } from './verdict-words.ts'
import './floor-boards.css'
import './floor-panels.css'

/** What stands on screen before the first scan: what to do, or where the open task stood. */
export interface IdleWords {
  readonly title: string
  readonly next: string
}

/** Verdict, board, entry and facts of a floor screen, with its keys in the footer. */
export function FloorFrame({
  floor,
  idle,
  keys,
  status = '',
  aside,
  children,
}: FloorFrameProps): ReactElement {
  const { send } = floor
  useFloorKeys(keys, send)
  const hints = useMemo(
    () => keys.map(({ keys: cap, word, label }) => ({ keys: cap, label, onPress: () => send(word) })),
    [keys, send],
  )
  useFooter(hints, status)
  return (
    <FloorLayout
      verdict={<FloorBanner floor={floor} idle={idle} />}
      entry={<FloorEntry floor={floor} />}
      aside={aside}
    >
      {children}
    </FloorLayout>
  )
}

interface FloorFrameProps {
  readonly floor: Floor
  readonly idle: IdleWords
  /** Must keep its identity from render to render. */
  readonly keys: readonly FloorKey[]
  readonly status?: string
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** Shows what is being keyed as the entry's placeholder; drawn at every key, and nothing else is. */
function FloorEntry({ floor: { send, pending } }: { floor: Floor }): ReactElement {
  const text = useCell(pending)
  return <ScanEntry onSubmit={send} {...(text === '' ? {} : { placeholder: text })} />
}

function FloorBanner({ floor, idle }: { floor: Floor; idle: IdleWords }): ReactElement {
  const say = useSay()
  const { answer, seq } = useCell(floor.verdict)
  const spoken = answer ? speakAnswer(say, answer) : idleVerdict(floor, idle, say)
  return (
    <Verdict
      verdict={answer?.verdict ?? 'idle'}
      reason={answer?.reason ?? ''}
      rule={answer?.rule ?? ''}
      seq={seq}
      title={spoken.title}
      next={<KeyWords text={spoken.next} />}
      choices={spoken.choices.map((label) => ({ label }))}
      onAnswer={(number) => floor.send(`ANS-${number}`)}
    />
  )
}

/** A question that was left open is shown again with its choices, since `ANS-n` still answers it. */
function idleVerdict(floor: Floor, idle: IdleWords, say: ReturnType<typeof useSay>): SpokenVerdict {
  const { question } = floor
  if (!question || question.choices.length === 0) return { ...idle, choices: [] }
  const choices = question.choices.map((choice) =>
    say([`choice.${choice.tag}`], { ...question.params, ...choice.params }),
  )
  return { title: idle.title, next: say(['question'], {}), choices }
}

/** The tasks of the area that were put aside, shown while none is open. */
export function HeldPanel({ floor }: { floor: Floor }): ReactElement | null {
  const { t } = useTranslation('floor')
  const { database } = useStation()
  const count = useLiveQuery(
    () =>
      database.held
        .where('area')
        .equals(floor.area)
        .filter((task) => !isWaiting(task))
        .count(),
    [database, floor.area],
  )
  if (!count) return null
  return (
    <Panel title={t('held.title')} extra={<Key>CMD-HOLD</Key>}>
      <div className="panel-row">
        <b>{t('held.count', { count })}</b>
        <button
          type="button"
          className="plain-button"
          data-action="resume"
          onClick={() => floor.send('CMD-HOLD')}
        >
          {t('held.resume')}
        </button>
      </div>
    </Panel>
  )
}
