import { useLiveQuery } from '../../data/use-live-query.ts'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useStation } from '../../app/station-app.ts'
import { LabelPreview } from '../office/label-preview.tsx'

/** The label of a print job exactly as it is printed: the host lays it out, the page only draws it (LBL-1). */
export function JobPreview({ jobId, alt }: { jobId: string; alt: string }): ReactElement | null {
  const { t } = useTranslation('floor')
  const { database } = useStation()
  const job = useLiveQuery(async () => (await database.printJobs.get(jobId)) ?? null, [database, jobId])
  if (job === null) return <p className="panel-words">{t('pack.noPreview')}</p>
  return job ? <LabelPreview document={job.document} alt={alt} /> : null
}
