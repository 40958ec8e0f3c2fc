import { Button } from 'antd'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorPanel } from '../../ui/states.tsx'
import { focusField, SetUpFieldInput, type SetUpFieldProps } from './set-up-field.tsx'
import { EMPTY_SET_UP, type SetUpField, type SetUpValues, tidySetUp, validateSetUp } from './set-up-values.ts'
import { StartPage } from './start-page.tsx'

/**
 * The first start: shop, station, a manager and, if there is one, a second person. Scanner and keyboard alone will do:
 * Enter in a field goes to the next one, a scanned badge lands in the badge field.
 */
export function SetUpScreen({
  onBegin,
  onLoadDemo,
  onJoin,
  onRestore,
  error,
}: SetUpScreenProps): ReactElement {
  const { t } = useTranslation(['office', 'sync', 'safety'])
  const [values, setValues] = useState<SetUpValues>(EMPTY_SET_UP)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const problems = validateSetUp(values)
  const begin = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setTried(true)
    const [first] = Object.keys(problems) as SetUpField[]
    if (first !== undefined) return focusField(first)
    setBusy(true)
    try {
      await onBegin(tidySetUp(values))
    } finally {
      setBusy(false)
    }
  }
  const field = (name: SetUpField, kind: SetUpFieldProps['kind'], more: Partial<SetUpFieldProps> = {}) => (
    <SetUpFieldInput
      name={name}
      kind={kind}
      value={values[name]}
      problem={tried ? (problems[name] ?? null) : null}
      onChange={(text) => setValues((before) => ({ ...before, [name]: text }))}
      {...more}
    />
  )
  return (
    <StartPage title={t('setUp.title')} lead={t('setUp.lead')}>
      {error !== null && (
        <ErrorPanel happened={error} kept={t('setUp.errorKept')} todo={t('setUp.errorTodo')} />
      )}
      <form className="start-form" noValidate onSubmit={(event) => void begin(event)}>
        <fieldset className="start-group">
          <legend>{t('setUp.shop')}</legend>
          <p className="start-hint">{t('setUp.shopHint')}</p>
          {field('shopName', 'name', { autoFocus: true })}
          {field('stationName', 'name')}
        </fieldset>
        <fieldset className="start-group">
          <legend>{t('setUp.manager')}</legend>
          <p className="start-hint">{t('setUp.managerHint')}</p>
          {field('managerName', 'name')}
          {field('managerPin', 'pin')}
          {field('managerBadge', 'badge')}
        </fieldset>
        <fieldset className="start-group">
          <legend>
            {t('setUp.clerk')}
            <small>{t('setUp.optional')}</small>
          </legend>
          <p className="start-hint">{t('setUp.clerkHint')}</p>
          {field('clerkName', 'name')}
          {field('clerkPin', 'pin')}
          {field('clerkBadge', 'badge')}
        </fieldset>
        <div className="start-foot">
          <Button type="primary" size="large" htmlType="submit" data-action="begin" loading={busy}>
            {t('setUp.begin')}
          </Button>
          <p>{t('setUp.demoHint')}</p>
          <Button size="large" data-action="load-demo" disabled={busy} onClick={onLoadDemo}>
            {t('setUp.loadDemo')}
          </Button>
        </div>
        <div className="start-foot">
          <p>{t('sync:join.wayHint')}</p>
          <Button size="large" data-action="join" disabled={busy} onClick={onJoin}>
            {t('sync:join.way')}
          </Button>
          <p>{t('safety:restore.offerHint')}</p>
          <Button size="large" data-action="restore" disabled={busy} onClick={onRestore}>
            {t('safety:restore.offer')}
          </Button>
        </div>
      </form>
    </StartPage>
  )
}

interface SetUpScreenProps {
  /** Gets tidy, valid values; the screen waits for it. */
  readonly onBegin: (values: SetUpValues) => Promise<void>
  readonly onLoadDemo: () => void
  /** Another way: another PC's backup. */
  readonly onRestore: () => void
  /** The shop is in use on other PCs already. */
  readonly onJoin: () => void
  /** What went wrong at the last try, in words. */
  readonly error: string | null
}
