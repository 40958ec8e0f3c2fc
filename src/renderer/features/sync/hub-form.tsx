import { Button, Input } from 'antd'
import { type FormEvent, type ReactElement, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStation } from '../../app/station-app.ts'
import { WAREHOUSE_ID } from '../../station/station-environment.ts'
import { type ConnectOutcome, connectHub } from '../../sync/connect-hub.ts'
import { readHubAddress } from '../../sync/hub-address.ts'
import { Note } from '../../ui/small-parts.tsx'
import { ErrorPanel } from '../../ui/states.tsx'
import { EMPTY_HUB_FORM, type HubField, type HubFormValues, validateHubForm } from './hub-form-values.ts'
import './sync.css'

type Refusal = Extract<ConnectOutcome, { tag: 'refused' }>

interface HubFormProps {
  readonly stationName: string
  /** `data-action` and words of the button that sends it. */
  readonly action: string
  readonly label: string
  readonly disabled?: boolean
  /** Before the hub is asked, so that a crash after its answer loses nothing. */
  readonly onBegin?: (stationName: string) => Promise<void>
  readonly onConnected: (stationName: string) => Promise<void>
  readonly onBack?: () => void
}

/** Address, one-time code, and what this PC is called: with these a station joins a hub (SEC-2). */
export function HubForm(props: HubFormProps): ReactElement {
  const { t } = useTranslation(['sync', 'common'])
  const station = useStation()
  const [values, setValues] = useState<HubFormValues>({ ...EMPTY_HUB_FORM, stationName: props.stationName })
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const problems = validateHubForm(values)
  const address = readHubAddress(values.hubUrl)
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setTried(true)
    if (Object.keys(problems).length > 0 || address.tag !== 'address') return
    setBusy(true)
    setRefusal(null)
    const stationName = values.stationName.trim()
    await props.onBegin?.(stationName)
    const target = { host: station.host, database: station.database, warehouseId: WAREHOUSE_ID }
    const request = { url: address.url, code: values.hubCode.trim(), stationName }
    const outcome = await connectHub(target, request)
    if (outcome.tag === 'connected') await props.onConnected(stationName)
    else setRefusal(outcome)
    setBusy(false)
  }
  const field = (name: HubField): ReactElement => (
    <HubFieldInput
      name={name}
      value={values[name]}
      problem={tried ? (problems[name] ?? null) : null}
      onChange={(text) => setValues((before) => ({ ...before, [name]: text }))}
    />
  )
  return (
    <form className="hub-form" noValidate onSubmit={(event) => void submit(event)}>
      {field('stationName')}
      {field('hubUrl')}
      {address.tag === 'address' && address.open && (
        <div role="status" data-warning="open-address">
          <Note>{t('form.openWarning')}</Note>
        </div>
      )}
      {field('hubCode')}
      {refusal !== null && (
        <div data-refused={refusal.reason}>
          <ErrorPanel
            happened={t(`refused.${refusal.reason}.happened`, { detail: refusal.detail })}
            kept={t('refused.kept')}
            todo={t(`refused.${refusal.reason}.todo`)}
          />
        </div>
      )}
      <div className="hub-form-foot">
        <Button
          type="primary"
          size="large"
          htmlType="submit"
          data-action={props.action}
          loading={busy}
          disabled={props.disabled ?? false}
        >
          {props.label}
        </Button>
        {props.onBack !== undefined && (
          <Button size="large" data-action="join-back" disabled={busy} onClick={props.onBack}>
            {t('common:action.back')}
          </Button>
        )}
      </div>
    </form>
  )
}

interface HubFieldInputProps {
  readonly name: HubField
  readonly value: string
  readonly problem: 'missing' | 'badUrl' | 'badCode' | 'tooLong' | null
  readonly onChange: (text: string) => void
}

const WORDS = { stationName: 'stationName', hubUrl: 'url', hubCode: 'code' } as const

/** One labelled field with its hint and what is wrong with it. */
export function HubFieldInput({ name, value, problem, onChange }: HubFieldInputProps): ReactElement {
  const { t } = useTranslation('sync')
  const id = useId()
  const word = WORDS[name]
  return (
    <div className="hub-field">
      <label htmlFor={id}>
        <b>{t(`form.${word}`)}</b>
      </label>
      <Input
        id={id}
        name={name}
        size="large"
        autoComplete="off"
        spellCheck={false}
        className={name === 'hubCode' ? 'hub-code-input' : ''}
        value={value}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-hint`}
        {...(problem === null ? {} : { status: 'error' as const })}
        onChange={(event) => onChange(event.target.value)}
      />
      {problem === null ? (
        <p className="hub-field-hint" id={`${id}-hint`}>
          {t(`form.${word}Hint`)}
        </p>
      ) : (
        <p className="hub-field-problem" id={`${id}-hint`} data-problem={problem}>
          {t(`form.problem.${problem}`)}
        </p>
      )}
    </div>
  )
}
