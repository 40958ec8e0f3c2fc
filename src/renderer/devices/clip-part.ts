import type { EvidenceCause } from '../../shared/protocol/evidence-contract.ts'
import type { HostClient, Space } from '../../shared/protocol/host-contract.ts'
import { base64OfBlob } from './base64-of-blob.ts'

/** Chunks that wait for the host: half a minute; what comes then is not worth the memory. */
const MOST_WAITING = 30
const FIRST_PAUSE_MS = 500
const MOST_PAUSE_MS = 4_000
const CHUNK_MS = 1_000
const BITS_PER_SECOND = 400_000
/** A host that is away must not hold up the next parcel. */
const DRAIN_MS = 4_000
const MIME = 'video/webm;codecs=vp8'

/** How a part came to its end before it was stopped. `takenOver`: another window went on with the clip. */
export type PartFault =
  | { readonly tag: 'lost'; readonly cause: EvidenceCause }
  | { readonly tag: 'next' }
  | { readonly tag: 'takenOver' }
  | { readonly tag: 'sealed' }

/** One run of the recorder; its chunks go to the host one after another, in order. */
export interface ClipPart {
  /** The last chunk is with the host when this resolves, or has been given up. */
  stop(): Promise<void>
}

export interface ClipPartOptions {
  readonly host: HostClient
  readonly space: Space
  readonly clipId: string
  readonly orderIds: readonly string[]
  readonly stream: MediaStream
  /** The host has it under way. */
  readonly onBegun: () => void
  /** At most once; the recorder has stopped by then. */
  readonly onFault: (fault: PartFault) => void
}

interface Sending {
  readonly options: ClipPartOptions
  readonly waiting: Blob[]
  part: number | null
  sequence: number
  ended: boolean
  wake: () => void
}

/** Begins to record at once. @throws when the browser cannot record the stream */
export function recordPart(options: ClipPartOptions): ClipPart {
  const recorder = new MediaRecorder(options.stream, { mimeType: MIME, videoBitsPerSecond: BITS_PER_SECOND })
  const sending: Sending = {
    options,
    waiting: [],
    part: null,
    sequence: 0,
    ended: false,
    wake: () => undefined,
  }
  let faulted = false
  const fault = (what: PartFault): void => {
    if (faulted) return
    faulted = true
    sending.ended = true
    sending.waiting.length = 0
    sending.wake()
    if (recorder.state !== 'inactive') recorder.stop()
    options.onFault(what)
  }
  const stopped = new Promise<void>((resolve) => {
    recorder.onstop = () => {
      sending.ended = true
      sending.wake()
      resolve()
    }
  })
  recorder.ondataavailable = ({ data }) => {
    if (faulted || data.size === 0) return
    sending.waiting.push(data)
    if (sending.waiting.length > MOST_WAITING)
      fault({ tag: 'lost', cause: sending.part === null ? 'hostAway' : 'hostSlow' })
    sending.wake()
  }
  recorder.onerror = () => fault({ tag: 'lost', cause: 'recorderFailed' })
  recorder.start(CHUNK_MS)
  const sent = sendAll(sending, fault)
  return {
    stop: async () => {
      if (recorder.state !== 'inactive') recorder.stop()
      await Promise.race([stopped.then(() => sent), new Promise((resolve) => setTimeout(resolve, DRAIN_MS))])
      // What is not with the host by now is given up: the next parcel has its own.
      sending.waiting.length = 0
    },
  }
}

async function sendAll(sending: Sending, fault: (what: PartFault) => void): Promise<void> {
  const { host, space, clipId, orderIds, onBegun } = sending.options
  const at = Date.now()
  const begun = await patiently(sending, () =>
    host.call('evidence.begin', { space, clipId, at, orderIds: [...orderIds] }),
  )
  if (begun === null) return
  if (begun.tag !== 'begun') {
    fault(begun.tag === 'sealed' ? { tag: 'sealed' } : { tag: 'lost', cause: 'diskFull' })
    return
  }
  sending.part = begun.part
  onBegun()
  for (;;) {
    const blob = sending.waiting[0]
    if (blob === undefined) {
      if (sending.ended) return
      await new Promise<void>((resolve) => {
        sending.wake = resolve
      })
      continue
    }
    const refused = await sendChunk(sending, begun.part, blob)
    if (refused !== null) {
      fault(refused)
      return
    }
    sending.waiting.shift()
    sending.sequence += 1
  }
}

async function sendChunk(sending: Sending, part: number, blob: Blob): Promise<PartFault | null> {
  const { host, space, clipId } = sending.options
  const base64 = await base64OfBlob(blob)
  const { sequence } = sending
  const answer = await patiently(sending, () =>
    host.call('evidence.append', { space, clipId, part, sequence, base64 }),
  )
  switch (answer?.tag) {
    case 'diskFull':
      return { tag: 'lost', cause: 'diskFull' }
    case 'notRunning':
      return { tag: 'takenOver' }
    case 'gap':
    case 'partFull':
      return { tag: 'next' }
    default:
      return null
  }
}

/** Asks again while the host does not answer and somebody still wants it; null when given up. */
async function patiently<T>(sending: Sending, ask: () => Promise<T>): Promise<T | null> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(MOST_PAUSE_MS, pauseMs * 2)) {
    try {
      return await ask()
    } catch {
      if (sending.ended && sending.waiting.length === 0) return null
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}
