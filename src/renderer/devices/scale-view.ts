import { create } from 'zustand'
import type { ScaleLinkTag, ScaleLock } from '../../shared/protocol/scale-contract.ts'

/**
 * How the scale stands, in one word. `none`: none is set up; `live`: it is at rest and tells a weight; `unreachable`: the
 * background program does not answer; the rest as in the contract and in the readings.
 */
export type ScaleViewState =
  | 'none'
  | 'live'
  | 'moving'
  | 'overload'
  | 'underload'
  | 'unreachable'
  | Exclude<ScaleLinkTag, 'off' | 'live'>

/** The scale as screens see it. */
export interface ScaleView {
  readonly state: ScaleViewState
  /** Port or device; not for the first line. */
  readonly detail: string
  /** Null when there is no weight to be told. */
  readonly grams: number | null
  /** Milliseconds since 1970, when {@link grams} was read. */
  readonly atMs: number | null
  /** The weight taken of the parcel on the pan; null from the moment that the pan is empty. */
  readonly locked: ScaleLock | null
}

export const NO_SCALE: ScaleView = { state: 'none', detail: '', grams: null, atMs: null, locked: null }

/** The scale while somebody listens to it (`listenToScale`). */
export const useScale = create<ScaleView>()(() => NO_SCALE)

type LockListener = (lock: ScaleLock) => void
const lockListeners = new Set<LockListener>()

/** Hears every weight that is taken from now on, whether or not a screen is drawn; answers how to stop. */
export function onScaleLock(listener: LockListener): () => void {
  lockListeners.add(listener)
  return () => void lockListeners.delete(listener)
}

/** A weight was taken. */
export function tellScaleLock(lock: ScaleLock): void {
  for (const listener of [...lockListeners]) listener(lock)
}
