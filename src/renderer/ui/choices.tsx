import type { ReactElement, ReactNode } from 'react'

/** One tile to choose. */
export interface Choice<T extends string> {
  readonly value: T
  readonly label: ReactNode
  readonly hint?: ReactNode
}

/** Large tiles of which one is chosen, by finger, Tab and Space, or arrow keys. */
export function Choices<T extends string>({
  name,
  legend,
  choices,
  value,
  onChoose,
}: ChoicesProps<T>): ReactElement {
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className={choice.value === value ? 'choice choice-on' : 'choice'}>
          <input
            type="radio"
            className="sight-hidden"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChoose(choice.value)}
          />
          <b>{choice.label}</b>
          {choice.hint !== undefined && <span>{choice.hint}</span>}
        </label>
      ))}
    </fieldset>
  )
}

interface ChoicesProps<T extends string> {
  readonly name: string
  readonly legend: string
  readonly choices: readonly Choice<T>[]
  readonly value: T | null
  readonly onChoose: (value: T) => void
}
