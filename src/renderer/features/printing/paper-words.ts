import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { PrintJobRow } from '../../../shared/station/tables.ts'
import { FILE_PRINTER } from './printer-values.ts'
import type { Tone } from '../../ui/small-parts.tsx'

/** How a job's state is coloured; the word goes with it. */
export const JOB_TONES: Readonly<Record<PrintJobRow['state'], Tone>> = {
  batched: 'plain',
  queued: 'warn',
  sent: 'warn',
  printed: 'ok',
  failed: 'stop',
  unknown: 'stop',
  cancelled: 'plain',
}

/** Why a paper is printed again (LBL-4). */
export const REPRINT_REASONS = ['labelTorn', 'paperJam', 'labelFaint', 'labelLost'] as const

/** Words for jobs and what became of them. */
interface PaperWords {
  paper(job: Pick<PrintJobRow, 'document'>): string
  /** `第 2 次重打 · 卡纸`, empty for a first print. */
  copy(job: Pick<PrintJobRow, 'copy' | 'reason'>): string
  /** A printer's name; the built-in one is called what it does. */
  printer(name: string): string
  /** `第 3 / 1000 张`, empty outside a batch. */
  place(job: Pick<PrintJobRow, 'batch'>): string
  cause(job: Pick<PrintJobRow, 'trouble'>): { readonly what: string; readonly todo: string } | null
}

/** The words in the station's language. */
export function usePaperWords(): PaperWords {
  const { t } = useTranslation('printing')
  return useMemo(
    () => ({
      paper: ({ document }) => t(`paper.${document.kind === 'list' ? document.list : document.kind}`),
      copy: ({ copy, reason }) => {
        if (copy === 0) return ''
        const known = REPRINT_REASONS.find((one) => one === reason)
        return known
          ? t('copyMark', { count: copy, reason: t(`reason.${known}`) })
          : t('copyPlain', { count: copy })
      },
      printer: (name) => (name === FILE_PRINTER ? t('via.file') : name),
      place: ({ batch }) =>
        batch ? t('batch.place', { place: String(batch.index + 1), size: String(batch.size) }) : '',
      cause: ({ trouble }) =>
        trouble === null ? null : { what: t(`trouble.${trouble}.what`), todo: t(`trouble.${trouble}.todo`) },
    }),
    [t],
  )
}
