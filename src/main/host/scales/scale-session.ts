import {
  createDialectDetector,
  createFrameReader,
  type ScaleDialect,
} from '../../../shared/formats/scale-frames.ts'
import type { ScaleReading } from '../../../shared/formats/scale-reading.ts'
import { createAsker } from './scale-asker.ts'
import type { OpenTrouble, SerialLine, SerialPorts } from './serial-ports.ts'

const TICK_MS = 25
/** A scale that has said nothing for so long is shown as silent: switched off, or its cable pulled at the scale's end. */
const SILENT_MS = 1_000

/** A port and how to talk there. */
export interface ScalePlace {
  readonly port: string
  readonly baud: number
  /** Null: to be found out. */
  readonly dialect: ScaleDialect | null
}

export interface SessionEvents {
  onOpen(): void
  /** At least one, oldest first. */
  onReadings(dialect: ScaleDialect, readings: readonly ScaleReading[]): void
  /** Nothing has come for {@link SILENT_MS}; called once until something comes again. */
  onSilent(): void
}

/** `quiet`: nothing came for `quietMs`; `lost`: the device went away; `stopped`: this side ended it. */
export type SessionEnd =
  | { readonly tag: 'quiet' | 'stopped' }
  | { readonly tag: 'lost' | OpenTrouble; readonly detail: string }

/** A talk with a scale at one place. */
export interface ScaleSession {
  /** Resolves when it is over and the port is closed; never rejects. */
  readonly ended: Promise<SessionEnd>
  stop(): void
}

/**
 * Opens a port, listens, and asks where the scale does not talk by itself.
 * @param quietMs asked again and again: the session ends when no reading has come for so long; Infinity: it waits
 * @param now milliseconds of a clock that does not jump
 */
export function startSession(options: {
  readonly ports: SerialPorts
  readonly place: ScalePlace
  readonly quietMs: () => number
  readonly events: SessionEvents
  readonly now: () => number
}): ScaleSession {
  let end: (how: SessionEnd) => void = () => undefined
  const over = new Promise<SessionEnd>((resolve) => {
    end = resolve
  })
  return { ended: talk(options, over, end), stop: () => end({ tag: 'stopped' }) }
}

async function talk(
  { ports, place, quietMs, events, now }: Parameters<typeof startSession>[0],
  over: Promise<SessionEnd>,
  end: (how: SessionEnd) => void,
): Promise<SessionEnd> {
  const listener = createListener(place.dialect)
  const asker = createAsker(place.dialect, now())
  let heardAt = now()
  let silent = false
  const opened = await ports.open(place.port, place.baud, {
    onLost: (detail) => end({ tag: 'lost', detail }),
    onBytes: (bytes) => {
      const heard = listener(bytes)
      if (heard === null || heard.readings.length === 0) return
      heardAt = now()
      silent = false
      asker.heard(heardAt)
      events.onReadings(heard.dialect, heard.readings)
    },
  })
  if (opened.tag !== 'open') return opened
  events.onOpen()
  const timer = setInterval(() => {
    const quiet = now() - heardAt
    if (quiet >= quietMs()) return end({ tag: 'quiet' })
    if (quiet >= SILENT_MS && !silent) {
      silent = true
      events.onSilent()
    }
    ask(opened.line, asker.due(now()))
  }, TICK_MS)
  const how = await over
  clearInterval(timer)
  await opened.line.close()
  return how
}

function ask(line: SerialLine, question: Uint8Array | null): void {
  if (question !== null) line.write(question)
}

/** Bytes in, readings with their dialect out; null while it is unknown. */
function createListener(dialect: ScaleDialect | null): ReturnType<typeof createDialectDetector>['push'] {
  if (dialect === null) return createDialectDetector().push
  const reader = createFrameReader(dialect)
  return (bytes) => ({ dialect, readings: reader.push(bytes) })
}
