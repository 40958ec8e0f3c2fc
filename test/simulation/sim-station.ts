import type { StationEnvironment } from '../../src/shared/station/environment.ts'
import { DEFAULT_SHOP_CLOCK } from '../../src/shared/domain/orders/deadline.ts'
import { HUB_CURSOR, readAgain } from '../../src/shared/station/apply-stream.ts'
import { createMemoryStore } from '../../src/shared/station/memory-store.ts'
import { finishRebuild } from '../../src/shared/station/finish-rebuild.ts'
import { applyRecords, readJournalled } from '../../src/shared/station/replay.ts'
import { GENERATION_MARK, generationMark, stationSetting } from '../../src/shared/station/station-settings.ts'
import type { StationStore } from '../../src/shared/station/store.ts'
import { type LogRecord, TABLE_NAMES } from '../../src/shared/station/tables.ts'
import { keepLeases } from '../../src/shared/sync/keep-leases.ts'
import { keepNumbers } from '../../src/shared/sync/keep-numbers.ts'
import { createSyncSession, type SyncPorts, type SyncSession } from '../../src/shared/sync/sync-session.ts'
import type { HubCallAnswer } from '../../src/shared/protocol/host-contract.ts'
import type { Lease } from '../../src/shared/protocol/sync-messages.ts'
import { executeCommand } from '../../src/shared/station/execute-command.ts'
import { executeScan } from '../../src/shared/station/execute-scan.ts'
import type { StationCommand } from '../../src/shared/station/commands/command.ts'
import { createCrashingStore, createPower, type Power, PowerCut } from './crashing-store.ts'
import type { Dice } from './dice.ts'
import type { FaultLog } from './fault-log.ts'
import type { Planned } from './generators/generator.ts'
import { WAREHOUSE } from './hub-process.ts'
import type { LeaseWatch } from './lease-watch.ts'
import type { Network } from './network.ts'
import { disguise, undisguise } from './versions.ts'

/** What a station needs of the world around it. */
export interface Surroundings {
  readonly network: Network
  readonly dice: Dice
  readonly faults: FaultLog
  readonly leases: LeaseWatch
  /** True time, milliseconds since 1970. */
  now(): number
  fresh(prefix: string): string
  /** A label came out of a printer. */
  printed(stationId: string, jobId: string, parcelId: string): void
  broken(what: string): void
  readonly tamperStore?: ((store: StationStore) => StationStore) | undefined
  /** Leaves out what the app does about waybill numbers after a rebuild. */
  readonly forgetNumbers?: boolean | undefined
}

/** A program run of a station: gone with the power. */
interface Life {
  readonly power: Power
  readonly store: StationStore
  readonly session: SyncSession
  readonly ports: SyncPorts
  readonly identity: StationEnvironment['identity']
  /** A talk with the hub is going on. */
  talking: boolean
  readonly pauses: (() => void)[]
  /** A network failure or a rest: nothing to be done towards the hub before this, by the station's clock. */
  restUntil: number
}

interface Backup {
  readonly journal: readonly string[]
  readonly printedJobs: ReadonlySet<string>
}

interface PlannedWithId {
  readonly planned: Planned
  readonly commandId: string
}

/** How a station comes back after its database is gone. */
export type Comeback = 'journal' | 'torn' | 'backup' | 'hub'

/** One station: its disk, its journal, its printer, and the program that runs on them or does not. */
export class SimStation {
  readonly stationId: string
  readonly #around: Surroundings
  disk: StationStore = createMemoryStore()
  #journal: string[] = []
  #journalCursor = 0
  #backups: Backup[] = []
  /** The host's memory of what it printed. */
  #printedJobs = new Set<string>()
  #waitingPrints: string[] = []
  #life: Life | null = null
  #plan: Planned[] = []
  #interrupted: PlannedWithId | null = null
  #offsetMs = 0
  #heardOffsetMs = 0
  version: 'old' | 'new' = 'new'
  /** Empty and filling from the hub: nobody works here before it is in step. */
  #filling = false
  /** Numbers have to be looked at once the station is in step. */
  #numbersOpen = false

  constructor(stationId: string, around: Surroundings) {
    this.stationId = stationId
    this.#around = around
  }

  get isUp(): boolean {
    return this.#life?.power.on ?? false
  }

  get isTalking(): boolean {
    return this.#life?.talking ?? false
  }

  get hasPlan(): boolean {
    return this.#plan.length > 0 || this.#interrupted !== null
  }

  get mayWork(): boolean {
    return this.isUp && !this.#filling
  }

  get isRested(): boolean {
    return (this.#life?.restUntil ?? 0) <= this.now()
  }

  now(): number {
    return this.#around.now() + this.#offsetMs
  }

  turnClock(byMs: number): void {
    this.#offsetMs += byMs
  }

  /** First start: an empty disk gets its generation. */
  async install(): Promise<void> {
    await this.#claim('')
    await this.start()
  }

  async #claim(mark: string | null): Promise<void> {
    const generation = this.#around.fresh('g')
    await this.disk.write(['meta', 'records'], async (tx) => {
      const [last] = await tx.range('records', null, { limit: 1, reverse: true })
      this.#journalCursor = last?.seq ?? 0
      tx.put('meta', { key: 'generation', value: generation })
      tx.put('meta', { key: GENERATION_MARK, value: mark ?? generationMark(generation) })
    })
  }

  /** The program starts on the disk as it is. */
  async start(): Promise<void> {
    const generation = await this.disk.read(['meta'], async (tx) =>
      String((await tx.get('meta', 'generation'))?.value),
    )
    const power = createPower()
    const crashing = createCrashingStore(this.disk, power)
    const tampered = this.#around.tamperStore?.(crashing) ?? crashing
    const identity = { stationId: this.stationId, generation, warehouseId: WAREHOUSE }
    const pauses: (() => void)[] = []
    const ports: SyncPorts = {
      store: tampered,
      identity,
      appVersion: this.version,
      call: (call, body) => this.#call(power, call, body),
      now: () => this.now(),
      clockOffsetMs: () => this.#heardOffsetMs,
      dice: () => this.#around.dice.next(),
      yieldTurn: async () => {
        power.step()
        if (this.#around.dice.chance(0.3)) await new Promise<void>((resolve) => pauses.push(resolve))
        power.step()
      },
    }
    const session = createSyncSession(ports)
    this.#life = { power, store: crashing, session, ports, identity, talking: false, pauses, restUntil: 0 }
  }

  async #call(power: Power, call: Parameters<SyncPorts['call']>[0], body: unknown): Promise<HubCallAnswer> {
    const { stationId } = this
    power.step()
    if (call === 'release') this.#around.leases.released(stationId, (body as { orderIds: string[] }).orderIds)
    const answer = await this.#around.network.send({ stationId, call, body: JSON.stringify(body) })
    power.step()
    if (answer.tag !== 'answered') return answer
    this.#heardOffsetMs = -this.#offsetMs
    const value: unknown = JSON.parse(JSON.stringify(answer.value))
    if (call === 'lease')
      this.#around.leases.heard(stationId, (value as { leases: Lease[] }).leases, this.#around.now())
    return { ...answer, value: call === 'pull' && this.version === 'old' ? disguisedPage(value) : value }
  }

  /** The power goes, now or at one of the next awaits. */
  crash(inSteps: number): void {
    const life = this.#life
    if (!life?.power.on) return
    if (inSteps > 0) life.power.cutIn(inSteps)
    else life.power.cutNow()
  }

  /** Lets a talk with the hub go on that gave way to a scan. */
  resume(): void {
    for (const resolve of this.#life?.pauses.splice(0) ?? []) resolve()
  }

  /** Begins the next talk with the hub; it goes on by itself until it waits for the network. */
  beginTalk(): void {
    const life = this.#life
    if (!life || life.talking) return
    life.talking = true
    this.#talk(life)
      .catch((error: unknown) => {
        if (!(error instanceof PowerCut)) this.#around.broken(`${this.stationId} sync: ${String(error)}`)
      })
      .finally(() => {
        life.talking = false
      })
  }

  async #talk(life: Life): Promise<void> {
    const { dice } = this.#around
    const env = await this.#environment(life)
    const kind = dice.next()
    const mayAsk = !this.#filling && !this.#numbersOpen
    if (kind < 0.25 && mayAsk) return void (await keepLeases(life.session, life.ports))
    if (kind < 0.35 && mayAsk) return void (await keepNumbers(life.session, life.ports, env))
    const action = await life.session.step()
    if (action.act !== 'rest') return
    if (!action.listening) {
      life.restUntil = this.now() + action.ms
      return
    }
    if (this.#filling || this.#numbersOpen) this.#comeBackToWork()
    life.session.wake(null)
  }

  /** What the app does once a rebuilt station is in step: numbers of its earlier life are taken out of use. */
  #comeBackToWork(): void {
    this.#filling = false
    this.#numbersOpen = false
  }

  async #finishNumbers(life: Life, setAside: boolean): Promise<void> {
    if (this.#around.forgetNumbers) return
    const env = await this.#environment(life)
    const jobIds = [...this.#printedJobs]
    await finishRebuild({ store: life.store, env, jobIds, setAside, at: this.now() })
  }

  /** One round of the drain at a run's end: everything that is to be done towards the hub. Answers whether it is quiet. */
  async drain(carry: () => Promise<void>): Promise<boolean> {
    const life = this.#life
    if (!life) return false
    for (let step = 0; step < 60; step++) {
      const action = await life.session.plan()
      if (action.act === 'rest' && action.listening && step > 0) break
      let over = false
      const stepping = life.session.step().finally(() => {
        over = true
      })
      while (!over) {
        await carry()
        this.resume()
      }
      await stepping
      if (action.act === 'rest') life.session.wake(null)
      if (life.session.state.trouble !== null) life.session.hurry()
    }
    if (this.#filling || this.#numbersOpen) {
      this.#comeBackToWork()
      return false
    }
    const { trouble } = life.session.state
    const waiting = await this.disk.read(['records'], (tx) =>
      tx.range('records', 'outboxCounter', { from: 0, limit: 1 }),
    )
    return waiting.length === 0 && trouble === null
  }

  trouble(): string {
    return JSON.stringify(this.#life?.session.state ?? null)
  }

  /** As the head bar would say it. */
  async isCurrent(): Promise<boolean> {
    const state = this.#life?.session.state
    const cursor = await this.cursor()
    return (
      state !== undefined && state.trouble === null && state.heardAt !== null && cursor >= state.hubSequence
    )
  }

  async #environment(life: Life): Promise<StationEnvironment> {
    const [code, mark] = await life.store.read(['settings', 'meta'], async (tx) => [
      (await tx.get('settings', stationSetting(this.stationId, 'code')))?.value,
      (await tx.get('meta', GENERATION_MARK))?.value,
    ])
    return {
      identity: life.identity,
      newId: () => this.#around.fresh(`${this.stationId}-`),
      stationCode: (typeof code === 'string' ? code : 'S1') + String(mark ?? ''),
      shopClock: DEFAULT_SHOP_CLOCK,
      shop: { name: '', phone: '', address: '' },
      sample: false,
    }
  }

  setPlan(plan: readonly Planned[]): void {
    this.#plan = [...plan]
  }

  /** The next scan or command of the plan; the power may go in the middle. */
  async workOn(): Promise<void> {
    const life = this.#life
    if (!life) return
    const again = this.#interrupted
    this.#interrupted = null
    const planned = again?.planned ?? this.#plan.shift()
    if (!planned) return
    if (again) this.#around.faults.note('repeatedCommand')
    const commandId = again?.commandId ?? this.#around.fresh(`${this.stationId}-c`)
    try {
      const env = await this.#environment(life)
      await this.#execute(life, env, { planned, commandId })
    } catch (error) {
      if (!(error instanceof PowerCut)) {
        this.#around.broken(`${this.stationId} ${JSON.stringify(planned).slice(0, 200)}: ${String(error)}`)
      } else if (this.#around.dice.chance(0.5)) this.#interrupted = { planned, commandId }
      else this.#plan = []
    }
  }

  async #execute(life: Life, env: StationEnvironment, { planned, commandId }: PlannedWithId): Promise<void> {
    const base = { commandId, at: this.now(), personId: 'p-manager' }
    const outcome =
      'scan' in planned
        ? await executeScan(life.store, env, { ...base, area: planned.scan, raw: planned.raw })
        : await executeCommand(life.store, env, { ...planned.command, ...base } as StationCommand)
    this.#waitingPrints.push(...outcome.printJobIds)
    if (this.#around.dice.chance(0.9)) await this.print(life.power)
  }

  /** The printer takes what was written down to be printed. */
  async print(power: Power | undefined = this.#life?.power): Promise<void> {
    const jobs = this.#waitingPrints.splice(0)
    for (const jobId of jobs) {
      if (!power?.on) return
      this.#printedJobs.add(jobId)
      const number = /^waybill-([^-]*)/.exec(jobId)?.[1]
      if (number === undefined) continue
      const parcels = await this.disk.read(['parcels'], (tx) => tx.where('parcels', 'waybillNumber', number))
      const mine = parcels.filter((row) => row.finish?.labelJobId === `waybill-${number}`)
      this.#around.printed(this.stationId, number, mine.map((row) => row.parcelId).join(' '))
    }
  }

  /** The journal follows the database, up to `most` records. */
  async pumpJournal(most: number): Promise<void> {
    const from = this.#journalCursor + 1
    const records = await this.disk.read(['records'], (tx) =>
      tx.range('records', null, { from, limit: most }),
    )
    for (const { seq, ...record } of records) {
      this.#journal.push(JSON.stringify(record))
      this.#journalCursor = seq ?? this.#journalCursor
    }
  }

  /** A copy of the data directory as it is now. */
  writeBackup(): void {
    this.#backups.push({ journal: [...this.#journal], printedJobs: new Set(this.#printedJobs) })
  }

  /** The database is gone, and the station comes back in one of four ways, under a new generation. */
  async rebuild(how: Comeback): Promise<void> {
    const { dice, faults, leases } = this.#around
    this.crash(0)
    this.#life = null
    leases.forgotten(this.stationId)
    this.#plan = []
    this.#interrupted = null
    this.#waitingPrints = []
    this.version = 'new'
    let setAside = how === 'torn' || how === 'backup'
    if (how === 'journal') {
      const lag = await this.disk.read(['records'], (tx) =>
        tx.range('records', null, { from: this.#journalCursor + 1 }),
      )
      setAside = lag.length > 0
      faults.note('rebuiltFromJournal')
    } else if (how === 'torn') {
      this.#journal.length = Math.max(0, this.#journal.length - dice.between(1, 12))
      faults.note('tornJournal')
    } else if (how === 'backup') {
      const backup = dice.pick(this.#backups)
      this.#journal = [...backup.journal]
      this.#printedJobs = new Set(backup.printedJobs)
      faults.note('restoredBackup')
    } else {
      this.#journal = []
      if (dice.chance(0.5)) this.#printedJobs = new Set()
      faults.note('rebuiltFromHub')
    }
    this.#backups =
      how === 'hub' ? [] : this.#backups.filter((backup) => backup.journal.length <= this.#journal.length)
    this.disk = createMemoryStore()
    await this.#replay()
    await this.#claim(null)
    await this.start()
    this.#filling = how === 'hub'
    this.#numbersOpen = how === 'hub' || setAside
    const life = this.#life as Life | null
    if (life) await this.#finishNumbers(life, setAside || how === 'hub')
  }

  async #replay(): Promise<void> {
    const records = this.#journal.flatMap((line): LogRecord[] => {
      const record = readJournalled(JSON.parse(line))
      if (record?.kind !== 'event') return record ? [record] : []
      return [{ ...record, data: undisguise(record.data) }]
    })
    for (let at = 0; at < records.length; at += 400)
      await this.disk.write(TABLE_NAMES, (tx) =>
        applyRecords(tx, records.slice(at, at + 400), this.stationId),
      )
  }

  get hasBackup(): boolean {
    return this.#backups.length > 0
  }

  /** A newer program on the same disk: what the old one could not read is read now. */
  async update(): Promise<void> {
    if (this.version === 'new') return
    this.version = 'new'
    this.#around.faults.note('updated')
    await this.disk.write(TABLE_NAMES, async (tx) => {
      for (const record of await tx.range('records', null, {})) {
        if (record.kind !== 'event') continue
        const data = undisguise(record.data)
        if (data !== record.data) tx.put('records', { ...record, data })
      }
      await readAgain(tx)
    })
    this.crash(0)
    await this.start()
  }

  async cursor(): Promise<number> {
    return this.disk.read(['meta'], async (tx) => Number((await tx.get('meta', HUB_CURSOR))?.value ?? 0))
  }
}

function disguisedPage(value: unknown): unknown {
  const page = value as { events: { event: Parameters<typeof disguise>[0] }[] }
  return { ...page, events: page.events.map((entry) => ({ ...entry, event: disguise(entry.event) })) }
}
