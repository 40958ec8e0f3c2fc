import { Button, Input } from 'antd'
import { type FormEvent, type ReactElement, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type BackupFile,
  type HostClient,
  HostError,
  type RestoreAnswer,
} from '../../../shared/protocol/host-contract.ts'
import { Note } from '../../ui/small-parts.tsx'
import { ErrorPanel } from '../../ui/states.tsx'
import { bytesInWords } from '../office/bytes-in-words.ts'
import { StartPage } from './start-page.tsx'

type Trouble = Exclude<RestoreAnswer['tag'], 'restored'> | 'host'
type Field = 'path' | 'code'

/** Restores a backup on an empty PC (SEC-4): which file, and the code that opens it. */
export function RestoreScreen({ host, onRestore, onBack }: RestoreScreenProps): ReactElement {
  const { t } = useTranslation('safety')
  const [path, setPath] = useState('')
  const [code, setCode] = useState('')
  const [missing, setMissing] = useState<Field | null>(null)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<{ readonly tag: Trouble; readonly detail: string } | null>(null)
  const begin = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const lacks = path.trim() === '' ? 'path' : code.trim().length < 8 ? 'code' : null
    setMissing(lacks)
    if (lacks !== null) return document.getElementById(`restore-${lacks}`)?.focus()
    setBusy(true)
    setTrouble(null)
    try {
      const answer = await onRestore(tidyPath(path), code.trim())
      // Restored: the page is loaded anew.
      if (answer.tag === 'restored') return
      setTrouble(answer)
    } catch (error) {
      setTrouble({ tag: 'host', detail: error instanceof HostError ? error.fault.tag : String(error) })
    }
    setBusy(false)
  }
  return (
    <StartPage title={t('restore.title')} lead={t('restore.lead')}>
      <form className="start-group restore-form" noValidate onSubmit={(event) => void begin(event)}>
        <FoundFiles host={host} chosen={path} onChoose={setPath} />
        <RestoreField
          name="path"
          value={path}
          missing={missing === 'path'}
          onChange={setPath}
          autoFocus={true}
        />
        <RestoreField name="code" value={code} missing={missing === 'code'} onChange={setCode} />
        {busy && <Note tone="plain">{t('restore.working')}</Note>}
        {trouble !== null && (
          <div data-trouble={trouble.tag}>
            <ErrorPanel
              happened={t(`restore.happened.${trouble.tag}`, { detail: trouble.detail })}
              kept={t('restore.kept')}
              todo={t(`restore.todo.${trouble.tag}`)}
            />
          </div>
        )}
        <div className="aside-actions">
          <Button type="primary" size="large" htmlType="submit" data-action="restore-begin" loading={busy}>
            {t('restore.go')}
          </Button>
          <Button size="large" data-action="back" disabled={busy} onClick={onBack}>
            {t('restore.back')}
          </Button>
        </div>
      </form>
    </StartPage>
  )
}

interface RestoreScreenProps {
  readonly host: HostClient
  /** Loads the page anew when it went well. */
  readonly onRestore: (path: string, recoveryCode: string) => Promise<RestoreAnswer>
  readonly onBack: () => void
}

/** A path copied from a file manager comes in quotes. */
const tidyPath = (path: string): string => path.trim().replace(/^"(.*)"$/, '$1')

interface RestoreFieldProps {
  readonly name: Field
  readonly value: string
  readonly missing: boolean
  readonly onChange: (text: string) => void
  readonly autoFocus?: boolean
}

function RestoreField({
  name,
  value,
  missing,
  onChange,
  autoFocus = false,
}: RestoreFieldProps): ReactElement {
  const { t } = useTranslation('safety')
  const id = `restore-${name}`
  return (
    <div className="start-field">
      <label htmlFor={id}>{t(`restore.${name}`)}</label>
      <Input
        id={id}
        name={name === 'path' ? 'backupPath' : 'recoveryCode'}
        size="large"
        className="mono"
        value={value}
        autoFocus={autoFocus}
        autoComplete="off"
        spellCheck={false}
        status={missing ? 'error' : ''}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
      />
      <small id={`${id}-hint`} className={missing ? 'start-problem' : undefined}>
        {t(missing ? `restore.${name}Missing` : `restore.${name}Hint`)}
      </small>
    </div>
  )
}

/** What lies in the folder where this PC keeps its backups; nothing when there is none. */
function FoundFiles({ host, chosen, onChoose }: FoundFilesProps): ReactElement | null {
  const { t, i18n } = useTranslation('safety')
  const [files, setFiles] = useState<readonly BackupFile[]>([])
  useEffect(() => {
    let current = true
    host.call('backup.describe', {}).then(
      (state) => current && setFiles(state.files),
      // The path can be typed all the same.
      () => undefined,
    )
    return () => {
      current = false
    }
  }, [host])
  if (files.length === 0) return null
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <fieldset className="restore-files">
      <legend>{t('restore.found')}</legend>
      {files.map((file) => (
        <label key={file.path} data-key={file.name}>
          <input
            type="radio"
            name="found"
            checked={file.path === chosen}
            onChange={() => onChoose(file.path)}
          />
          <span>
            <b>{time.format(file.at)}</b> · {bytesInWords(file.bytes, i18n.language)}
            <small className="mono">{file.name}</small>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

interface FoundFilesProps {
  readonly host: HostClient
  readonly chosen: string
  readonly onChoose: (path: string) => void
}
