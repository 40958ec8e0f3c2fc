import { useEffect } from 'react'
import { useStation } from '../../app/station-app.ts'
import { listenToScale } from '../../devices/scale-link.ts'
import { type ScaleView, useScale } from '../../devices/scale-view.ts'

/** The scale, listened to as long as the screen is there. */
export function useListeningScale(): ScaleView {
  const { host } = useStation()
  useEffect(() => listenToScale(host), [host])
  return useScale()
}
