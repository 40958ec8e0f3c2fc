import { useEffect, useState } from 'react'
import type { EvidenceCause } from '../../../shared/protocol/evidence-contract.ts'
import { askCamera, causeOf, stopTracks } from '../../devices/camera-stream.ts'

/** The cameras of this PC and the picture of one of them. */
export interface Cameras {
  readonly cameras: readonly { readonly cameraId: string; readonly name: string }[]
  readonly stream: MediaStream | null
  /** Why there is no picture; null while there is one, or while it is being asked for. */
  readonly cause: EvidenceCause | null
}

const NOTHING: Cameras = { cameras: [], stream: null, cause: null }

/** Asks for the camera while `on`: browsers name their cameras only to who may use them. */
export function useCameras(on: boolean, cameraId: string | null): Cameras {
  const [found, setFound] = useState<Cameras>(NOTHING)
  useEffect(() => {
    if (!on) return
    let left = false
    let opened: MediaStream | null = null
    const look = async (): Promise<void> => {
      try {
        const stream = await askCamera({ cameraId })
        opened = stream
        if (left) return stopTracks(stream)
        const devices = await navigator.mediaDevices.enumerateDevices()
        const cameras = devices
          .filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
          .map(({ deviceId, label }) => ({ cameraId: deviceId, name: label }))
        if (!left) setFound({ cameras, stream, cause: null })
      } catch (error) {
        if (!left) setFound({ ...NOTHING, cause: causeOf(error) })
      }
    }
    void look()
    return () => {
      left = true
      if (opened !== null) stopTracks(opened)
      setFound((now) => ({ ...now, stream: null, cause: null }))
    }
  }, [on, cameraId])
  return found
}
