/** The sounds a floor screen makes; each goes with its colour and words, never alone. */
export type Sound = 'right' | 'stop' | 'ask'

interface Tone {
  readonly hertz: number
  readonly atMs: number
  readonly lastsMs: number
  readonly shape: OscillatorType
}

/** Right rises, stop growls low and long, ask calls twice: told apart with ear protection on. */
const tones: Readonly<Record<Sound, readonly Tone[]>> = {
  right: [
    { hertz: 1175, atMs: 0, lastsMs: 70, shape: 'triangle' },
    { hertz: 1760, atMs: 75, lastsMs: 110, shape: 'triangle' },
  ],
  stop: [
    { hertz: 196, atMs: 0, lastsMs: 220, shape: 'sawtooth' },
    { hertz: 147, atMs: 240, lastsMs: 320, shape: 'sawtooth' },
  ],
  ask: [
    { hertz: 659, atMs: 0, lastsMs: 110, shape: 'square' },
    { hertz: 659, atMs: 170, lastsMs: 110, shape: 'square' },
  ],
}

const loudness: Readonly<Record<OscillatorType, number>> = {
  triangle: 0.5,
  sawtooth: 0.32,
  square: 0.22,
  sine: 0.5,
  custom: 0.3,
}

let audio: AudioContext | null = null

function playTone(context: AudioContext, tone: Tone, startSeconds: number): void {
  const oscillator = context.createOscillator()
  const gain = context.createGain()
  const begin = startSeconds + tone.atMs / 1000
  const end = begin + tone.lastsMs / 1000
  oscillator.type = tone.shape
  oscillator.frequency.value = tone.hertz
  // A hard edge would click.
  gain.gain.setValueAtTime(0, begin)
  gain.gain.linearRampToValueAtTime(loudness[tone.shape], begin + 0.008)
  gain.gain.setValueAtTime(loudness[tone.shape], end - 0.02)
  gain.gain.linearRampToValueAtTime(0, end)
  oscillator.connect(gain).connect(context.destination)
  oscillator.start(begin)
  oscillator.stop(end)
}

const openAudio = (): AudioContext => {
  audio ??= new AudioContext({ latencyHint: 'interactive' })
  return audio
}

/**
 * Starts the browser's audio while nobody waits for it: the first sound of a window would hold up the verdicts behind it.
 * Never throws.
 */
export function prepareSound(): void {
  try {
    openAudio()
      .resume()
      .catch(() => {})
  } catch {
    audio = null
  }
}

/** Plays a sound at once. Never throws: a PC without audio, or one that forbids it, stays silent. */
export function playSound(sound: Sound): void {
  try {
    const context = openAudio()
    const askedAtMs = performance.now()
    const play = (): void => {
      // Sounds held back until audio was allowed would tell of scans long past.
      if (performance.now() - askedAtMs > 300) return
      for (const tone of tones[sound]) playTone(context, tone, context.currentTime)
    }
    if (context.state === 'running') play()
    else context.resume().then(play, () => {})
  } catch {
    audio = null
  }
}
