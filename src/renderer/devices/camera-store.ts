import { create } from 'zustand'
import type { EvidenceSettings } from '../../shared/protocol/evidence-contract.ts'

/** `ready`: the camera is there and nothing is being recorded. */
export type CameraState =
  | 'off'
  | 'asking'
  | 'ready'
  | 'recording'
  | 'lost'
  | 'denied'
  | 'noCamera'
  | 'busy'
  | 'diskFull'
  /** Another window of this station has the camera. */
  | 'elsewhere'

/** What the screens show of the camera; written by the recorder alone. */
export interface CameraView {
  readonly state: CameraState
  /** For the live picture; null while there is none. */
  readonly stream: MediaStream | null
  /** The clip under way, recording or put aside. */
  readonly clipId: string | null
  /** Length of the clip's ended parts, as this window counted them. */
  readonly recordedMs: number
  /** When the running part began, milliseconds since 1970; null while nothing runs. */
  readonly runningSince: number | null
  readonly stills: number
  /** Null until the host has told. */
  readonly settings: EvidenceSettings | null
}

export const useCamera = create<CameraView>()(() => ({
  state: 'off',
  stream: null,
  clipId: null,
  recordedMs: 0,
  runningSince: null,
  stills: 0,
  settings: null,
}))
