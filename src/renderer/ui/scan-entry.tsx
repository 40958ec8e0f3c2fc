import { Button, Input } from 'antd'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'

/**
 * The visible place to type a code, hanzi included; Enter or the button sends it (NFKC, trimmed, never empty).
 * A scanner's burst into it comes through the scanner layer instead, and the typed text stays.
 */
export function ScanEntry({ onSubmit, placeholder, disabled = false }: ScanEntryProps): ReactElement {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const send = (event: FormEvent): void => {
    event.preventDefault()
    const code = text.normalize('NFKC').trim()
    if (code === '') return
    setText('')
    onSubmit(code)
  }
  return (
    <form className="scan-entry" onSubmit={send}>
      <Input
        data-scan-entry=""
        size="large"
        aria-label={t('entry.label')}
        placeholder={placeholder ?? t('entry.placeholder')}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="send"
        value={text}
        disabled={disabled}
        onChange={(event) => setText(event.target.value)}
      />
      <Button size="large" htmlType="submit" data-action="send" disabled={disabled}>
        {t('action.send')}
      </Button>
    </form>
  )
}

interface ScanEntryProps {
  readonly onSubmit: (text: string) => void
  readonly placeholder?: string
  readonly disabled?: boolean
}

/** A search field that takes scans itself; Enter marks its text, so that the next scan replaces it. */
export function SearchField({ value, onChange, onEnter, placeholder, name }: SearchFieldProps): ReactElement {
  const { t } = useTranslation()
  return (
    <Input
      data-scan-target=""
      className="search-field"
      name={name}
      type="search"
      aria-label={placeholder ?? t('action.search')}
      placeholder={placeholder ?? t('action.search')}
      autoComplete="off"
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onPressEnter={(event) => {
        event.currentTarget.select()
        onEnter?.(event.currentTarget.value)
      }}
    />
  )
}

interface SearchFieldProps {
  readonly value: string
  readonly onChange: (text: string) => void
  readonly onEnter?: (text: string) => void
  readonly placeholder?: string
  readonly name?: string
}
