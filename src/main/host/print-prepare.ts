import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LabelDocument } from '../../shared/labels/label-document.ts'
import type { LabelLayout } from '../../shared/labels/label-layout.ts'
import type { LabelModel } from '../../shared/labels/label-model.ts'
import type {
  PaperKind,
  Printer,
  PrinterLanguage,
  PrintTrouble,
} from '../../shared/protocol/print-contract.ts'
import type { PrintJob } from './print-ledger.ts'
import type { LabelSize } from './printers/printer-driver.ts'
import { modeReset } from './printers/printer-status.ts'
import { errorText } from './system-error.ts'

/** What lays out and draws labels; a port, made by `createLabelRenderer`. */
export interface LabelPort {
  /** One model for each page. */
  layout(
    document: LabelDocument,
    layout?: LabelLayout | null,
  ): readonly LabelModel[] | Promise<readonly LabelModel[]>
  /** Bytes for a printer, all copies in them. With faults there are none: what cannot be scanned is not printed. */
  render(
    document: LabelDocument,
    options: {
      readonly language: PrinterLanguage
      readonly dpi: 203 | 300
      readonly darkness: number | null
      readonly layout: LabelLayout | null
      readonly gapUm: number
    },
  ): Promise<{
    readonly bytes: Uint8Array
    readonly missingGlyphs: readonly string[]
    readonly faults: readonly { readonly tag: string; readonly field: string }[]
  }>
}

/** A job made ready for one printer. */
export type Prepared =
  | {
      readonly tag: 'ready'
      readonly bytes: Uint8Array
      readonly pages: readonly LabelModel[]
      readonly size: LabelSize | null
      readonly file: string
      readonly sha256: string
      readonly missingGlyphs: readonly string[]
    }
  | { readonly tag: 'failed'; readonly trouble: PrintTrouble; readonly detail: string }

/** Which paper a document is printed on; null for something that is no document. */
export function paperOf(document: LabelDocument): PaperKind | null {
  switch (document.kind) {
    case 'waybill':
    case 'courier-label':
      return 'waybill'
    case 'sku':
    case 'bin':
    case 'carton':
    case 'put-wall':
      return document.kind
    case 'list':
    case 'control-sheet':
      return 'list'
    default:
      return null
  }
}

/**
 * Makes the bytes of a job for a printer. Never rejects: whatever is wrong with the document is why the job failed.
 * @param directory of the space
 */
export async function prepareJob(
  { labels, directory }: { readonly labels: LabelPort; readonly directory: string },
  job: PrintJob,
  printer: Printer,
): Promise<Prepared> {
  try {
    const { document } = job
    if (document === null) return await keptBytes(directory, job, printer)
    if (document.kind === 'courier-label') return foreignLabel(job.jobId, document, printer)
    const { language, dpi, darkness, gapUm, paper } = printer
    const pages = await labels.layout(document, job.layout)
    const size = sizeOf(pages)
    if (paper !== null && size !== null && isLarger(size, paper)) {
      return failed('paperTooSmall', `${inMm(size)} > ${inMm(paper)}`)
    }
    const options = { language, dpi, darkness, gapUm, layout: job.layout }
    const { bytes, missingGlyphs, faults } = await labels.render(document, options)
    if (faults.length > 0 || bytes.length === 0) {
      return failed('cannotRender', faults.map(({ tag, field }) => `${tag} ${field}`).join(', ') || 'empty')
    }
    const copies = Array.from({ length: job.layout?.copies ?? 1 }, () => pages).flat()
    return ready(job.jobId, language, { bytes, size, missingGlyphs, pages: copies })
  } catch (error) {
    return failed('cannotRender', errorText(error).slice(0, 300))
  }
}

function failed(trouble: PrintTrouble, detail: string): Prepared {
  return { tag: 'failed', trouble, detail }
}

function ready(
  jobId: string,
  language: PrinterLanguage,
  made: Pick<Prepared & { tag: 'ready' }, 'bytes' | 'pages' | 'size' | 'missingGlyphs'>,
): Prepared {
  const sha256 = createHash('sha256').update(made.bytes).digest('hex')
  return { tag: 'ready', ...made, file: `${jobId}.${language}`, sha256 }
}

function sizeOf(pages: readonly LabelModel[]): LabelSize | null {
  if (pages.length === 0) return null
  return {
    widthUm: Math.max(...pages.map((page) => page.widthUm)),
    heightUm: Math.max(...pages.map((page) => page.heightUm)),
  }
}

/** Labels and rolls are named in whole millimetres: half of one is no reason to refuse. */
const TOLERANCE_UM = 500

function isLarger(size: LabelSize, paper: LabelSize): boolean {
  return size.widthUm > paper.widthUm + TOLERANCE_UM || size.heightUm > paper.heightUm + TOLERANCE_UM
}

function inMm({ widthUm, heightUm }: LabelSize): string {
  return `${widthUm / 1000} × ${heightUm / 1000} mm`
}

/**
 * A label as the courier made it goes as it is, and only to a printer that speaks its language: any other would print
 * metres of letters. Whatever it does to the printer's mode is undone behind it.
 */
function foreignLabel(
  jobId: string,
  { language, base64 }: LabelDocument & { readonly kind: 'courier-label' },
  printer: Printer,
): Prepared {
  if (language !== printer.language) return failed('wrongLanguage', `${language} > ${printer.language}`)
  const own = Buffer.from(base64, 'base64')
  if (own.length === 0) return failed('cannotRender', 'empty')
  const bytes = Buffer.concat([own, modeReset(language)])
  return ready(jobId, language, { bytes, size: null, pages: [], missingGlyphs: [] })
}

/** A job that came with a backup has no document; its label may lie there still. */
async function keptBytes(directory: string, job: PrintJob, printer: Printer): Promise<Prepared> {
  if (job.file !== `${job.jobId}.${printer.language}`) return failed('cannotRender', 'the document is gone')
  const bytes = await readFile(join(directory, 'labels', job.file))
  const { missingGlyphs } = job
  return ready(job.jobId, printer.language, { bytes, size: null, pages: [], missingGlyphs })
}
