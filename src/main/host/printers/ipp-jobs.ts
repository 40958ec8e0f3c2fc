import { setTimeout as sleep } from 'node:timers/promises'
import type { PrintTrouble } from '../../../shared/protocol/print-contract.ts'
import {
  allGroups,
  callIpp,
  firstGroup,
  type IppAnswer,
  type IppAttributes,
  type IppEndpoint,
  words,
} from './ipp-client.ts'
import type { PrinterHealth, SendOutcome, SendWatch } from './printer-driver.ts'

const POLL_MS = 5_000
const EXPLAIN_AFTER_MS = 700

/** How patiently a job is followed. */
export interface FollowLimits {
  /** Between two questions at first; they grow rarer up to two seconds. */
  readonly everyMs: number
  /** After so long without an end a person is asked. */
  readonly giveUpMs: number
  /** The printer may be away for so long in the middle of a job. */
  readonly awayMs: number
}

export const FOLLOW_LIMITS: FollowLimits = { everyMs: 150, giveUpMs: 600_000, awayMs: 60_000 }

const JOB_ATTRIBUTES = [
  'job-id',
  'job-name',
  'job-state',
  'job-state-reasons',
  'job-state-message',
  'job-printer-state-message',
  'job-impressions-completed',
  'time-at-processing',
]

/** Asks until the job has ended, one way or another. */
export async function followJob(
  endpoint: IppEndpoint,
  jobNumber: number,
  watch: Pick<SendWatch, 'signal' | 'delayed'>,
  limits: FollowLimits = FOLLOW_LIMITS,
): Promise<SendOutcome> {
  const began = performance.now()
  let lastHeard = began
  let trouble: PrintTrouble = 'other'
  let detail = ''
  for (let pause = limits.everyMs; !watch.signal.aborted; pause = Math.min(2_000, pause * 1.5)) {
    const answer = await askJob(endpoint, jobNumber, watch.signal)
    const now = performance.now()
    if (answer.tag === 'answered') {
      lastHeard = now
      const job = firstGroup(answer.groups, 'job-attributes-tag')
      const ended = answer.status.startsWith('client-error') ? forgotten(answer) : endOf(job)
      if (ended !== null) return ended
      // Most jobs end before there is anything to explain.
      const health = now - began < EXPLAIN_AFTER_MS ? null : await askPrinter(endpoint, watch.signal)
      const holdUp = troubleWhile(job, health)
      if (holdUp !== null) {
        ;[trouble, detail] = holdUp
        watch.delayed(trouble, detail)
      }
    } else if (now - lastHeard > limits.awayMs) {
      return { tag: 'unknown', trouble: 'printerOff', detail: answer.detail }
    }
    if (now - began > limits.giveUpMs) return { tag: 'unknown', trouble, detail: detail || 'no end' }
    await sleep(pause, undefined, { signal: watch.signal }).catch(() => undefined)
  }
  return { tag: 'unknown', trouble: 'hostStopped', detail: '' }
}

/** The printer keeps no record of it any more, so it cannot say. */
function forgotten(answer: IppAnswer & { readonly tag: 'answered' }): SendOutcome {
  return { tag: 'unknown', trouble: 'other', detail: answer.status }
}

/** RFC 8011, 5.3.7: the three states in which a job has ended; null for the others. */
function endOf(job: IppAttributes): SendOutcome | null {
  const [state = ''] = words(job, 'job-state')
  const reasons = words(job, 'job-state-reasons').filter((reason) => reason !== 'none')
  const detail = [state, ...reasons, ...words(job, 'job-state-message')].join(' ').slice(0, 300)
  if (state === 'completed') {
    const badly = reasons.includes('job-completed-with-errors')
    return badly ? { tag: 'unknown', trouble: 'other', detail } : { tag: 'printed', detail: '' }
  }
  if (state !== 'canceled' && state !== 'aborted') return null
  const sheets = Number(words(job, 'job-impressions-completed')[0] ?? '0')
  const begun = words(job, 'time-at-processing').length > 0
  // Stopped half-way: a label may lie in the tray, unless it was the document that could not be read.
  if (sheets > 0 || (begun && !reasons.some((reason) => UNREADABLE.test(reason)))) {
    return { tag: 'unknown', trouble: 'brokenOff', detail }
  }
  return { tag: 'failed', trouble: 'refused', detail }
}

const UNREADABLE = /^(unsupported-|document-(format|unprintable|access|password|security))/

/** Why a job that has not ended does not go on; null: it does. */
function troubleWhile(
  job: IppAttributes,
  health: (PrinterHealth & { readonly attributes: IppAttributes }) | null,
): [PrintTrouble, string] | null {
  const reasons = words(job, 'job-state-reasons').join(' ')
  // While a job does not go on, a warning is reason enough.
  const why = paperTrouble(words(health?.attributes ?? {}, 'printer-state-reasons').join(' '))
  if (why !== null) return [why, health?.detail ?? '']
  const [state = ''] = words(job, 'job-state')
  if (/printer-stopped/.test(reasons) || state === 'processing-stopped' || health?.condition === 'stopped') {
    return ['printerStopped', health?.detail || reasons]
  }
  if (state === 'pending-held') return ['printerStopped', reasons]
  if (health?.condition === 'away') return ['printerOff', health.detail]
  // CUPS backends give no reason for it, only a sentence.
  return health !== null && SILENT.test(health.detail) ? ['printerOff', health.detail] : null
}

const SILENT = /may not exist|unavailable|not respond|unreachable|unable to (locate|contact)|will retry/i

function askJob(endpoint: IppEndpoint, jobNumber: number, signal: AbortSignal): Promise<IppAnswer> {
  return callIpp(endpoint, {
    operation: 'Get-Job-Attributes',
    attributes: {
      'printer-uri': endpoint.uri,
      'job-id': jobNumber,
      'requesting-user-name': USER,
      'requested-attributes': JOB_ATTRIBUTES,
    },
    timeoutMs: POLL_MS,
    signal,
  })
}

/** Who our jobs belong to at the printer. */
export const USER = 'packbench'

/** The newest job of this name; null when the printer knows of none, undefined when it cannot be asked. */
export async function findJob(
  endpoint: IppEndpoint,
  title: string,
  signal: AbortSignal,
): Promise<number | null | undefined> {
  let number: number | null = null
  for (const which of ['completed', 'not-completed']) {
    const answer = await callIpp(endpoint, {
      operation: 'Get-Jobs',
      attributes: {
        'printer-uri': endpoint.uri,
        'requesting-user-name': USER,
        limit: 500,
        'requested-attributes': ['job-id', 'job-name'],
        'which-jobs': which,
      },
      timeoutMs: POLL_MS,
      signal,
    })
    if (answer.tag !== 'answered' || !answer.status.startsWith('successful')) return undefined
    for (const job of allGroups(answer.groups, 'job-attributes-tag')) {
      if (words(job, 'job-name')[0] !== title) continue
      number = Math.max(number ?? 0, Number(words(job, 'job-id')[0]))
    }
  }
  return number
}

/** What the printer says of itself; null when it does not answer. */
export async function askPrinter(
  endpoint: IppEndpoint,
  signal: AbortSignal,
  timeoutMs = POLL_MS,
): Promise<(PrinterHealth & { readonly attributes: IppAttributes }) | null> {
  const answer = await callIpp(endpoint, {
    operation: 'Get-Printer-Attributes',
    attributes: {
      'printer-uri': endpoint.uri,
      'requesting-user-name': USER,
      'requested-attributes': [
        'printer-state',
        'printer-state-reasons',
        'printer-state-message',
        'printer-is-accepting-jobs',
        'document-format-supported',
        'media-col-supported',
        'media-size-supported',
      ],
    },
    timeoutMs,
    signal,
  })
  if (answer.tag === 'unreachable') return null
  const attributes = firstGroup(answer.groups, 'printer-attributes-tag')
  if (!answer.status.startsWith('successful')) {
    return { condition: 'unknown', detail: answer.status, attributes }
  }
  return { ...healthOf(attributes), attributes }
}

function paperTrouble(reasons: string): 'outOfPaper' | 'coverOpen' | null {
  if (/media-empty|media-needed/.test(reasons)) return 'outOfPaper'
  return /cover-open|door-open|interlock-open/.test(reasons) ? 'coverOpen' : null
}

/** RFC 8011, 5.4.11 and 5.4.12. */
export function healthOf(attributes: IppAttributes): PrinterHealth {
  const [state = ''] = words(attributes, 'printer-state')
  const reasons = words(attributes, 'printer-state-reasons').filter((reason) => reason !== 'none')
  const detail = [...reasons, ...words(attributes, 'printer-state-message')].join(' ').slice(0, 300)
  // `…-report` and `…-warning` do not keep it from printing.
  const grave = reasons.filter((reason) => !/-(report|warning)$/.test(reason)).join(' ')
  const paper = paperTrouble(grave)
  if (paper !== null) return { condition: paper, detail }
  if (/offline|connecting-to-device|timed-out/.test(grave)) return { condition: 'away', detail }
  if (state === 'stopped' || words(attributes, 'printer-is-accepting-jobs')[0] === 'false') {
    return { condition: 'stopped', detail }
  }
  return { condition: state === 'processing' ? 'busy' : 'ready', detail }
}
