import { AutoComplete, Button, Select } from 'antd'
import { type ReactElement, useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SCALE_DIALECTS, type ScaleDialect } from '../../../shared/formats/scale-frames.ts'
import { SCALE_BAUDS, type ScalePort, type ScaleSettings } from '../../../shared/protocol/scale-contract.ts'
import { useStation } from '../../app/station-app.ts'

interface ScaleByHandProps {
  readonly settings: ScaleSettings
  readonly onSave: (settings: ScaleSettings) => Promise<void>
}

/** Port, speed and protocol, for the scale that is not found by itself; what is left open is found out. */
export function ScaleByHand({ settings, onSave }: ScaleByHandProps): ReactElement {
  const { t } = useTranslation('scales')
  const [open, setOpen] = useState(false)
  return (
    <details className="scale-by-hand" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary data-action="scale-by-hand">{t('panel.byHand')}</summary>
      <small>{t('panel.byHandHint')}</small>
      {open && <Fields settings={settings} onSave={onSave} />}
    </details>
  )
}

/** A Select knows no null. */
const ANY = 'any'

function Fields({ settings, onSave }: ScaleByHandProps): ReactElement {
  const { t } = useTranslation('scales')
  const ports = usePorts()
  const id = useId()
  const [port, setPort] = useState(settings.port ?? '')
  const [baud, setBaud] = useState(settings.baud)
  const [dialect, setDialect] = useState(settings.dialect)
  const save = (): void => {
    const wanted = port.trim()
    void onSave({ on: true, port: wanted === '' ? null : wanted, baud, dialect })
  }
  return (
    <div className="scale-fields">
      <label htmlFor={`${id}port`}>
        {t('panel.port')}
        <AutoComplete
          id={`${id}port`}
          value={port}
          onChange={setPort}
          data-field="scale-port"
          placeholder={t(ports?.length === 0 ? 'panel.portNone' : 'panel.portHint')}
          options={(ports ?? []).map(({ path, detail }) => ({
            value: path,
            label: [path, detail].filter(Boolean).join(' · '),
          }))}
        />
      </label>
      <label htmlFor={`${id}baud`}>
        {t('panel.baud')}
        <Select<number | typeof ANY>
          id={`${id}baud`}
          value={baud ?? ANY}
          onChange={(value) => setBaud(value === ANY ? null : value)}
          options={[
            { value: ANY, label: t('panel.anyOne') },
            ...[...SCALE_BAUDS].sort((left, right) => left - right).map((value) => ({ value, label: value })),
          ]}
        />
      </label>
      <label htmlFor={`${id}dialect`}>
        {t('panel.dialect')}
        <Select<ScaleDialect | typeof ANY>
          id={`${id}dialect`}
          value={dialect ?? ANY}
          onChange={(value) => setDialect(value === ANY ? null : value)}
          options={[
            { value: ANY, label: t('panel.anyOne') },
            ...SCALE_DIALECTS.map((value) => ({ value, label: t(`dialect.${value}`) })),
          ]}
        />
      </label>
      <Button data-action="save-scale" onClick={save}>
        {t('panel.save')}
      </Button>
    </div>
  )
}

/** The ports at the moment that the fields were opened; null until they are known. */
function usePorts(): readonly ScalePort[] | null {
  const { host } = useStation()
  const [ports, setPorts] = useState<readonly ScalePort[] | null>(null)
  useEffect(() => {
    let current = true
    host.call('scale.ports', {}).then(
      (answer) => current && setPorts(answer.ports),
      () => current && setPorts([]),
    )
    return () => {
      current = false
    }
  }, [host])
  return ports
}
