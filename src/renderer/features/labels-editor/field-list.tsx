import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { LayoutFault } from '../../../shared/labels/check-layout.ts'
import type { LabelLayout } from '../../../shared/labels/label-layout.ts'
import { Note } from '../../ui/small-parts.tsx'
import type { FieldName } from './field-names.ts'

interface FieldListProps {
  readonly layout: LabelLayout
  readonly selected: string | null
  readonly faulty: ReadonlySet<string>
  readonly nameOf: (field: FieldName) => string
  readonly onSelect: (field: string) => void
}

/** Every field of the kind, also those that are not printed. */
export function FieldList({ layout, selected, faulty, nameOf, onSelect }: FieldListProps): ReactElement {
  const { t } = useTranslation('labels')
  return (
    <ul className="field-list">
      {layout.fields.map(({ field, shown }) => (
        <li key={field}>
          <button
            type="button"
            className={faulty.has(field) ? 'field-item field-item-faulty' : 'field-item'}
            aria-pressed={field === selected}
            data-list-field={field}
            data-shown={shown}
            onClick={() => onSelect(field)}
          >
            {nameOf(field as FieldName)}
            {!shown && <small>{t('hidden')}</small>}
          </button>
        </li>
      ))}
    </ul>
  )
}

interface LayoutFaultsProps {
  readonly faults: readonly LayoutFault[]
  readonly nameOf: (field: FieldName) => string
  readonly onSelect: (field: string) => void
}

/** What stands against saving, in words; a click leads to the field. */
export function LayoutFaults({ faults, nameOf, onSelect }: LayoutFaultsProps): ReactElement | null {
  const { t } = useTranslation('labels')
  if (faults.length === 0) return null
  return (
    <Note tone="stop">
      <b>{t('faults.title', { count: faults.length })}</b>
      <ul className="layout-faults">
        {faults.map(({ tag, field, index }) => (
          <li key={`${tag}-${field}-${index ?? ''}`} data-fault={tag} data-fault-field={field}>
            <button type="button" className="link-button" onClick={() => onSelect(field)}>
              {t(`fault.${tag}`, { field: nameOf(field as FieldName) })}
            </button>
          </li>
        ))}
      </ul>
    </Note>
  )
}
