import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { normaliseCode } from '../../../shared/base/text.ts'
import {
  type EvidenceFull,
  type EvidenceResponses,
  type EvidenceSettings,
  MOST_STILLS,
  type SealedClip,
} from '../../../shared/protocol/evidence-contract.ts'
import { HostError, type HostRequest } from '../../../shared/protocol/host-contract.ts'
import { type OpenAppendFile, openAppendFile } from '../append-file.ts'
import { createQueue } from '../queue.ts'
import { errorText, isDiskFull } from '../system-error.ts'
import { factsOf, figuresOf } from './clip-facts.ts'
import { type ClipRecord, openClipIndex } from './clip-index.ts'
import { describeClip, measureLeftovers } from './describe-clip.ts'
import { EVIDENCE_FOLDER } from './evidence-settings.ts'
import {
  addFact,
  beginNextPart,
  type ClipShop,
  endPart,
  loadClip,
  noteFigures,
  type OpenClip,
} from './open-clips.ts'
import { enforceRetention, removeClip } from './retention.ts'

/** The journal and the labels come first: below this, evidence takes no more of the disk. */
const RESERVED_BYTES = 256 * 1_048_576
/** A PC that stands idle forgets as well. */
const RETENTION_ROUND_MS = 3_600_000
const MOST_UNNOTED = 50

type Ask<M extends keyof EvidenceResponses> = Omit<HostRequest<M>, 'space'>

/** Evidence of one space (PAK-8). A full disk is an answer; what else is thrown is a defect or a broken disk. */
export interface Evidence {
  begin(request: Ask<'evidence.begin'>): Promise<EvidenceResponses['evidence.begin']>
  append(request: Ask<'evidence.append'>): Promise<EvidenceResponses['evidence.append']>
  pause(request: Ask<'evidence.pause'>): Promise<EvidenceResponses['evidence.pause']>
  still(request: Ask<'evidence.still'>): Promise<EvidenceResponses['evidence.still']>
  lose(request: Ask<'evidence.lose'>): Promise<EvidenceResponses['evidence.lose']>
  seal(request: Ask<'evidence.seal'>): Promise<EvidenceResponses['evidence.seal']>
  noted(request: Ask<'evidence.noted'>): Promise<EvidenceResponses['evidence.noted']>
  discard(request: Ask<'evidence.discard'>): Promise<EvidenceResponses['evidence.discard']>
  find(request: Ask<'evidence.find'>): Promise<EvidenceResponses['evidence.find']>
  state(): Promise<EvidenceResponses['evidence.state']>
  /** New settings hold at once. */
  tidy(): Promise<void>
  /** Ends what is being recorded; nothing is lost but that it ends here. */
  close(): Promise<void>
}

export interface EvidenceOptions {
  /** Of the space; evidence lies below it. */
  readonly directory: string
  readonly settings: () => EvidenceSettings
  readonly freeBytes: () => Promise<number | null>
  readonly openFile?: OpenAppendFile
  readonly now?: () => number
  /** Receives what goes wrong while nobody waits for an answer. */
  readonly report?: (error: unknown) => void
}

interface State extends ClipShop {
  readonly options: EvidenceOptions
}

/** Opens what is kept; clips that a crash left open stay so until they are sealed or too old. */
export async function openEvidence(options: EvidenceOptions): Promise<Evidence> {
  const { openFile = openAppendFile, now = Date.now, report = () => undefined } = options
  const directory = join(options.directory, EVIDENCE_FOLDER)
  const index = await openClipIndex({ directory, openFile, now })
  const state: State = { options, directory, openFile, now, index, open: new Map() }
  await measureLeftovers(state)
  const queue = createQueue()
  const full = <T>(task: () => Promise<T>): Promise<T | EvidenceFull> => queue(() => orFull(task))
  const tidy = (): Promise<void> =>
    queue(async () => void (await enforceRetention(state, options.settings(), 0)))
  const round = setInterval(() => void tidy().catch(report), RETENTION_ROUND_MS)
  round.unref()
  void tidy().catch(report)
  return {
    begin: (request) => full(() => begin(state, request)),
    append: (request) => full(() => append(state, request)),
    pause: (request) => queue(() => pause(state, request)),
    still: (request) => full(() => still(state, request)),
    lose: (request) => full(() => lose(state, request)),
    seal: (request) => full(() => seal(state, request)),
    noted: (request) => queue(() => noted(state, request)),
    discard: (request) => queue(() => discard(state, request)),
    find: (request) => queue(() => find(state, request)),
    state: () => queue(() => stateOf(state)),
    tidy,
    close: () => queue(() => close(state, round)),
  }
}

async function orFull<T>(task: () => Promise<T>): Promise<T | EvidenceFull> {
  try {
    return await task()
  } catch (error) {
    if (isDiskFull(error)) return { tag: 'diskFull', quota: false, detail: errorText(error) }
    throw error
  }
}

/** Null when there is room for so many bytes. */
async function refuseFull(state: State, bytes: number): Promise<EvidenceFull | null> {
  const { settings, freeBytes } = state.options
  const free = await freeBytes()
  if (free !== null && free - bytes < RESERVED_BYTES)
    return { tag: 'diskFull', quota: false, detail: `${free} bytes free` }
  const { quotaMb } = settings()
  const fits = state.index.usedBytes() + bytes <= quotaMb * 1_048_576
  if (fits || (await enforceRetention(state, settings(), bytes))) return null
  return { tag: 'diskFull', quota: true, detail: `${state.index.usedBytes()} of ${quotaMb} MB` }
}

function openRecord({ index }: State, clipId: string): ClipRecord | null {
  const record = index.get(clipId)
  return record?.state === 'open' ? record : null
}

async function begin(
  state: State,
  request: Ask<'evidence.begin'>,
): Promise<EvidenceResponses['evidence.begin']> {
  const { clipId, at, orderIds } = request
  const known = state.index.get(clipId)
  if (known?.state === 'sealed') return { tag: 'sealed' }
  const refused = await refuseFull(state, 0)
  if (refused) return refused
  const record = known?.state === 'open' ? known : newRecord({ clipId, at, orderIds, day: dayOf(at) })
  if (record !== known) {
    await mkdir(join(state.directory, record.day), { recursive: true, mode: 0o700 })
    await state.index.put(record)
  }
  const clip = await loadClip(state, record)
  return { tag: 'begun', part: await beginNextPart(state, record, clip, at) }
}

const newRecord = (of: Pick<ClipRecord, 'clipId' | 'at' | 'orderIds' | 'day'>): ClipRecord => ({
  ...of,
  state: 'open',
  waybillNumber: '',
  parcelId: '',
  endedAt: 0,
  noted: false,
  why: null,
  figures: figuresOf([]),
})

/** `yyyymmdd` by the PC's time zone. */
function dayOf(at: number): string {
  const date = new Date(at)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${String(date.getFullYear()).padStart(4, '0')}${two(date.getMonth() + 1)}${two(date.getDate())}`
}

async function append(
  state: State,
  { clipId, part, sequence, base64 }: Ask<'evidence.append'>,
): Promise<EvidenceResponses['evidence.append']> {
  const record = openRecord(state, clipId)
  const clip = state.open.get(clipId)
  if (record === null || clip?.running?.part !== part) return { tag: 'notRunning' }
  const chunk = decode(base64)
  const refused = await refuseFull(state, chunk.length)
  if (refused) return refused
  const outcome = await clip.running.append(sequence, chunk)
  noteFigures(state, record, clip)
  return outcome
}

function decode(base64: string): Uint8Array {
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64))
    throw new HostError({ tag: 'badRequest', detail: 'base64' })
  return Buffer.from(base64, 'base64')
}

async function pause(state: State, { clipId }: Ask<'evidence.pause'>): Promise<{ tag: 'done' }> {
  const record = openRecord(state, clipId)
  const clip = state.open.get(clipId)
  if (record !== null && clip !== undefined) await endPart(state, record, clip, null)
  return { tag: 'done' }
}

async function still(
  state: State,
  { clipId, at, reason, kind, base64 }: Ask<'evidence.still'>,
): Promise<EvidenceResponses['evidence.still']> {
  const record = openRecord(state, clipId)
  if (record === null) return { tag: 'notRunning' }
  const clip = await loadClip(state, record)
  const taken = factsOf(clip.facts, 'still').length
  if (taken >= MOST_STILLS) return { tag: 'enough' }
  const bytes = decode(base64)
  const refused = await refuseFull(state, bytes.length)
  if (refused) return refused
  const name = `${record.day}/${clipId}.${taken + 1}.${kind === 'jpeg' ? 'jpg' : 'webp'}`
  const file = await state.openFile(join(state.directory, name))
  try {
    await file.write(bytes, 0)
  } finally {
    await file.close()
  }
  await addFact(state, record, clip, { fact: 'still', file: name, at, reason, bytes: bytes.length })
  return { tag: 'stored' }
}

async function lose(
  state: State,
  { clipId, at, cause }: Ask<'evidence.lose'>,
): Promise<EvidenceResponses['evidence.lose']> {
  const record = openRecord(state, clipId)
  if (record === null) return { tag: 'notRunning' }
  const clip: OpenClip = await loadClip(state, record)
  await addFact(state, record, clip, { fact: 'loss', at, cause })
  return { tag: 'noted' }
}

async function seal(
  state: State,
  request: Ask<'evidence.seal'>,
): Promise<EvidenceResponses['evidence.seal']> {
  const { clipId, waybillNumber, parcelId } = request
  const known = state.index.get(clipId)
  if (known?.state === 'sealed') return { tag: 'sealed', clip: sealedOf(known) }
  if (known?.state !== 'open') return { tag: 'unknown' }
  const clip = await loadClip(state, known)
  await endPart(state, known, clip, null)
  const sealed: ClipRecord = {
    ...known,
    state: 'sealed',
    waybillNumber: normaliseCode(waybillNumber),
    parcelId,
    endedAt: state.now(),
    figures: figuresOf(clip.facts),
  }
  await state.index.put(sealed)
  state.open.delete(clipId)
  await enforceRetention(state, state.options.settings(), 0)
  return { tag: 'sealed', clip: sealedOf(sealed) }
}

const sealedOf = ({ clipId, waybillNumber, parcelId, figures }: ClipRecord): SealedClip => ({
  clipId,
  waybillNumber,
  parcelId,
  ...figures,
})

async function noted({ index }: State, { clipId }: Ask<'evidence.noted'>): Promise<{ tag: 'done' }> {
  const record = index.get(clipId)
  if (record !== undefined && !record.noted) await index.put({ ...record, noted: true })
  return { tag: 'done' }
}

async function discard(state: State, { clipId }: Ask<'evidence.discard'>): Promise<{ tag: 'done' }> {
  const record = openRecord(state, clipId)
  if (record === null) return { tag: 'done' }
  await endPart(state, record, await loadClip(state, record), null)
  await removeClip(state, record, 'discarded')
  return { tag: 'done' }
}

async function find(state: State, { by }: Ask<'evidence.find'>): Promise<EvidenceResponses['evidence.find']> {
  const { index } = state
  const record = 'clipId' in by ? index.get(by.clipId) : index.byWaybill(by.waybillNumber)
  if (record === undefined) return { tag: 'unknown' }
  if (record.state === 'gone') return { tag: 'removed', at: record.endedAt, why: record.why ?? 'days' }
  return { tag: 'found', clip: await describeClip(state, record) }
}

async function stateOf({ index, options }: State): Promise<EvidenceResponses['evidence.state']> {
  const records = [...index.all()].filter(({ state }) => state !== 'gone')
  const open = records.filter(({ state }) => state === 'open')
  const unnoted = records.filter(({ state, noted: known }) => state === 'sealed' && !known)
  return {
    settings: options.settings(),
    clips: records.length,
    usedBytes: index.usedBytes(),
    oldestAt: records.reduce<number | null>((least, { at }) => Math.min(least ?? at, at), null),
    freeBytes: await options.freeBytes(),
    open: open.map(({ clipId, at, orderIds }) => ({ clipId, at, orderIds })),
    unnoted: unnoted.slice(0, MOST_UNNOTED).map(sealedOf),
  }
}

async function close(state: State, round: NodeJS.Timeout): Promise<void> {
  clearInterval(round)
  for (const [clipId, clip] of state.open) {
    const record = openRecord(state, clipId)
    // A full disk must not keep the station from ending: the next start finds the part as a crash would leave it.
    if (record !== null) await endPart(state, record, clip, 'brokenOff').catch(() => undefined)
  }
  await state.index.close()
}
