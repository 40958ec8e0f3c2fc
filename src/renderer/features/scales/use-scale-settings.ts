import { useCallback, useEffect, useState } from 'react'
import type { ScaleDescription, ScaleSettings } from '../../../shared/protocol/scale-contract.ts'
import { useStation } from '../../app/station-app.ts'
import { scaleChanged } from '../../devices/scale-link.ts'
import { faultWords } from '../printing/use-printers.ts'

/** The settings of the scale as the host has them, and why they could not be read. */
interface KnownSettings {
  readonly known: ScaleDescription | null
  readonly trouble: string | null
  /** Saves others; rejects in words when they were not saved. */
  readonly save: (settings: ScaleSettings) => Promise<void>
}

/** @param round asks anew whenever it is another value: a scale that was just found is named in the description */
export function useScaleSettings(round: string): KnownSettings {
  const { host } = useStation()
  const [known, setKnown] = useState<ScaleDescription | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const take = useCallback((answer: ScaleDescription): void => {
    setKnown(answer)
    setTrouble(null)
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks anew
  useEffect(() => {
    let current = true
    host.call('scale.describe', {}).then(
      (answer) => current && take(answer),
      (error: unknown) => current && setTrouble(faultWords(error)),
    )
    return () => {
      current = false
    }
  }, [host, take, round])
  const save = useCallback(
    async (settings: ScaleSettings): Promise<void> => {
      take(await host.call('scale.configure', { settings }))
      scaleChanged()
    },
    [host, take],
  )
  return { known, trouble, save }
}
