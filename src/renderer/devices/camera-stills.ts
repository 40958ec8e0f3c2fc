const WIDTH_PX = 640
const QUALITY = 0.7

/** Takes single pictures of the camera without touching what is on screen. */
export interface StillTaker {
  follow(stream: MediaStream | null): void
  /** A small JPEG of what is seen now; null when there is no picture. */
  take(): Promise<Blob | null>
}

export function createStillTaker(): StillTaker {
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  return {
    follow: (stream) => {
      video.srcObject = stream
      if (stream !== null) void video.play().catch(() => undefined)
    },
    take: async () => {
      const { videoWidth, videoHeight } = video
      if (video.srcObject === null || videoWidth === 0) return null
      const height = Math.round((WIDTH_PX * videoHeight) / videoWidth)
      const canvas = new OffscreenCanvas(WIDTH_PX, height)
      canvas.getContext('2d')?.drawImage(video, 0, 0, WIDTH_PX, height)
      return canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY })
    },
  }
}

/** Lets one through in a while; of what comes in between the last one waits for its turn. */
export interface Throttle<T> {
  put(what: T): void
  /** What waits goes at once. */
  flush(): void
}

export function createThrottle<T>(pauseMs: number, run: (what: T) => void): Throttle<T> {
  let waiting: { readonly what: T } | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const release = (): void => {
    clearTimeout(timer)
    timer = undefined
    const next = waiting
    waiting = null
    if (next !== null) fire(next.what)
  }
  const fire = (what: T): void => {
    timer = setTimeout(release, pauseMs)
    run(what)
  }
  return {
    put: (what) => {
      if (timer === undefined) fire(what)
      else waiting = { what }
    },
    flush: () => {
      if (waiting !== null) release()
    },
  }
}
