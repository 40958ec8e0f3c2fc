import { randomUUID } from 'node:crypto'
import { createStableWeight, type StableWeight } from '../../../shared/domain/weighing/stable-weight.ts'
import type { ScaleReading } from '../../../shared/formats/scale-reading.ts'
import type { HostRequest, HostResponses } from '../../../shared/protocol/host-contract.ts'
import type { FoundScale, ScaleDescription, ScaleSettings } from '../../../shared/protocol/scale-contract.ts'
import { createQueue, type Queue } from '../queue.ts'
import { createScaleBoard, type ScaleBoard } from './scale-news.ts'
import { type KeptScale, readScaleSettings, writeScaleSettings } from './scale-settings.ts'
import { followScale, type ScaleWatch } from './scale-watch.ts'
import { createSerialPorts, type SerialPorts } from './serial-ports.ts'

/** The scale of this PC. Methods are those of the contract. */
export interface Scales {
  describe(): ScaleDescription
  ports(): Promise<HostResponses['scale.ports']>
  configure(settings: ScaleSettings): Promise<ScaleDescription>
  wait(request: HostRequest<'scale.wait'>): Promise<HostResponses['scale.wait']>
  weighAgain(): HostResponses['scale.weigh-again']
  /** Lets everybody go who waits for a reading. */
  endWaiting(): void
  /** Closes the port; resolves when it is free for others. */
  close(): Promise<void>
}

interface ScalesOptions {
  /** The data directory. */
  readonly directory: string
  /** Replaced in tests only. */
  readonly serial?: SerialPorts
  /** Hears what could not be written down about the scale; it works on all the same. */
  readonly report?: (error: unknown) => void
}

interface State {
  readonly directory: string
  readonly serial: SerialPorts
  readonly report: (error: unknown) => void
  readonly board: ScaleBoard
  /** Changes of the settings and of their file, one after the other. */
  readonly queue: Queue
  kept: KeptScale
  stable: StableWeight
  watch: ScaleWatch | null
}

/** Milliseconds since 1970 by a clock that does not jump while the host runs. */
const now = (): number => performance.timeOrigin + performance.now()

/** Opens the scale as `scale.json` describes it; nothing is waited for. */
export async function openScales(options: ScalesOptions): Promise<Scales> {
  const kept = await readScaleSettings(options.directory)
  const state: State = {
    directory: options.directory,
    serial: options.serial ?? createSerialPorts(),
    report: options.report ?? ((error) => console.error(error)),
    board: createScaleBoard({ tag: 'off', detail: '' }),
    queue: createQueue(),
    kept,
    stable: createStableWeight(),
    watch: null,
  }
  const { queue } = state
  begin(state)
  return {
    describe: () => describe(state),
    ports: async () => ({ ports: await state.serial.list() }),
    configure: (settings) => queue(() => configure(state, settings)),
    wait: ({ after, timeoutMs }) => state.board.wait(after, timeoutMs),
    weighAgain: () => {
      state.stable.weighAgain()
      state.board.put({ lock: null })
      return { tag: 'done' }
    },
    endWaiting: () => state.board.endWaiting(),
    close: async () => {
      state.board.close()
      await queue(async () => state.watch?.stop())
      // What was found until then is written down.
      await queue(async () => undefined)
    },
  }
}

function describe({ kept, board }: State): ScaleDescription {
  return { ...kept, news: board.now() }
}

/** A person's word is written down before it is gone by; where the scale was heard is known anew by then. */
async function configure(state: State, settings: ScaleSettings): Promise<ScaleDescription> {
  const kept = { settings, found: state.kept.found }
  await writeScaleSettings(state.directory, kept)
  await state.watch?.stop()
  state.kept = kept
  state.stable = createStableWeight()
  begin(state)
  return describe(state)
}

function begin(state: State): void {
  const { settings, found } = state.kept
  state.watch = null
  state.board.put({
    link: { tag: settings.on ? 'searching' : 'off', detail: '' },
    reading: null,
    lock: null,
  })
  if (!settings.on) return
  state.watch = followScale({
    serial: state.serial,
    settings,
    found,
    now,
    onLink: (link) => state.board.put(link.tag === 'live' ? { link } : { link, reading: null }),
    onReadings: (readings) => take(state, readings),
    onFound: (place) => remember(state, place),
  })
}

/** Every reading counts for the rule; the screen gets the newest. */
function take({ board, stable }: State, readings: readonly ScaleReading[]): void {
  const atMs = now()
  let { lock } = board.now()
  for (const reading of readings) {
    const taken = stable.take(reading, atMs)
    if (taken !== null) lock = { ...taken, lockId: randomUUID(), atMs: Math.round(atMs) }
    else if (stable.armed()) lock = null
  }
  const last = readings.at(-1)
  if (last !== undefined) board.put({ reading: { ...last, atMs: Math.round(atMs) }, lock })
}

/** Makes the next start quick; a disk that is full at that moment only makes it slower. */
function remember(state: State, found: FoundScale): void {
  const before = state.kept.found
  if (before?.port === found.port && before.baud === found.baud && before.dialect === found.dialect) return
  state.kept = { ...state.kept, found }
  state.queue(() => writeScaleSettings(state.directory, state.kept)).catch(state.report)
}
