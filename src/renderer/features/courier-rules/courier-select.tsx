import { Select } from 'antd'
import type { ReactElement } from 'react'
import { courierName } from '../../../shared/domain/shipping/couriers.ts'

interface CourierSelectProps {
  readonly label: string
  readonly value: string | null
  readonly codes: readonly string[]
  readonly onChange: (code: string) => void
  readonly disabled?: boolean
  /** Handle for tests and support scripts: `data-courier`. */
  readonly name: string
}

/** One courier out of several, by name. */
export function CourierSelect(props: CourierSelectProps): ReactElement {
  const { label, value, codes, onChange, disabled = false, name } = props
  return (
    <span data-courier-select={name} data-courier={value ?? ''}>
      <Select
        aria-label={label}
        className="courier-select"
        value={value}
        disabled={disabled}
        onChange={onChange}
        placeholder={label}
        options={codes.map((code) => ({ value: code, label: courierName(code) }))}
      />
    </span>
  )
}
