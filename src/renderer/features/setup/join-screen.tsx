import { Button } from 'antd'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { beginJoin, finishJoin } from '../../app/join-station.ts'
import { useStation } from '../../app/station-app.ts'
import { HubFieldInput, HubForm } from '../sync/hub-form.tsx'
import { nameProblem } from '../sync/hub-form-values.ts'
import { StartPage } from './start-page.tsx'

interface JoinScreenProps {
  /** The hub that knows this PC already; null when it is still to be joined. */
  readonly url: string | null
  readonly onJoined: () => void
  readonly onBack?: () => void
}

/** The second way to begin: the shop is in use elsewhere, and this PC joins it by its hub. */
export function JoinScreen({ url, onJoined, onBack }: JoinScreenProps): ReactElement {
  const { t } = useTranslation('sync')
  const station = useStation()
  const finish = async (stationName: string): Promise<void> => {
    await finishJoin(station, stationName)
    onJoined()
  }
  return (
    <StartPage title={t('join.title')} lead={url === null ? t('join.lead') : t('join.resumeLead', { url })}>
      <section className="start-group join-group">
        {url === null ? (
          <HubForm
            stationName=""
            action="join-begin"
            label={t('join.begin')}
            onBegin={(stationName) => beginJoin(station, stationName)}
            onConnected={finish}
            {...(onBack === undefined ? {} : { onBack })}
          />
        ) : (
          <NameForm onName={finish} />
        )}
      </section>
    </StartPage>
  )
}

function NameForm({ onName }: { onName: (stationName: string) => Promise<void> }): ReactElement {
  const { t } = useTranslation('sync')
  const [name, setName] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const problem = nameProblem(name)
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setTried(true)
    if (problem !== null) return
    setBusy(true)
    await onName(name.trim())
  }
  return (
    <form className="hub-form" noValidate onSubmit={(event) => void submit(event)}>
      <HubFieldInput name="stationName" value={name} problem={tried ? problem : null} onChange={setName} />
      <div className="hub-form-foot">
        <Button type="primary" size="large" htmlType="submit" data-action="join-begin" loading={busy}>
          {t('join.begin')}
        </Button>
      </div>
    </form>
  )
}
