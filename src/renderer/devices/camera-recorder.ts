import {
  type EvidenceCause,
  type EvidenceSettings,
  MOST_STILLS,
  type SealedClip,
} from '../../shared/protocol/evidence-contract.ts'
import type { HostClient, Space } from '../../shared/protocol/host-contract.ts'
import { base64OfBlob } from './base64-of-blob.ts'
import { type CameraState, useCamera } from './camera-store.ts'
import { createStillTaker, createThrottle, type StillTaker, type Throttle } from './camera-stills.ts'
import { createCameraStream } from './camera-stream.ts'
import { type ClipPart, type PartFault, recordPart } from './clip-part.ts'

const STILL_PAUSE_MS = 1_000
const AFTER_VERDICT_MS = 60
/** A disk that was full, or a host that was away, is tried again after so long. */
const RETRY_MS = 10_000

/**
 * The camera of one window (PAK-8). Everything answers at once, nothing throws, and nothing of it is waited for by a
 * scan: whatever becomes of the camera, packing goes on, and the loss is noted with its moment and cause.
 */
export interface CameraRecorder {
  /** Turns the camera on; it comes back by itself when it was lost. */
  open(settings: EvidenceSettings): void
  /** Ends what runs and turns the camera off. */
  close(): void
  /** Begins a clip, or goes on with it in a further part; `reason` stands beside its first still. */
  startEvidence(clip: Pick<Clip, 'clipId' | 'orderIds' | 'reason'>): void
  /** At most one a second and {@link MOST_STILLS} a parcel; of a burst the last one counts. */
  takeStill(reason: string): void
  /** The parcel is put aside. */
  pauseEvidence(): Promise<void>
  /**
   * Ends the clip at once and ties it to its parcel as soon as that is known; a parcel that is not known (null) leaves
   * the clip for a later start to find. Null when nothing was recorded, or the host is away.
   */
  sealEvidence(parcel: Promise<SealedParcel | null>): Promise<SealedClip | null>
}

interface SealedParcel {
  readonly waybillNumber: string
  readonly parcelId: string
}

interface Loss {
  readonly at: number
  readonly cause: EvidenceCause
  told: boolean
}

interface Clip {
  readonly clipId: string
  readonly orderIds: readonly string[]
  readonly reason: string
  readonly losses: Loss[]
  paused: boolean
  /** The host knows of it. */
  begun: boolean
  /** Stands until a picture comes again: one loss is noted once. */
  lost: EvidenceCause | null
  part: ClipPart | null
  /** Stills on their way; the seal waits for them. */
  sending: Promise<unknown>
}

interface Recorder {
  readonly host: HostClient
  readonly space: Space
  readonly stills: StillTaker
  readonly throttle: Throttle<{ readonly clip: Clip; readonly reason: string }>
  stream: MediaStream | null
  clip: Clip | null
  retry: ReturnType<typeof setTimeout> | undefined
}

/** Makes it; the camera stays off until it is opened. */
export function createCameraRecorder(host: HostClient, space: Space): CameraRecorder {
  const throttle: Recorder['throttle'] = createThrottle(STILL_PAUSE_MS, ({ clip, reason }) => {
    clip.sending = Promise.all([clip.sending, sendStill(self, clip, reason)])
  })
  const stills = createStillTaker()
  const self: Recorder = { host, space, stills, throttle, stream: null, clip: null, retry: undefined }
  const camera = createCameraStream({
    onStream: (stream) => {
      self.stream = stream
      self.stills.follow(stream)
      if (stream !== null) record(self)
    },
    onLoss: (cause) => {
      const { clip } = self
      if (clip === null || clip.paused) return
      lose(self, clip, cause)
      void endPart(clip)
    },
  })
  return {
    open: (settings) => camera.open(settings),
    close: () => {
      clearTimeout(self.retry)
      const { clip } = self
      if (clip !== null) void pause(self, clip)
      camera.close()
    },
    startEvidence: ({ clipId, orderIds, reason }) => {
      if (self.clip?.clipId !== clipId) {
        self.clip = newClip({ clipId, orderIds, reason })
        useCamera.setState({ clipId, recordedMs: 0, runningSince: null, stills: 0 })
      }
      const { clip } = self
      if (clip === null) return
      clip.paused = false
      record(self)
      const cause = self.stream === null ? CAUSE_OF[useCamera.getState().state] : undefined
      if (cause !== undefined) lose(self, clip, cause)
      camera.askAgain()
    },
    takeStill: (reason) => {
      const { clip } = self
      if (clip === null || clip.paused) return
      // Another window may have gone on with the clip: the verdict is here, so the camera is.
      if (useCamera.getState().state === 'ready') record(self)
      throttle.put({ clip, reason })
    },
    pauseEvidence: async () => {
      if (self.clip !== null) await pause(self, self.clip)
    },
    sealEvidence: async (parcel) => {
      const { clip } = self
      if (clip === null) return null
      throttle.flush()
      self.clip = null
      const { state } = useCamera.getState()
      const next = state === 'recording' ? 'ready' : state
      useCamera.setState({ state: next, clipId: null, recordedMs: 0, runningSince: null, stills: 0 })
      const [known] = await Promise.all([parcel, endPart(clip)])
      return known === null ? null : seal(self, clip, known)
    },
  }
}

const CAUSE_OF: Partial<Record<CameraState, EvidenceCause>> = {
  denied: 'denied',
  noCamera: 'noCamera',
  busy: 'cameraBusy',
  lost: 'cameraLost',
  diskFull: 'diskFull',
}

const newClip = (of: Pick<Clip, 'clipId' | 'orderIds' | 'reason'>): Clip => ({
  ...of,
  losses: [],
  paused: false,
  begun: false,
  lost: null,
  part: null,
  sending: Promise.resolve(),
})

/** Begins a part when there is a clip to record and a camera to record it with. */
function record(self: Recorder): void {
  const { clip, stream, host, space } = self
  if (clip === null || clip.paused || clip.part !== null || stream === null) return
  const { clipId, orderIds } = clip
  const begun = (): void => {
    if (!clip.begun) self.throttle.put({ clip, reason: clip.reason })
    clip.begun = true
    clip.lost = null
    void tellLosses(self, clip)
  }
  try {
    const onFault = (fault: PartFault): void => faulted(self, clip, fault)
    clip.part = recordPart({ host, space, clipId, orderIds, stream, onBegun: begun, onFault })
    useCamera.setState({ state: 'recording', runningSince: Date.now() })
  } catch {
    lose(self, clip, 'recorderFailed')
    retryLater(self)
  }
}

function faulted(self: Recorder, clip: Clip, fault: PartFault): void {
  const current = self.clip === clip
  clip.part = null
  if (current) countRun()
  if (current) useCamera.setState({ state: self.stream === null ? 'lost' : 'ready' })
  switch (fault.tag) {
    case 'next':
      void self.host
        .call('evidence.pause', { space: self.space, clipId: clip.clipId })
        .catch(() => undefined)
        .then(() => record(self))
      return
    case 'lost':
      lose(self, clip, fault.cause)
      if (current && fault.cause === 'diskFull') useCamera.setState({ state: 'diskFull' })
      retryLater(self)
      return
    case 'takenOver':
    case 'sealed':
      return
  }
}

function retryLater(self: Recorder): void {
  clearTimeout(self.retry)
  self.retry = setTimeout(() => record(self), RETRY_MS)
}

function lose(self: Recorder, clip: Clip, cause: EvidenceCause): void {
  if (clip.lost === cause) return
  clip.lost = cause
  clip.losses.push({ at: Date.now(), cause, told: false })
  void tellLosses(self, clip)
}

/** The host hears of losses once it knows the clip; what it never hears goes into the parcel's note all the same. */
async function tellLosses({ host, space }: Recorder, clip: Clip): Promise<void> {
  if (!clip.begun) return
  for (const loss of clip.losses.filter(({ told }) => !told)) {
    loss.told = true
    const { at, cause } = loss
    const answer = await host
      .call('evidence.lose', { space, clipId: clip.clipId, at, cause })
      .catch(() => null)
    if (answer?.tag !== 'noted') loss.told = false
  }
}

/** The part that ran is over: its seconds count, and no more pass. */
function countRun(): void {
  const { runningSince, recordedMs } = useCamera.getState()
  if (runningSince === null) return
  useCamera.setState({ runningSince: null, recordedMs: recordedMs + Date.now() - runningSince })
}

async function endPart(clip: Clip): Promise<void> {
  const { part } = clip
  clip.part = null
  if (useCamera.getState().clipId === clip.clipId) countRun()
  await part?.stop()
}

async function pause(self: Recorder, clip: Clip): Promise<void> {
  if (clip.paused) return
  clip.paused = true
  if (useCamera.getState().state === 'recording') useCamera.setState({ state: 'ready' })
  await endPart(clip)
  if (!clip.begun || !clip.paused) return
  await self.host.call('evidence.pause', { space: self.space, clipId: clip.clipId }).catch(() => undefined)
}

async function sendStill(self: Recorder, clip: Clip, reason: string): Promise<void> {
  const at = Date.now()
  try {
    // The verdict is drawn first.
    await new Promise((resolve) => setTimeout(resolve, AFTER_VERDICT_MS))
    const picture = await self.stills.take()
    if (picture === null) return
    const base64 = await base64OfBlob(picture)
    const { clipId } = clip
    const still = { space: self.space, clipId, at, reason, kind: 'jpeg', base64 } as const
    const answer = await self.host.call('evidence.still', still)
    if (answer.tag === 'stored' && self.clip === clip)
      useCamera.setState(({ stills }) => ({ stills: Math.min(MOST_STILLS, stills + 1) }))
  } catch {
    // One picture less; the clip tells the rest.
  }
}

async function seal(self: Recorder, clip: Clip, parcel: SealedParcel): Promise<SealedClip | null> {
  const { clipId } = clip
  await clip.sending
  await tellLosses(self, clip)
  const answer = await self.host
    .call('evidence.seal', { space: self.space, clipId, ...parcel })
    .catch(() => null)
  // What is on the disk is sealed by a later start, which finds the parcel by its task.
  if (answer === null && clip.begun) return null
  const untold = clip.losses.find(({ told }) => !told)?.cause ?? null
  if (answer?.tag === 'sealed') {
    const { clip: sealed } = answer
    if (untold === null || sealed.cause !== null) return sealed
    return { ...sealed, cause: untold, state: sealed.state === 'none' ? 'none' : 'partial' }
  }
  const cause = untold ?? (answer === null ? 'hostAway' : answer.tag === 'diskFull' ? 'diskFull' : 'noCamera')
  return { clipId, ...parcel, state: 'none', durationMs: 0, stills: 0, bytes: 0, cause }
}
