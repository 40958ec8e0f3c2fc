import type { ReactElement, ReactNode } from 'react'

/** A field of the pick dialogs with its name above it; `id` is the input's. */
export function PickField({
  id,
  label,
  children,
}: {
  id: string
  label: string
  children: ReactNode
}): ReactElement {
  return (
    <div className="pick-field">
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  )
}
