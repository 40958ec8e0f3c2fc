import type { HostClient, HostRequest } from '../../src/shared/protocol/host-contract.ts'
import { HostError } from '../../src/shared/protocol/host-contract.ts'
import type {
  PrintJobState,
  PrintState,
  PrintSubmitAnswer,
  PrintTrouble,
} from '../../src/shared/protocol/print-contract.ts'

/** The host's side of print jobs in memory, as `print-contract.ts` promises it, with a printer that a test drives. */
export interface HostDouble {
  readonly client: Pick<HostClient, 'call'>
  /** What came out, in order. */
  readonly paper: string[]
  /** Layout id by job, for jobs that came with one. */
  readonly layouts: Record<string, string>
  away: boolean
  /** Takes the job over and never answers. */
  breakAfterSubmit: boolean
  /** The next submits are answered with this, as if the answer had been overtaken. */
  answerSubmitWith: PrintJobState | null
  refuse: Readonly<Record<string, PrintTrouble>>
  faults: Readonly<Record<string, HostError>>
  printOne(): void
  printAll(): void
  setState(jobId: string, state: PrintState, trouble?: PrintTrouble | null): void
  newsOf(jobId: string): PrintJobState
  /** Jobs that were taken over and have not come out. */
  waiting(): number
  loseEverything(): void
}

const PRINTER = { printerId: 'p1', printerName: '面单机' }

/** A host that is there and prints when it is told to. */
export function createHostDouble(): HostDouble {
  const jobs = new Map<string, PrintJobState>()
  let cursor = 0
  const put = (job: Omit<PrintJobState, 'cursor'>): PrintJobState => {
    cursor += 1
    const next = { ...job, cursor }
    jobs.set(job.jobId, next)
    return next
  }
  const setState: HostDouble['setState'] = (jobId, state, trouble = null) => {
    const job = host.newsOf(jobId)
    // Only what was being sent can be in doubt.
    put({ ...job, state, trouble, attempts: job.attempts + (state === 'unknown' ? 1 : 0) })
  }
  const submit = (request: HostRequest<'print.submit'>): PrintSubmitAnswer => {
    const { jobId, layout } = request
    const fault = host.faults[jobId]
    if (fault) throw fault
    const refused = host.refuse[jobId]
    if (refused && !jobs.has(jobId)) return { tag: 'refused', trouble: refused, detail: refused }
    if (layout) host.layouts[jobId] = layout.layoutId
    const known = jobs.get(jobId)
    const job = known ?? put(fresh(jobId))
    if (host.breakAfterSubmit) throw new HostError({ tag: 'unreachable', detail: 'cut off' })
    return { tag: 'accepted', job: host.answerSubmitWith ?? job }
  }
  const resolve = ({ jobId, outcome }: HostRequest<'print.resolve'>): PrintSubmitAnswer => {
    const job = host.newsOf(jobId)
    const state = outcome === 'printed' ? 'printed' : outcome === 'giveUp' ? 'failed' : 'waiting'
    return { tag: 'accepted', job: put({ ...job, state, trouble: null }) }
  }
  const host: HostDouble = {
    paper: [],
    layouts: {},
    away: false,
    breakAfterSubmit: false,
    answerSubmitWith: null,
    refuse: {},
    faults: {},
    setState,
    newsOf: (jobId) => {
      const job = jobs.get(jobId)
      if (!job) throw new Error(`no job ${jobId}`)
      return job
    },
    waiting: () => [...jobs.values()].filter(({ state }) => state === 'waiting').length,
    printOne: () => {
      const [next] = [...jobs.values()].filter(({ state }) => state === 'waiting')
      if (!next) return
      host.paper.push(next.jobId)
      put({ ...next, state: 'printed', attempts: next.attempts + 1, file: `${next.jobId}.pdf` })
    },
    printAll: () => {
      while (host.waiting() > 0) host.printOne()
    },
    loseEverything: () => jobs.clear(),
    client: {
      call: async (method, request) => {
        if (host.away) throw new HostError({ tag: 'unreachable', detail: 'away' })
        const answer = (): unknown => {
          switch (method) {
            case 'print.submit':
              return submit(request as HostRequest<'print.submit'>)
            case 'print.resolve':
              return resolve(request as HostRequest<'print.resolve'>)
            case 'print.watch': {
              const after = (request as HostRequest<'print.watch'>).cursor
              return { jobs: [...jobs.values()].filter((job) => job.cursor > after), cursor }
            }
            default:
              throw new Error(`not in this double: ${method}`)
          }
        }
        return answer() as never
      },
    },
  }
  return host
}

const fresh = (jobId: string): Omit<PrintJobState, 'cursor'> => ({
  jobId,
  state: 'waiting',
  ...PRINTER,
  attempts: 0,
  trouble: null,
  detail: '',
  file: '',
  sha256: '',
  missingGlyphs: [],
  at: 0,
})
