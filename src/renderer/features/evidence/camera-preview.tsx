import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { LivePicture } from './evidence-card.tsx'
import type { Cameras } from './use-cameras.ts'

/** What the chosen camera sees, or why there is nothing to see. */
export function CameraPreview({ preview, enabled }: { preview: Cameras; enabled: boolean }): ReactElement {
  const { t } = useTranslation('evidence')
  const { stream, cause } = preview
  const state = !enabled ? 'off' : stream === null ? (cause ?? 'asking') : 'live'
  return (
    <div className="evidence-preview" data-preview={state}>
      {stream !== null && <LivePicture stream={stream} />}
      {!enabled && <p>{t('settings.previewOff')}</p>}
      {enabled && stream === null && <p>{cause === null ? t('card.asking') : t(`cause.${cause}`)}</p>}
    </div>
  )
}
