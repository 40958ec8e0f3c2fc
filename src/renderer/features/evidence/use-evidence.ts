import { useEffect } from 'react'
import type { PackTask } from '../../../shared/domain/packing/pack-task.ts'
import type { EvidenceSettings } from '../../../shared/protocol/evidence-contract.ts'
import type { HostClient, Space } from '../../../shared/protocol/host-contract.ts'
import { type StationApp, useStation } from '../../app/station-app.ts'
import { type CameraRecorder, createCameraRecorder } from '../../devices/camera-recorder.ts'
import { useCamera } from '../../devices/camera-store.ts'
import type { Floor } from '../floor/use-floor.ts'
import { finishEvidence, noteEvidence, parcelOf } from './note-evidence.ts'

/** F9, and the button on the card. */
export const PHOTO_KEY = 'F9'

let shared: { readonly host: HostClient; readonly recorder: CameraRecorder } | null = null

/** One recorder for each window, whichever screens come and go. */
function recorderOf(host: HostClient, space: Space): CameraRecorder {
  if (shared?.host !== host) shared = { host, recorder: createCameraRecorder(host, space) }
  return shared.recorder
}

/** One picture by a person's wish. */
export function takePhoto(): void {
  shared?.recorder.takeStill('photo')
}

/**
 * PAK-8: records while a parcel is open, takes a still at each verdict, seals the clip when the parcel is finished and
 * notes what was kept. Does nothing while the camera is off in the settings, and never makes a scan wait.
 */
export function useEvidence(floor: Floor, task: PackTask | null | undefined): void {
  const station = useStation()
  const { host, space } = station
  const recorder = recorderOf(host, space)
  const enabled = useCamera(({ settings }) => settings?.enabled === true)
  useOpenCamera(station, recorder)
  useTaskRecording(recorder, enabled, task, floor)
  useEffect(() => {
    if (!enabled) return
    return floor.verdict.subscribe(() => {
      const { answer } = floor.verdict.read()
      if (answer === null) return
      recorder.takeStill(answer.reason)
      const { waybill } = answer.params ?? {}
      if (answer.reason === 'finished' && waybill !== undefined)
        void sealParcel(station, recorder, String(waybill)).catch(ignore)
    })
  }, [station, recorder, floor.verdict, enabled])
  useEffect(() => {
    if (!enabled) return
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== PHOTO_KEY || event.repeat) return
      event.preventDefault()
      takePhoto()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [enabled])
}

/**
 * The camera is on while the screen is open: beginning with each parcel would miss its first second. Of several windows
 * on one bench one alone records, the holder of a lock.
 */
function useOpenCamera(station: StationApp, recorder: CameraRecorder): void {
  useEffect(() => {
    const leaving = new AbortController()
    const { signal } = leaving
    const record = (settings: EvidenceSettings): Promise<void> => {
      recorder.open(settings)
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
    }
    const begin = async (): Promise<void> => {
      const { settings } = await station.host.call('evidence.state', { space: station.space })
      if (signal.aborted) return
      useCamera.setState({ settings, state: settings.enabled ? 'elsewhere' : 'off' })
      const name = `packbench-camera-${station.database.name}`
      if (settings.enabled)
        void navigator.locks.request(name, { signal }, () => record(settings)).catch(ignore)
      await finishEvidence(station)
    }
    void begin().catch(ignore)
    return () => {
      leaving.abort()
      recorder.close()
    }
  }, [station, recorder])
}

/** Evidence is never worth a stop; what it lost is noted elsewhere. */
const ignore = (): void => undefined

function useTaskRecording(
  recorder: CameraRecorder,
  enabled: boolean,
  task: PackTask | null | undefined,
  { verdict }: Floor,
): void {
  const clipId = task?.taskId
  const orders = task?.orderIds.join('\n') ?? ''
  const unread = task === undefined
  useEffect(() => {
    if (!enabled || unread) return
    const reason = verdict.read().answer?.reason ?? 'resumed'
    if (clipId === undefined) void recorder.pauseEvidence()
    else recorder.startEvidence({ clipId, orderIds: orders.split('\n'), reason })
  }, [recorder, enabled, unread, clipId, orders, verdict])
}

/** The clip ends now, before the next order is scanned; looking the parcel up takes a moment. */
async function sealParcel(
  station: StationApp,
  recorder: CameraRecorder,
  waybillNumber: string,
): Promise<void> {
  const parcel = parcelOf(station, waybillNumber).then((parcelId) =>
    parcelId === null ? null : { waybillNumber, parcelId },
  )
  const clip = await recorder.sealEvidence(parcel)
  if (clip !== null) await noteEvidence(station, clip)
}
