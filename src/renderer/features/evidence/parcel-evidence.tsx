import { useLiveQuery } from '../../data/use-live-query.ts'
import { type ReactElement, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type ClipDescription,
  EVIDENCE_CAUSES,
  type EvidenceResponses,
} from '../../../shared/protocol/evidence-contract.ts'
import type { ParcelRow } from '../../../shared/station/tables.ts'
import { useStation } from '../../app/station-app.ts'
import { Note, Panel } from '../../ui/small-parts.tsx'
import { useReasonWords } from '../archive/parcel-trail.tsx'
import { useFigures } from '../office/use-figures.ts'
import { readNames } from '../office/use-person.ts'
import { clockOfMs } from './clock-of-ms.ts'
import './evidence.css'

/** PAK-8, ARC-1: the clip and its stills where they lie, else where to look for them, or why there are none. */
export function ParcelEvidence({ parcel }: { parcel: ParcelRow }): ReactElement {
  const { t } = useTranslation('evidence')
  const { description } = useStation()
  const { evidence } = parcel
  const here = evidence?.stationId === description.stationId
  return (
    <Panel title={t('parcel.title')}>
      <div data-evidence={evidence?.state ?? 'never'}>
        {evidence === undefined && <p>{t('parcel.never')}</p>}
        {evidence !== undefined && <Completeness evidence={evidence} />}
        {evidence !== undefined && evidence.state !== 'none' && !here && <Elsewhere evidence={evidence} />}
        {evidence !== undefined && evidence.state !== 'none' && here && (
          <Clip key={evidence.clipId} clipId={evidence.clipId} />
        )}
      </div>
    </Panel>
  )
}

type Noted = NonNullable<ParcelRow['evidence']>

/** Tags of a later version stand as they are. */
function useCauseWords(): (cause: string) => string {
  const { t } = useTranslation('evidence')
  return (cause) => {
    const known = EVIDENCE_CAUSES.find((one) => one === cause)
    return known === undefined ? cause : t(`cause.${known}`)
  }
}

function Completeness({ evidence: { state, cause } }: { evidence: Noted }): ReactElement | null {
  const { t } = useTranslation('evidence')
  const words = useCauseWords()
  if (state === 'kept') return null
  if (cause === null) return state === 'none' ? <p>{t('parcel.none')}</p> : null
  return (
    <div data-cause={cause}>
      <Note>{t(state === 'none' ? 'parcel.noneWhy' : 'parcel.partial', { cause: words(cause) })}</Note>
    </div>
  )
}

function Elsewhere({ evidence }: { evidence: Noted }): ReactElement | null {
  const { t } = useTranslation('evidence')
  const { database } = useStation()
  const { stationId, seconds, stills } = evidence
  const names = useLiveQuery(
    () => readNames(database, { stations: [stationId], people: [] }),
    [database, stationId],
  )
  if (names === undefined) return null
  const words = { station: names.station(stationId), seconds: `${seconds}`, stills: `${stills}` }
  return <p>{t('parcel.elsewhere', words)}</p>
}

type Found = EvidenceResponses['evidence.find'] | { readonly tag: 'hostAway' }

function Clip({ clipId }: { clipId: string }): ReactElement {
  const { t } = useTranslation('evidence')
  const figures = useFigures()
  const { host, space } = useStation()
  const [found, setFound] = useState<Found | null>(null)
  useEffect(() => {
    let left = false
    host.call('evidence.find', { space, by: { clipId } }).then(
      (answer) => left || setFound(answer),
      () => left || setFound({ tag: 'hostAway' }),
    )
    return () => {
      left = true
    }
  }, [host, space, clipId])
  switch (found?.tag) {
    case undefined:
      return <p>{t('parcel.loading')}</p>
    case 'found':
      return <Pictures clip={found.clip} />
    case 'removed': {
      const key = { days: 'removedDays', quota: 'removedQuota', discarded: 'removedDiscarded' } as const
      return (
        <div data-removed={found.why}>
          <Note tone="plain">{t(`parcel.${key[found.why]}`, { at: figures.time(found.at) })}</Note>
        </div>
      )
    }
    case 'unknown':
      return <Note>{t('parcel.gone')}</Note>
    case 'hostAway':
      return <Note>{t('parcel.hostAway')}</Note>
  }
}

function Pictures({ clip }: { clip: ClipDescription }): ReactElement {
  const { t } = useTranslation('evidence')
  const figures = useFigures()
  const causes = useCauseWords()
  const reasons = useReasonWords()
  const { space, description } = useStation()
  // The desktop app's window opens no other; a browser shows the picture beside the station.
  const opening = description.host === 'http' ? { target: '_blank', rel: 'noreferrer' } : { download: '' }
  const address = (file: string): string => `/files/${space}/evidence/${file}`
  const second = (at: number): string => clockOfMs(Math.max(0, at - clip.at))
  const seconds = `${Math.round(clip.durationMs / 1000)}`
  return (
    <>
      <p>{t('parcel.here', { seconds, stills: `${clip.stills}` })}</p>
      {clip.parts.map((part, index) => (
        <div key={part.part} data-part={part.part}>
          <video
            className="evidence-player"
            controls
            preload="metadata"
            muted
            playsInline
            src={address(part.file)}
          />
          <div className="evidence-part">
            <span>
              {t('parcel.part', {
                number: `${index + 1}`,
                at: figures.time(part.at),
                length: clockOfMs(Math.round(part.durationMs / 1000) * 1000),
              })}
            </span>
            <a href={address(part.file)} download={part.file.split('/').at(-1)}>
              {t('parcel.save')}
            </a>
          </div>
        </div>
      ))}
      {clip.losses.map((loss) => (
        <p key={`${loss.at} ${loss.cause}`} data-loss={loss.cause}>
          {t('lossAt', { at: second(loss.at), cause: causes(loss.cause) })}
        </p>
      ))}
      <ul className="evidence-stills" data-list="stills">
        {clip.pictures.map((still) => (
          <li key={still.file} data-reason={still.reason}>
            <a href={address(still.file)} {...opening}>
              <img src={address(still.file)} alt={reasons(still.reason)} loading="lazy" />
            </a>
            <small>
              {t('parcel.still', {
                at: second(still.at),
                reason: still.reason === 'photo' ? t('photo') : reasons(still.reason),
              })}
            </small>
          </li>
        ))}
      </ul>
    </>
  )
}
