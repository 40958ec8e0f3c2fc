import { z } from 'zod'
import { systemErrorCode } from '../system-error.ts'
import {
  callIpp,
  firstGroup,
  type IppAnswer,
  type IppAttributes,
  type IppEndpoint,
  words,
} from './ipp-client.ts'
import { askPrinter, FOLLOW_LIMITS, type FollowLimits, findJob, followJob, USER } from './ipp-jobs.ts'
import type { PrintData, PrinterDriver, SendOutcome, SendWatch } from './printer-driver.ts'
import { troubleOf } from './printer-driver.ts'

interface IppPrinterOptions {
  /** Worked out anew for each use; throws when there is none. */
  readonly endpoint: () => IppEndpoint
  /** How bytes in a printer's own language are announced, so that nothing on the way converts them. */
  readonly rawFormat: 'application/octet-stream' | 'application/vnd.cups-raw'
  /** True for a queue that holds jobs for a printer that is away: then it is the queue that must take the job. */
  readonly spools: boolean
  readonly limits?: FollowLimits
}

const SEND_MS = 60_000
const PROBE_MS = 4_000
/** Hundredths of a millimetre (PWG 5100.3). */
const UM_PER_UNIT = 10

/**
 * A printer or queue that speaks IPP (RFC 8011): Print-Job, and then it is asked until the job has ended. That a job was
 * taken over does not mean that it was printed.
 */
export function createIppPrinter(options: IppPrinterOptions): PrinterDriver {
  const limits = options.limits ?? FOLLOW_LIMITS
  return {
    keepsFile: false,
    probe: async (signal) => {
      const health = await askPrinter(options.endpoint(), signal, PROBE_MS)
      if (health === null) return { condition: 'away', detail: '' }
      return { condition: health.condition, detail: health.detail }
    },
    send: (data, watch) => send(options, limits, data, watch),
    recover: async ({ title, trace }, watch) => {
      const endpoint = options.endpoint()
      const known = /^\d+$/.test(trace) ? Number(trace) : await findJob(endpoint, title, watch.signal)
      // A queue that names no such job may have forgotten it: no proof that it never had it.
      return known === null || known === undefined ? null : followJob(endpoint, known, watch, limits)
    },
  }
}

async function send(
  options: IppPrinterOptions,
  limits: FollowLimits,
  data: PrintData,
  watch: SendWatch,
): Promise<SendOutcome> {
  const endpoint = options.endpoint()
  const health = await askPrinter(endpoint, watch.signal, PROBE_MS)
  if (health !== null) {
    if (NOT_THERE.test(health.detail))
      return { tag: 'notSent', trouble: 'hostUnknown', detail: health.detail }
    if (/^http-4/.test(health.detail)) return { tag: 'failed', trouble: 'refused', detail: health.detail }
    const trouble = troubleOf(health.condition)
    // A queue that stands still would print the job whenever somebody starts it again: nobody may be waiting by then.
    if (trouble !== null && !(options.spools && trouble !== 'printerStopped')) {
      return { tag: 'notSent', trouble, detail: health.detail }
    }
  }
  const supported = health === null ? [] : words(health.attributes, 'document-format-supported')
  const format = formatOf(data, supported, options.rawFormat)
  if (supported.length > 0 && !supported.includes(format)) {
    return {
      tag: 'failed',
      trouble: 'wrongLanguage',
      detail: `${format}: ${supported.join(' ').slice(0, 200)}`,
    }
  }
  const media = mediaOf(data, health?.attributes ?? {})
  if (media.tag === 'none') return { tag: 'failed', trouble: 'paperTooSmall', detail: 'media-size-supported' }
  const answer = await callIpp(endpoint, {
    operation: 'Print-Job',
    attributes: {
      'printer-uri': endpoint.uri,
      'requesting-user-name': USER,
      'job-name': data.title,
      'ipp-attribute-fidelity': false,
      'document-format': format,
    },
    ...(media.tag === 'named' ? { job: media.job } : {}),
    data: data.bytes,
    timeoutMs: SEND_MS,
    signal: watch.signal,
    beforeBytes: watch.commit,
  })
  const jobNumber = await takenAs(endpoint, answer, data.title, watch)
  if (typeof jobNumber !== 'number') return jobNumber
  await watch.handedOver(String(jobNumber))
  return followJob(endpoint, jobNumber, watch, limits)
}

/** A printer that names its own language wants it named; else the bytes are just bytes. */
function formatOf({ language }: PrintData, supported: readonly string[], raw: string): string {
  if (language === 'pdf') return 'application/pdf'
  const own = language === 'zpl' ? /zpl|zebra/i : /tspl|tsc/i
  return supported.find((format) => own.test(format)) ?? raw
}

/** The number that the job has at the printer, or why it has none. */
async function takenAs(
  endpoint: IppEndpoint,
  answer: IppAnswer,
  title: string,
  watch: SendWatch,
): Promise<number | SendOutcome> {
  if (answer.tag === 'answered') {
    const number = Number(words(firstGroup(answer.groups, 'job-attributes-tag'), 'job-id')[0] ?? Number.NaN)
    if (answer.status.startsWith('successful')) {
      return Number.isInteger(number) ? number : { tag: 'unknown', trouble: 'other', detail: 'no job id' }
    }
    return refusal(answer)
  }
  if (!answer.sent) return unreachable(answer.error, answer.detail)
  // The answer was lost, not necessarily the job.
  const found = await findJob(endpoint, title, watch.signal)
  return typeof found === 'number' ? found : { tag: 'unknown', trouble: 'brokenOff', detail: answer.detail }
}

const NOT_THERE = /^(client-error-not-found|client-error-gone|http-404|http-410)$/

function refusal({ status, groups }: IppAnswer & { readonly tag: 'answered' }): SendOutcome {
  if (/busy|not-accepting|temporary|service-unavailable|too-many/.test(status)) {
    return { tag: 'notSent', trouble: 'printerStopped', detail: status }
  }
  if (NOT_THERE.test(status)) return { tag: 'notSent', trouble: 'hostUnknown', detail: status }
  const unsupported = firstGroup(groups, 'unsupported-attributes-tag')
  const wrongLanguage = status.endsWith('document-format-not-supported') || 'document-format' in unsupported
  return { tag: 'failed', trouble: wrongLanguage ? 'wrongLanguage' : 'refused', detail: status }
}

function unreachable(error: unknown, detail: string): SendOutcome {
  const code = systemErrorCode(error)
  const trouble = code === 'ENOTFOUND' || code === 'EAI_AGAIN' ? 'hostUnknown' : 'printerOff'
  return { tag: 'notSent', trouble, detail }
}

type Media =
  | { readonly tag: 'named'; readonly job: IppAttributes }
  /** Nothing is said of paper: the printer's own setting holds. */
  | { readonly tag: 'left' }
  | { readonly tag: 'none' }

/**
 * The label's size, where the printer knows it; it would otherwise be scaled to the usual sheet. A printer that names its
 * sizes and has only larger ones prints it on one of those; with only smaller ones it is not asked to.
 */
export function mediaOf(
  { language, size }: Pick<PrintData, 'language' | 'size'>,
  attributes: IppAttributes,
): Media {
  const takesSize = words(attributes, 'media-col-supported').includes('media-size')
  if (language !== 'pdf' || size === null || !takesSize) return { tag: 'left' }
  const x = Math.round(size.widthUm / UM_PER_UNIT)
  const y = Math.round(size.heightUm / UM_PER_UNIT)
  const known = MediaSizesSchema.safeParse([attributes['media-size-supported'] ?? []].flat())
  const sizes = known.success ? known.data : []
  const fits = sizes.some((one) => within(one['x-dimension'], x) && within(one['y-dimension'], y))
  if (fits || sizes.length === 0) {
    const exact = { 'media-size': { 'x-dimension': x, 'y-dimension': y } }
    return { tag: 'named', job: { 'media-col': exact, 'print-scaling': 'none' } }
  }
  const large = sizes.some((one) => largest(one['x-dimension']) >= x && largest(one['y-dimension']) >= y)
  return large ? { tag: 'left' } : { tag: 'none' }
}

const DimensionSchema = z.union([z.number(), z.tuple([z.number(), z.number()])])
const MediaSizesSchema = z.array(z.object({ 'x-dimension': DimensionSchema, 'y-dimension': DimensionSchema }))
type Dimension = z.infer<typeof DimensionSchema>

/** Half a millimetre: printers name a 4 inch label 10160 or 10150. */
const MEDIA_TOLERANCE = 50

function within(dimension: Dimension, value: number): boolean {
  if (typeof dimension === 'number') return Math.abs(dimension - value) <= MEDIA_TOLERANCE
  return value >= dimension[0] && value <= dimension[1]
}

function largest(dimension: Dimension): number {
  return (typeof dimension === 'number' ? dimension : dimension[1]) + MEDIA_TOLERANCE
}
