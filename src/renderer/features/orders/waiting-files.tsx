import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { StagedRow } from '../../../shared/station/tables.ts'
import { Note } from '../../ui/small-parts.tsx'
import { useFigures } from '../office/use-figures.ts'

/** Halves of a pair of files that wait for the other half (formats.md, Taobao item report), and what is missing. */
export function WaitingFiles({ staged }: { staged: readonly StagedRow[] }): ReactElement | null {
  const { t } = useTranslation('office')
  const figures = useFigures()
  if (staged.length === 0) return null
  return (
    <>
      {staged.map(({ id, kind, fileName, at }) => (
        <div key={id} data-staged={kind}>
          <Note>{t(`orders.staged.${kind}`, { file: fileName, at: figures.time(at) })}</Note>
        </div>
      ))}
    </>
  )
}
