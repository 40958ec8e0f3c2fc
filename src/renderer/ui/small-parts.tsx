import type { ReactElement, ReactNode } from 'react'

/** What a mark means: fine, wrong, look here, or nothing special. */
export type Tone = 'ok' | 'stop' | 'warn' | 'plain'

/** A short word on a coloured ground. */
export function Tag({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }): ReactElement {
  return <span className={`tag tag-${tone}`}>{children}</span>
}

/** A key cap or a code inside running words. */
export function Key({ children }: { children: ReactNode }): ReactElement {
  return <kbd className="key">{children}</kbd>
}

/** One key and what it does; the footer is made of these. */
export interface KeyHintItem {
  readonly keys: string
  readonly label: string
  /** Makes the hint a button that does the same as the key. */
  readonly onPress?: () => void
}

/** A key cap with its word. */
export function KeyHint({ keys, label, onPress }: KeyHintItem): ReactElement {
  const words = (
    <>
      <kbd>{keys}</kbd>
      {label}
    </>
  )
  if (onPress === undefined) return <span className="key-hint">{words}</span>
  return (
    <button type="button" className="key-hint" onClick={onPress}>
      {words}
    </button>
  )
}

/** A card with a quiet heading and an optional word or button at its right. */
export function Panel({ title, extra, children, fill = false }: PanelProps): ReactElement {
  return (
    <section className={fill ? 'panel panel-fill' : 'panel'}>
      {(title !== undefined || extra !== undefined) && (
        <header className="panel-head">
          <h2>{title}</h2>
          {extra}
        </header>
      )}
      {children}
    </section>
  )
}

interface PanelProps {
  readonly title?: ReactNode
  readonly extra?: ReactNode
  readonly children: ReactNode
  /** Takes the height that is left. */
  readonly fill?: boolean
}

/** A figure to be read from across the room; `of` and `unit` stand small beside it. */
export function BigNumber({ value, unit, of }: BigNumberProps): ReactElement {
  return (
    <div className="big-number">
      {value}
      {of !== undefined && <span className="big-number-of">{` / ${of}`}</span>}
      {unit !== undefined && <span className="big-number-unit">{unit}</span>}
    </div>
  )
}

interface BigNumberProps {
  readonly value: string | number
  readonly unit?: string
  readonly of?: string | number
}

/** Name and value pairs. `wide` gives the names the room (check lists), else the values (addresses). */
export function DefinitionList({ items, wide = false }: DefinitionListProps): ReactElement {
  return (
    <dl className={wide ? 'pairs pairs-wide' : 'pairs'}>
      {items.map(({ name, value, id }) => (
        <div key={id ?? name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

interface DefinitionListProps {
  readonly items: readonly { readonly name: string; readonly value: ReactNode; readonly id?: string }[]
  readonly wide?: boolean
}

/** A remark that must not be overlooked (a buyer's wish, a packing rule). */
export function Note({ tone = 'warn', children }: { tone?: Tone; children: ReactNode }): ReactElement {
  return <div className={`note note-${tone}`}>{children}</div>
}

/** The flags an order may carry (ORD-2). */
export type FlagColour = 'red' | 'green' | 'yellow' | 'blue' | 'purple'

/** An order's flag; the word goes with the colour, for eyes that do not tell it. */
export function Flag({ colour, label }: { colour: FlagColour; label: string }): ReactElement {
  return <span className={`flag flag-${colour}`} role="img" aria-label={label} title={label} />
}
