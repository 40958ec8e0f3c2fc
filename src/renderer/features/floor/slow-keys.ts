/** A scanner's next key comes sooner than this, a person's does not. */
const PERSON_MS = 60

/**
 * Shows keyed text only once no further key has come for a moment: a scanner's burst draws nothing, so that its scan
 * finds the window idle, and a person sees what they type.
 */
export function createSlowKeys(show: (text: string) => void): (text: string) => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  return (text) => {
    clearTimeout(timer)
    if (text === '') show('')
    else timer = setTimeout(() => show(text), PERSON_MS)
  }
}
