import { type ReactElement, type ReactNode, useEffect, useState } from 'react'
import { Icon, type IconName } from './icon.tsx'

/** The four answers a floor screen can give. */
export type VerdictKind = 'idle' | 'right' | 'stop' | 'ask'

/** One numbered way to answer a question; its number is its place in the list, from 1. */
export interface VerdictChoice {
  readonly label: ReactNode
  readonly disabled?: boolean
}

/** Everything the one verdict of a floor screen shows (interface.md, Verdict). */
export interface VerdictProps {
  readonly verdict: VerdictKind
  /** Tag of the documented list, '' when idle. */
  readonly reason?: string
  /** Rule id, '' when none applies. */
  readonly rule?: string
  /** 0 when the screen opens, +1 for every scan answered. */
  readonly seq: number
  /** What happened. */
  readonly title: ReactNode
  /** What to do now; put codes into `<Key>`. */
  readonly next?: ReactNode
  readonly choices?: readonly VerdictChoice[]
  /** A choice was clicked; scanning `ANS-n` is the screen's own business. */
  readonly onAnswer?: (number: number) => void
}

const marks: Readonly<Record<VerdictKind, IconName>> = {
  idle: 'scan',
  right: 'right',
  stop: 'stop',
  ask: 'ask',
}

function markOf({ verdict, reason }: VerdictProps): IconName {
  return verdict === 'ask' && reason === 'measureWanted' ? 'measure' : marks[verdict]
}

function ChoiceList({
  choices,
  onAnswer,
}: Required<Pick<VerdictProps, 'choices' | 'onAnswer'>>): ReactElement {
  return (
    <ol className="verdict-choices">
      {choices.map((choice, index) => {
        const number = index + 1
        return (
          <li key={number}>
            <button
              type="button"
              data-answer={number}
              disabled={choice.disabled === true}
              onClick={() => onAnswer(number)}
            >
              <b>{number}</b>
              <span>{choice.label}</span>
              <small>{`ANS-${number}`}</small>
            </button>
          </li>
        )
      })}
    </ol>
  )
}

/** Seen from the corner of an eye, and over before the next scan of a quick hand. */
const BLINK_MS = 60

/**
 * Put on and taken off, with nothing in between: an animation asks for a frame every few milliseconds, and a scan that
 * comes meanwhile waits for each of them.
 */
function Blink(): ReactElement {
  const [lit, setLit] = useState(true)
  useEffect(() => {
    const timer = setTimeout(() => setLit(false), BLINK_MS)
    return () => clearTimeout(timer)
  }, [])
  return <span className={lit ? 'verdict-blink verdict-blink-lit' : 'verdict-blink'} />
}

const ignoreAnswer = (): void => {}

/**
 * The verdict banner: colour, mark and words, readable from two metres. Its numbers are given, never counted here,
 * so two equal answers in a row are still two (`seq`), and the banner blinks for each.
 */
export function Verdict(props: VerdictProps): ReactElement {
  const { verdict, reason = '', rule = '', seq, title, next, choices = [], onAnswer = ignoreAnswer } = props
  return (
    <section
      className="verdict"
      role="status"
      aria-atomic="true"
      data-verdict={verdict}
      data-reason={reason}
      data-rule={rule}
      data-seq={seq}
    >
      <Blink key={seq} />
      <div className="verdict-mark">
        <Icon name={markOf(props)} size={96} stroke={verdict === 'idle' ? 1.4 : 2.4} />
      </div>
      <div className="verdict-words">
        <h1>{title}</h1>
        {next !== undefined && <p>{next}</p>}
        {choices.length > 0 && <ChoiceList choices={choices} onAnswer={onAnswer} />}
      </div>
    </section>
  )
}
