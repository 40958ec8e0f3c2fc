import type { EvidenceCause, EvidenceSettings } from '../../shared/protocol/evidence-contract.ts'
import { type CameraState, useCamera } from './camera-store.ts'

/** A camera that was plugged out is looked for again; the browser tells when one comes, but not every system does. */
const RETRY_MS = 3_000

/** The camera itself: asked for, lost and found again. */
export interface CameraStream {
  /** Never rejects; `onStream` tells when it is there. */
  open(settings: EvidenceSettings): void
  /** A person has begun a parcel: a camera that was refused is asked for once more. */
  askAgain(): void
  close(): void
}

interface Listener {
  /** Null: it is gone. */
  onStream(stream: MediaStream | null): void
  onLoss(cause: EvidenceCause): void
}

/** What `getUserMedia` says, as a cause (W3C Media Capture and Streams, section 10.2). */
export function causeOf(error: unknown): EvidenceCause {
  const name = error instanceof DOMException || error instanceof Error ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  if (name === 'NotReadableError' || name === 'AbortError') return 'cameraBusy'
  return 'noCamera'
}

const STATE_OF: Partial<Record<EvidenceCause, CameraState>> = {
  denied: 'denied',
  cameraBusy: 'busy',
  noCamera: 'noCamera',
}

/** Opens the camera that the settings name, else the first one; 1280 × 720 at 12 pictures a second, without sound. */
export async function askCamera({ cameraId }: Pick<EvidenceSettings, 'cameraId'>): Promise<MediaStream> {
  // Without a secure context there is no door to the camera at all.
  if (!navigator.mediaDevices) throw new DOMException('no media devices', 'NotFoundError')
  return navigator.mediaDevices.getUserMedia({
    audio: false,
    video: {
      ...(cameraId === null ? {} : { deviceId: { ideal: cameraId } }),
      width: { ideal: 1280 },
      height: { ideal: 720 },
      frameRate: { ideal: 12 },
    },
  })
}

export function createCameraStream(listener: Listener): CameraStream {
  let settings: EvidenceSettings | null = null
  let stream: MediaStream | null = null
  let asking = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const fail = (cause: EvidenceCause): void => {
    useCamera.setState({ state: STATE_OF[cause] ?? 'lost', stream: null })
    listener.onLoss(cause)
    // A refusal stands until a person changes their mind: asking every few seconds would put up a question each time.
    if (cause !== 'denied') timer = setTimeout(() => void acquire(), RETRY_MS)
  }
  const lost = (gone: MediaStream): void => {
    if (stream !== gone) return
    stream = null
    listener.onStream(null)
    fail('cameraLost')
  }
  const acquire = async (): Promise<void> => {
    clearTimeout(timer)
    if (settings === null || stream !== null || asking) return
    asking = true
    const { state } = useCamera.getState()
    if (state === 'off' || state === 'elsewhere') useCamera.setState({ state: 'asking' })
    try {
      const found = await askCamera(settings)
      if (settings === null) return stopTracks(found)
      stream = found
      for (const track of found.getVideoTracks()) track.onended = () => lost(found)
      useCamera.setState({ state: 'ready', stream: found })
      listener.onStream(found)
    } catch (error) {
      if (settings !== null) fail(causeOf(error))
    } finally {
      asking = false
    }
  }
  const nudge = (): void => void acquire()
  return {
    open: (wanted) => {
      if (settings === null) {
        navigator.mediaDevices?.addEventListener('devicechange', nudge)
        void watchPermission(nudge)
      }
      settings = wanted
      void acquire()
    },
    askAgain: nudge,
    close: () => {
      settings = null
      clearTimeout(timer)
      navigator.mediaDevices?.removeEventListener('devicechange', nudge)
      if (stream !== null) stopTracks(stream)
      stream = null
      listener.onStream(null)
      useCamera.setState({ state: 'off', stream: null })
    },
  }
}

export function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) {
    track.onended = null
    track.stop()
  }
}

/** The person may allow the camera in the address bar, without a word to the page. */
async function watchPermission(onGranted: () => void): Promise<void> {
  try {
    const permission = await navigator.permissions.query({ name: 'camera' as PermissionName })
    permission.onchange = () => {
      if (permission.state === 'granted') onGranted()
    }
  } catch {
    // Not every browser tells; the next parcel asks again.
  }
}
