import type { HubService } from '../../src/hub/hub-service.ts'
import type { HubStore } from '../../src/hub/hub-store.ts'
import { createMemoryHubStore } from '../../src/hub/stores/memory-hub-store.ts'
import { badgeHash } from '../../src/shared/station/areas/scan-badge.ts'
import { stationSetting } from '../../src/shared/station/station-settings.ts'
import type { StationStore } from '../../src/shared/station/store.ts'
import { TABLE_NAMES } from '../../src/shared/station/tables.ts'
import { TEST_SKUS } from '../../src/shared/station/test-station.ts'
import type { SyncAnswer, SyncRequest } from '../../src/shared/protocol/sync-messages.ts'
import { createDice, type Dice } from './dice.ts'
import { createFaultLog, type FaultKind } from './fault-log.ts'
import { GENERATORS } from './generators/all.ts'
import { command, type Planned } from './generators/generator.ts'
import { poolFile } from './generators/waybills.ts'
import { createHubProcess, type HubProcess } from './hub-process.ts'
import { checkEnd, readHub } from './invariants.ts'
import { createLeaseWatch } from './lease-watch.ts'
import { createNetwork, type Message, type Network } from './network.ts'
import { type Comeback, SimStation } from './sim-station.ts'
import { isLaterType } from './versions.ts'

export interface SeedOptions {
  readonly stations: number
  /** Scans and commands per station. */
  readonly commands: number
  readonly faults: boolean
  /** Bugs planted around the ports, to see whether they are found. */
  readonly planted?: Planted
  /** Another hub store than the one in memory. */
  readonly hubStore?: HubStore
}

export interface Planted {
  readonly hubStore?: (store: HubStore) => HubStore
  readonly hubService?: (service: HubService) => HubService
  readonly syncStore?: (store: StationStore) => StationStore
  /** What the app does about waybill numbers after a rebuild is left out. */
  readonly forgetNumbers?: boolean
}

export interface SeedReport {
  readonly seed: number
  readonly stations: number
  readonly commands: number
  readonly events: number
  readonly eventsByType: Readonly<Record<string, number>>
  readonly faults: Readonly<Record<FaultKind, number>>
  /** What does not hold; empty for a good run. */
  readonly broken: readonly string[]
}

const START = Date.UTC(2026, 10, 22, 2, 0, 0)

/** Runs one seed: a shop of several stations and a hub, from set-up to the last comparison. */
export async function runSeed(seed: number, options: SeedOptions): Promise<SeedReport> {
  const world = createWorld(seed, options)
  await setUp(world)
  await work(world)
  await windUp(world)
  const broken = [...world.broken, ...world.leases.collisions]
  broken.push(
    ...(await checkEnd({
      hub: world.hub.store,
      stations: world.stations,
      acknowledged: world.acknowledged,
      printed: world.printed,
      loadedOn: world.loadedOn,
    })),
  )
  const events = await readHub(world.hub.store)
  const eventsByType: Record<string, number> = {}
  for (const { event } of events) eventsByType[event.type] = (eventsByType[event.type] ?? 0) + 1
  const { stations } = options
  const { counts: faults } = world.faults
  return { seed, stations, commands: world.done, events: events.length, eventsByType, faults, broken }
}

type World = ReturnType<typeof createWorld>

function createWorld(seed: number, options: SeedOptions) {
  const dice = createDice(seed)
  const faults = createFaultLog()
  const leases = createLeaseWatch()
  const acknowledged = new Set<string>()
  const printed = new Map<string, Set<string>>()
  const loadedOn = new Map<string, Set<string>>()
  const broken: string[] = []
  let now = START
  let minted = 0
  const memory = options.hubStore ?? createMemoryHubStore()
  const hub = createHubProcess({
    store: options.planted?.hubStore?.(memory) ?? memory,
    dice: dice.fork(),
    faults,
    clock: () => now,
    nameOf: (stationId) => `工位 ${stationId}`,
    onAnswer: (message, answer, late) => noteAnswer({ acknowledged, broken }, message, answer, late),
    ...(options.planted?.hubService ? { tamper: options.planted.hubService } : {}),
  })
  const network = createNetwork({
    dice: dice.fork(),
    faults,
    deliver: (message, late) => hub.answer(message, late),
    faulty: options.faults,
  })
  const surroundings = {
    network,
    dice: dice.fork(),
    faults,
    leases,
    now: () => now,
    fresh: (prefix: string) => `${prefix}${++minted}`,
    printed: (_stationId: string, number: string, parcelIds: string) => {
      const known = printed.get(number) ?? new Set<string>()
      for (const parcelId of parcelIds.split(' ')) if (parcelId !== '') known.add(parcelId)
      printed.set(number, known)
    },
    broken: (what: string) => {
      broken.push(what)
    },
    tamperStore: options.planted?.syncStore,
    forgetNumbers: options.planted?.forgetNumbers,
  }
  const stations = Array.from(
    { length: options.stations },
    (_, index) => new SimStation(`S${index + 1}`, surroundings),
  )
  return {
    dice,
    faults,
    leases,
    acknowledged,
    printed,
    loadedOn,
    broken,
    hub,
    network,
    stations,
    surroundings,
    options,
    done: 0,
    /** Commands of a station left to do. */
    left: new Map(stations.map((station) => [station.stationId, options.commands])),
    now: () => now,
    pass: (ms: number) => {
      now += ms
    },
  }
}

function noteAnswer(
  { acknowledged, broken }: { acknowledged: Set<string>; broken: string[] },
  message: Message,
  answer: unknown,
  late: boolean,
): void {
  if (message.call !== 'push') return
  const request = JSON.parse(message.body) as SyncRequest<'push'>
  const pushed = answer as SyncAnswer<'push'>
  if (pushed.tag === 'generationClosed' && !late)
    broken.push(`${message.stationId} heard that its generation is closed`)
  if (pushed.tag !== 'taken') return
  for (const result of pushed.results)
    if (result.tag === 'quarantined')
      broken.push(`the hub set aside ${message.stationId} ${result.counter}: ${result.reason}`)
    else acknowledged.add(`${message.stationId}.${request.generation}.${result.counter}`)
}

/** Lets everything run that waits for nothing but its turn. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const person = (
  personId: string,
  name: string,
  badge: string,
  roles: readonly ('manager' | 'receivingClerk' | 'picker' | 'packer')[],
) =>
  command({
    type: 'SavePerson',
    person: { personId, name, roles: [...roles], badgeHash: badgeHash(badge), pinHash: 'x', active: true },
  })

/** The first station sets the shop up and the others take it over from the hub; some have done work of their own. */
async function setUp(world: World): Promise<void> {
  const { stations, dice } = world
  for (const [index, station] of stations.entries()) {
    await station.install()
    const alone = index === 0 || dice.chance(0.2)
    await carryOut(station, alone ? shopPlan() : [])
  }
  for (const station of stations) await station.drain(() => world.network.moveOne())
  for (const [index, station] of stations.entries()) {
    await station.drain(() => world.network.moveOne())
    const settings = { [stationSetting(station.stationId, 'code')]: `P${index + 1}X` }
    await carryOut(station, [command({ type: 'SaveSettings', settings })])
    if (world.options.faults && dice.chance(0.2)) {
      station.version = 'old'
      world.faults.note('oldVersion')
    }
    if (dice.chance(0.7)) station.turnClock(dice.between(-90_000, 90_000))
  }
}

async function carryOut(station: SimStation, plan: readonly Planned[]): Promise<void> {
  station.setPlan(plan)
  while (station.hasPlan) await station.workOn()
}

function shopPlan(): Planned[] {
  return [
    person('p-manager', '张主管', '1001', ['manager']),
    person('p-clerk', '王收货', '1002', ['receivingClerk', 'picker', 'packer']),
    command({ type: 'ImportSkus', file: 'catalogue.csv', skus: TEST_SKUS.slice(0, 4) }),
    command({
      type: 'ImportBins',
      file: 'bins.csv',
      bins: [
        { code: 'A-01-1-01', kind: 'pick', capacity: 120, category: '牛仔裤' },
        { code: 'B-01-1-01', kind: 'pick', capacity: 120, category: 'T恤' },
      ],
    }),
    command({ type: 'LoadWaybills', file: 'pool-0', waybills: poolFile('pool-0') }),
  ]
}

/** The long middle: whoever the dice choose does their next step, until everybody has done their work. */
async function work(world: World): Promise<void> {
  const { dice, left } = world
  const everything = (): boolean => [...left.values()].every((count) => count <= 0)
  for (
    let turns = 0;
    !everything() && turns < world.options.commands * world.options.stations * 40;
    turns++
  ) {
    if (world.broken.length > 0) return
    world.pass(dice.chance(0.004) ? dice.between(10_000, 90_000) : dice.between(20, 400))
    await turn(world)
    await settle()
  }
}

async function turn(world: World): Promise<void> {
  const { dice, stations, network } = world
  const station = dice.pick(stations)
  const chance = dice.next()
  if (chance < 0.42) await personActs(world, station)
  else if (chance < 0.6) {
    if (!station.isUp) await station.start()
    else if (!station.isTalking && station.isRested) station.beginTalk()
  } else if (chance < 0.86) await network.moveOne()
  else if (chance < 0.91) station.resume()
  else if (chance < 0.96) await station.pumpJournal(dice.between(1, 60))
  else if (chance < 0.97) await station.print()
  else if (world.options.faults) await somethingFails(world, station)
}

async function personActs(world: World, station: SimStation): Promise<void> {
  const left = world.left.get(station.stationId) ?? 0
  if (left <= 0 || !station.mayWork) return
  if (!station.hasPlan) station.setPlan(await think(world, station))
  if (!station.hasPlan) return
  world.left.set(station.stationId, left - 1)
  world.done++
  await station.workOn()
}

async function think(world: World, station: SimStation): Promise<readonly Planned[]> {
  const generator = world.dice.weighted(GENERATORS)
  if (station.version === 'old' && generator.makes.some(isLaterType)) return []
  const current = await station.isCurrent()
  const plan = await station.disk.read(TABLE_NAMES, (tx) =>
    generator.plan({
      dice: world.dice,
      stationId: station.stationId,
      tx,
      now: station.now(),
      current,
      fresh: world.surroundings.fresh,
      wasPrinted: (number) => world.printed.has(number),
    }),
  )
  noteLoads(world, station.stationId, plan)
  return plan
}

/** Who has taken a pool in: a load may be lost with its station, and what was printed of it is not. */
function noteLoads({ loadedOn }: World, stationId: string, plan: readonly Planned[]): void {
  for (const planned of plan) {
    if (!('command' in planned) || planned.command.type !== 'LoadWaybills') continue
    for (const { number } of planned.command.waybills)
      loadedOn.set(number, new Set([...(loadedOn.get(number) ?? []), stationId]))
  }
}

interface Mishap {
  readonly weight: number
  happen(world: World, station: SimStation): void | Promise<void>
}

const MISHAPS: readonly Mishap[] = [
  { weight: 20, happen: cutOrMend },
  { weight: 12, happen: (world) => world.network.redeliver() },
  { weight: 12, happen: stationCrash },
  { weight: 6, happen: (world) => hubFails(world.hub, world.dice) },
  { weight: 5, happen: clockJump },
  { weight: 8, happen: (_world, station) => station.writeBackup() },
  { weight: 3, happen: (_world, station) => station.update() },
  { weight: 4, happen: comeBack },
]

const somethingFails = (world: World, station: SimStation): void | Promise<void> =>
  world.dice.weighted(MISHAPS).happen(world, station)

function cutOrMend({ network, faults, dice }: World, { stationId }: SimStation): void {
  if (network.isCut(stationId)) {
    if (dice.chance(0.6)) network.mend(stationId)
    return
  }
  faults.note('cut')
  network.cut(stationId)
}

function stationCrash({ faults, dice }: World, station: SimStation): void {
  if (!station.isUp) return
  faults.note('stationCrash')
  station.crash(dice.between(0, 60))
}

function hubFails(hub: HubProcess, dice: Dice): void {
  if (!hub.up) hub.restart()
  else if (dice.chance(0.2)) hub.restart()
  else hub.crashNext(dice.chance(0.5) ? 'before' : 'after')
}

function clockJump({ faults, dice }: World, station: SimStation): void {
  faults.note('clockJump')
  station.turnClock(dice.chance(0.2) ? dice.between(-40, 40) * 3_600_000 : dice.between(-300_000, 300_000))
}

function comeBack({ dice }: World, station: SimStation): Promise<void> {
  const ways: Comeback[] = ['journal', 'torn', 'hub']
  if (station.hasBackup) ways.push('backup', 'backup')
  return station.rebuild(dice.pick(ways))
}

/** The network heals, everybody is updated and started, and all goes on until nothing is left to be done. */
async function windUp(world: World): Promise<void> {
  const { network, hub, stations, broken } = world
  if (broken.length > 0) return
  network.heal()
  if (!hub.up) hub.restart()
  await quieten(world.network, stations)
  for (const station of stations) {
    station.crash(0)
    await station.update()
    await station.start()
  }
  for (let round = 0; round < 12; round++) {
    world.pass(70_000)
    if (!hub.up) hub.restart()
    let quiet = true
    for (const station of stations) quiet = (await station.drain(() => network.moveOne())) && quiet
    const last = await hub.store.lastSequence('main')
    const cursors = await Promise.all(stations.map((station) => station.cursor()))
    if (quiet && cursors.every((cursor) => cursor === last)) return
  }
  for (const station of stations) broken.push(`not quiet: ${station.stationId} ${station.trouble()}`)
}

/** What is under way ends. */
async function quieten(network: Network, stations: readonly SimStation[]): Promise<void> {
  for (
    let round = 0;
    round < 200 && (network.waiting > 0 || stations.some((station) => station.isTalking));
    round++
  ) {
    await network.moveOne()
    for (const station of stations) station.resume()
    await settle()
  }
}
