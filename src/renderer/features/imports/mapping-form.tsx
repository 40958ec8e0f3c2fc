import { Select } from 'antd'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type MappedField,
  ORDER_HEADER_NAMES,
  type OrderMapping,
} from '../../../shared/formats/order-mapping.ts'
import { Note } from '../../ui/small-parts.tsx'
import type { FilePreview } from './import-protocol.ts'

const FIELDS = Object.keys(ORDER_HEADER_NAMES) as MappedField[]
const NEEDED: readonly MappedField[] = ['number', 'skuCode', 'quantity']
/** Asked for at first sight; the others stand behind "more". */
const USUAL: readonly MappedField[] = [
  ...NEEDED,
  'status',
  'paidAt',
  'createdAt',
  'name',
  'phone',
  'fullAddress',
  'province',
  'city',
  'district',
  'street',
]

/** Which column means what; going on with the import confirms it, and it is remembered by the header names. */
export function MappingForm({
  file,
  onChange,
}: {
  readonly file: FilePreview
  readonly onChange: (mapping: OrderMapping) => void
}): ReactElement | null {
  const { t } = useTranslation('data')
  const state = file.mapping
  const [all, setAll] = useState(false)
  if (state === null) return null
  const choose = (field: MappedField, header: string | undefined): void => {
    const { [field]: _old, ...rest } = state.mapping
    onChange(header === undefined ? rest : { ...rest, [field]: header })
  }
  const shown = FIELDS.filter((field) => all || USUAL.includes(field) || state.mapping[field] !== undefined)
  const options = file.headers
    .filter((header) => header !== '')
    .map((header) => ({ value: header, label: header }))
  return (
    <fieldset className="mapping-form" data-mapping={state.remembered ? 'remembered' : 'suggested'}>
      <legend>{t(state.remembered ? 'mapping.remembered' : 'mapping.suggested')}</legend>
      {state.missing.length > 0 && (
        <Note tone="stop">
          {t('mapping.missing', { fields: state.missing.map((field) => t(`mapped.${field}`)).join('、') })}
        </Note>
      )}
      <div className="mapping-grid">
        {shown.map((field) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: the select inside is the control
          <label key={field}>
            <span>
              {t(`mapped.${field}`)}
              {NEEDED.includes(field) && ' *'}
            </span>
            <Select<string>
              allowClear
              showSearch
              size="middle"
              aria-label={t(`mapped.${field}`)}
              placeholder={t('mapping.none')}
              value={state.mapping[field]}
              options={options}
              status={state.missing.includes(field) ? 'error' : ''}
              onChange={(header: string | undefined) => choose(field, header)}
            />
          </label>
        ))}
      </div>
      {!all && shown.length < FIELDS.length && (
        <button type="button" className="link-button" onClick={() => setAll(true)}>
          {t('mapping.more')}
        </button>
      )}
    </fieldset>
  )
}
