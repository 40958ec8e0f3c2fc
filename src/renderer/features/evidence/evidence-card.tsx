import { memo, type ReactElement, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { hashOfRoute } from '../../app/use-route.ts'
import { type CameraState, type CameraView, useCamera } from '../../devices/camera-store.ts'
import { useNow } from '../office/use-now.ts'
import { clockOfMs } from './clock-of-ms.ts'
import { PHOTO_KEY, takePhoto } from './use-evidence.ts'
import './evidence.css'

/** The camera beside the parcel: what it sees, how long it has recorded, or in words why it does not (PAK-8). */
export const EvidenceCard = memo(function EvidenceCard(): ReactElement | null {
  const { t } = useTranslation('evidence')
  const view = useCamera()
  if (view.settings === null) return null
  return (
    <section
      className="panel evidence-card"
      aria-label={t('title')}
      data-camera={view.settings.enabled ? view.state : 'off'}
    >
      {view.settings.enabled ? <Camera view={view} keepDays={view.settings.keepDays} /> : <TurnedOff />}
    </section>
  )
})

const TROUBLES = ['lost', 'denied', 'noCamera', 'busy', 'diskFull'] as const
const troubleOf = (state: CameraState) => TROUBLES.find((one) => one === state) ?? null

function Camera({ view, keepDays }: { view: CameraView; keepDays: number }): ReactElement {
  const { t } = useTranslation('evidence')
  const trouble = troubleOf(view.state)
  if (trouble !== null)
    return (
      <div className="evidence-trouble" data-trouble={trouble}>
        <b>{t(`card.${trouble}`)}</b>
        <span>{t(`card.todo.${trouble}`)}</span>
        <span>{t('card.goOn')}</span>
      </div>
    )
  if (view.state === 'elsewhere')
    return (
      <div className="evidence-words">
        <span>{t('card.elsewhere')}</span>
      </div>
    )
  return (
    <>
      <div className="evidence-live">
        <LivePicture stream={view.stream} />
        {view.state === 'recording' && <RecordingTime view={view} />}
      </div>
      <div className="evidence-words">
        {view.state === 'asking' && <b>{t('card.asking')}</b>}
        {view.state === 'ready' && <b>{t('card.ready')}</b>}
        <span>{t('card.kept', { days: `${keepDays}` })}</span>
        {view.clipId !== null && (
          <button type="button" className="evidence-photo" data-action="photo" onClick={takePhoto}>
            {t('card.photo')} <kbd>{PHOTO_KEY}</kbd>
            {view.stills > 0 && <span data-figure="stills">{t('card.stills', { count: view.stills })}</span>}
          </button>
        )}
      </div>
    </>
  )
}

function TurnedOff(): ReactElement {
  const { t } = useTranslation('evidence')
  return (
    <div className="evidence-words">
      <span>
        <b>{t('card.off')}</b> <a href={hashOfRoute('settings', ['evidence'])}>{t('card.toSettings')}</a>
      </span>
      <span>{t('card.offHint')}</span>
    </div>
  )
}

/** A round, steady dot: a blinking one would draw the eye from the verdict. */
function RecordingTime({ view: { recordedMs, runningSince } }: { view: CameraView }): ReactElement {
  const { t } = useTranslation('evidence')
  const now = useNow(1_000)
  const time = clockOfMs(recordedMs + Math.max(0, now - (runningSince ?? now)))
  return <span className="evidence-time">{t('card.recording', { time })}</span>
}

/** What the camera sees, without sound. */
export function LivePicture({ stream }: { stream: MediaStream | null }): ReactElement {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (video.current) video.current.srcObject = stream
  }, [stream])
  return <video ref={video} muted autoPlay playsInline />
}
