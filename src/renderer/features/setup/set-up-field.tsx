import { Input } from 'antd'
import type { KeyboardEvent, ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { badgeText, type SetUpField, type SetUpProblem } from './set-up-values.ts'

/** Puts the cursor into a field of the form. */
export function focusField(name: SetUpField): void {
  document.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.focus()
}

/** One labelled field with what is wrong with it. */
export function SetUpFieldInput(props: SetUpFieldProps): ReactElement {
  const { name, kind, value, problem, onChange, autoFocus = false } = props
  const { t } = useTranslation('office')
  const problemId = `${name}-problem`
  const shared = {
    name,
    value,
    autoFocus,
    size: 'large' as const,
    spellCheck: false,
    'aria-invalid': problem !== null,
    'aria-describedby': problem === null ? undefined : problemId,
    ...(problem === null ? {} : { status: 'error' as const }),
    onKeyDown: goToNextField,
  }
  return (
    <div className="start-field">
      <label htmlFor={name}>
        <b>{t(`setUp.field.${name}`)}</b>
      </label>
      {kind === 'name' && (
        <Input id={name} {...shared} autoComplete="off" onChange={(event) => onChange(event.target.value)} />
      )}
      {kind === 'pin' && (
        <Input.Password
          id={name}
          {...shared}
          inputMode="numeric"
          autoComplete="new-password"
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {kind === 'badge' && (
        <Input
          id={name}
          {...shared}
          data-scan-target=""
          prefix="BADGE-"
          autoComplete="off"
          onChange={(event) => onChange(badgeText(event.target.value))}
        />
      )}
      {problem !== null && (
        <p className="start-problem" id={problemId} data-problem={problem}>
          {t(`setUp.problem.${problem}`)}
        </p>
      )}
    </div>
  )
}

export interface SetUpFieldProps {
  readonly name: SetUpField
  readonly kind: 'name' | 'pin' | 'badge'
  readonly value: string
  readonly problem: SetUpProblem | null
  readonly onChange: (text: string) => void
  readonly autoFocus?: boolean
}

/** Enter goes on to the next field, so that the Enter behind a scanned badge never sends a half-filled form. */
function goToNextField(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
  const fields = [
    ...(event.currentTarget.form?.querySelectorAll<HTMLElement>('input, [type="submit"]') ?? []),
  ]
  const next = fields[fields.indexOf(event.currentTarget) + 1]
  event.preventDefault()
  next?.focus()
}
