import { useEffect } from 'react'

/** A key of the keyboard that does what a control barcode does. */
export interface FloorKey {
  readonly keys: 'Esc' | 'F2' | 'F3' | 'F4' | 'F6' | 'F7' | 'F8' | 'F9'
  readonly word: string
  readonly label: string
}

const keyNames: Readonly<Record<string, FloorKey['keys']>> = {
  Escape: 'Esc',
  F2: 'F2',
  F3: 'F3',
  F4: 'F4',
  F6: 'F6',
  F7: 'F7',
  F8: 'F8',
  F9: 'F9',
}

/** Ctrl+Enter finishes too, for keyboards whose function keys are media keys. */
function nameOf(event: KeyboardEvent): FloorKey['keys'] | undefined {
  if (event.key === 'Enter' && event.ctrlKey) return 'F8'
  const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey
  return plain ? keyNames[event.key] : undefined
}

const isField = (target: EventTarget | null): target is HTMLInputElement | HTMLTextAreaElement =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement

const inDialog = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('.ant-drawer, .ant-modal, [role="dialog"]') !== null

/** Sends the control word of a pressed key while the screen is shown. */
export function useFloorKeys(keys: readonly FloorKey[], send: (raw: string) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const name = nameOf(event)
      const key = keys.find((candidate) => candidate.keys === name)
      if (!key || event.defaultPrevented || event.isComposing || inDialog(event.target)) return
      event.preventDefault()
      if (event.repeat) return
      // Escape over a half-typed code means the typing, not the last scan.
      if (name === 'Esc' && isField(event.target) && event.target.value !== '') event.target.blur()
      else send(key.word)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [keys, send])
}
