import { useLiveQuery } from 'dexie-react-hooks'
import { type ReactElement, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { renderLabelSvg } from '../../../shared/labels/backends/svg.ts'
import type { LabelDocument } from '../../../shared/labels/label-document.ts'
import { useStation } from '../../app/station-app.ts'

/** The first page of a print job exactly as it is printed: the host lays it out, the page only draws it (LBL-1). */
export function LabelPreview({ jobId, alt }: { jobId: string; alt: string }): ReactElement | null {
  const { t } = useTranslation('floor')
  const { database } = useStation()
  const job = useLiveQuery(async () => (await database.printJobs.get(jobId)) ?? null, [database, jobId])
  const source = useLabelImage(job?.document ?? null)
  if (job === null || source === 'failed') return <p className="panel-words">{t('pack.noPreview')}</p>
  if (source === null) return null
  return <img className="label-preview" data-label={jobId} src={source} alt={alt} />
}

/** The drawing as a data URL; null until the host has answered. */
function useLabelImage(document: LabelDocument | null): string | 'failed' | null {
  const { host } = useStation()
  const [image, setImage] = useState<string | 'failed' | null>(null)
  // The row comes back as a new object with every change of the table; the label in it does not change.
  const content = document === null ? null : JSON.stringify(document)
  useEffect(() => {
    if (content === null) return
    let wanted = true
    host.call('label.layout', { document: JSON.parse(content) as LabelDocument }).then(
      ([page]) => {
        if (wanted)
          setImage(page ? `data:image/svg+xml,${encodeURIComponent(renderLabelSvg(page))}` : 'failed')
      },
      () => {
        if (wanted) setImage('failed')
      },
    )
    return () => {
      wanted = false
    }
  }, [host, content])
  return image
}
