import { Button, Spin } from 'antd'
import { type ReactElement, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { loadDemoData } from '../features/setup/demo-data.ts'
import { RebuildScreen } from '../features/setup/rebuild-screen.tsx'
import { JoinProgress } from '../features/setup/join-progress.tsx'
import { JoinScreen } from '../features/setup/join-screen.tsx'
import { PullScreen } from '../features/setup/pull-screen.tsx'
import { RestoreScreen } from '../features/setup/restore-screen.tsx'
import { SetUpScreen } from '../features/setup/set-up-screen.tsx'
import { StartPage } from '../features/setup/start-page.tsx'
import type { Language } from '../i18n/resources.ts'
import { switchSpace } from '../station/compose-station.ts'
import type { StartStep } from '../station/open-station.ts'
import { ErrorPanel } from '../ui/states.tsx'
import { firstDark, rememberDark } from '../ui/theme.ts'
import { UiRoot } from '../ui/ui-root.tsx'
import { beginDemo, beginStation } from './begin-station.ts'
import { enterJoined } from './join-station.ts'
import { StationFrame } from './station-frame.tsx'
import { StationContext } from './station-app.ts'
import { type StartState, useStart } from './use-start.ts'

/** A cold PC may take some seconds; after that something hangs. */
const SLOW_START_MS = 10_000

/** From the first paint to a running station: set-up, rebuild, fault, or the frame with its screens. */
export function StationRoot(): ReactElement {
  const { i18n } = useTranslation()
  const [dark, setDark] = useState(firstDark)
  const toggleDark = (): void => {
    rememberDark(!dark)
    setDark(!dark)
  }
  useEffect(keepDroppedFilesOut, [])
  return (
    <UiRoot language={i18n.language as Language} dark={dark}>
      <Stage dark={dark} onDark={toggleDark} />
    </UiRoot>
  )
}

/** A file dropped beside a drop zone would replace the station by its contents. */
function keepDroppedFilesOut(): () => void {
  const keep = (event: DragEvent): void => event.preventDefault()
  window.addEventListener('dragover', keep)
  window.addEventListener('drop', keep)
  return () => {
    window.removeEventListener('dragover', keep)
    window.removeEventListener('drop', keep)
  }
}

function Stage({ dark, onDark }: { dark: boolean; onDark: () => void }): ReactElement {
  const { t } = useTranslation('start')
  const start = useStart()
  const [error, setError] = useState<string | null>(null)
  const [joining, setJoining] = useState(false)
  const [restoring, setRestoring] = useState(false)
  const { state } = start
  switch (state.phase) {
    case 'connecting':
      return <Connecting step={state.step} />
    case 'fault':
      return (
        <StartPage title={t('fault.title')} lead="">
          <ErrorPanel
            happened={t('fault.happened', { detail: state.detail })}
            kept={t('fault.kept')}
            todo={t('fault.todo')}
            action={<OpenAgain />}
          />
        </StartPage>
      )
    case 'rebuild':
      return (
        <RebuildScreen
          reason={state.reason}
          entries={state.entries}
          progress={state.progress}
          error={state.error}
          hubUrl={state.hubUrl}
          onRebuild={() => void start.rebuild()}
          onFromHub={() => void start.fromHub()}
        />
      )
    case 'pulling':
      return <PullScreen progress={state.progress} onOther={() => void start.otherWay()} />
    case 'joining':
      return (
        <StationContext value={state.station}>
          {state.stage.step === 'name' ? (
            <JoinScreen url={state.stage.url} onJoined={start.joined} />
          ) : (
            <JoinProgress onReady={() => enterJoined(start.begun)} onLeft={() => location.reload()} />
          )}
        </StationContext>
      )
    case 'blank':
      if (joining)
        return (
          <StationContext value={state.station}>
            <JoinScreen url={null} onJoined={start.joined} onBack={() => setJoining(false)} />
          </StationContext>
        )
      if (restoring)
        return (
          <RestoreScreen
            host={state.station.host}
            onRestore={start.restore}
            onBack={() => setRestoring(false)}
          />
        )
      return (
        <SetUpScreen
          error={error}
          onLoadDemo={() => switchSpace('demo')}
          onJoin={() => setJoining(true)}
          onRestore={() => setRestoring(true)}
          onBegin={async (values) => {
            await beginStation(state.station, values).then(start.begun, (reason) => setError(String(reason)))
          }}
        />
      )
    case 'demoWanted':
      return <DemoLoading state={state} onDone={start.begun} />
    case 'running':
      return (
        <StationContext value={state.station}>
          <StationFrame dark={dark} onDark={onDark} />
        </StationContext>
      )
  }
}

/** Opening takes less than a second; when it does not, the person learns what it hangs on, and has a way out. */
function Connecting({ step }: { step: StartStep }): ReactElement {
  const { t } = useTranslation('start')
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_START_MS)
    return () => clearTimeout(timer)
  }, [])
  if (!slow) return <Starting words={t('connecting')} />
  return (
    <StartPage title={t('slow.title')} lead="">
      <ErrorPanel
        happened={<span data-waits-for={step}>{t(`slow.waitsFor.${step}`)}</span>}
        kept={t('fault.kept')}
        todo={t('slow.todo')}
        action={<OpenAgain />}
      />
    </StartPage>
  )
}

function OpenAgain(): ReactElement {
  const { t } = useTranslation('start')
  return (
    <Button type="primary" size="large" data-action="open-again" onClick={() => location.reload()}>
      {t('broken.reload')}
    </Button>
  )
}

/** A moment's wait says what for, and nothing more. */
function Starting({ words }: { words: string }): ReactElement {
  return (
    <div className="starting">
      <Spin size="large" />
      <p>{words}</p>
    </div>
  )
}

function DemoLoading({
  state,
  onDone,
}: {
  state: Extract<StartState, { phase: 'demoWanted' }>
  onDone: () => void
}): ReactElement {
  const { t } = useTranslation('start')
  useEffect(() => {
    const names = {
      shop: t('demo.shop'),
      station: 'DEMO',
      manager: t('demo.manager'),
      clerk: t('demo.clerk'),
    }
    void state.load(async (station) => {
      await loadDemoData(station)
      await beginDemo(station, names)
      onDone()
    })
  }, [state, onDone, t])
  return <Starting words={t('demo.loading')} />
}
