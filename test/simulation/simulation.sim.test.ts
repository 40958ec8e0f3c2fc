import { describe, expect, it } from 'vitest'
import { EVENT_TYPES } from '../../src/shared/station/event-types.ts'
import { keepFailure, readCorpus } from './corpus.ts'
import { GENERATORS } from './generators/all.ts'
import { runSeed } from './run-seed.ts'

const [from = 1, to = from] = (process.env.PACKBENCH_SIM_SEEDS ?? '1-16').split('-').map(Number)
const stations = Number(process.env.PACKBENCH_SIM_STATIONS ?? 4)
const commands = Number(process.env.PACKBENCH_SIM_COMMANDS ?? 120)
const minutes = Number(process.env.PACKBENCH_SIM_MINUTES ?? Number.POSITIVE_INFINITY)
const WHOLE_MS = 4 * 3_600_000

describe('simulation', () => {
  const corpus = readCorpus()
  for (const entry of corpus)
    it(
      `SYN-1 seed ${entry.seed} (${entry.stations} × ${entry.commands}), which failed once, holds`,
      async () => {
        const report = await runSeed(entry.seed, { ...entry, faults: true })
        expect(report.broken).toEqual([])
      },
      WHOLE_MS,
    )

  it(
    `SYN-1 SYN-2 SYN-3 SYN-4 LBL-5 STK-1 STK-3 seeds ${from}–${to} end equal, with nothing lost or doubled`,
    async () => {
      const until = Date.now() + minutes * 60_000
      const seen = new Set<string>()
      for (let seed = from; seed <= to && Date.now() < until; seed++) {
        const report = await runSeed(seed, { stations, commands, faults: true })
        if (report.broken.length > 0) keepFailure({ seed, stations, commands, found: [...report.broken] })
        expect(report.broken, `seed ${seed}`).toEqual([])
        for (const type of Object.keys(report.eventsByType)) seen.add(type)
      }
    },
    WHOLE_MS,
  )

  it('every type of event is made by a generator', async () => {
    const types = Object.keys(EVENT_TYPES)
    const named = new Set<string>(GENERATORS.flatMap((generator) => generator.makes))
    expect(types.filter((type) => !named.has(type))).toEqual([])
    const seen = new Set<string>()
    for (let seed = 1; seed <= 40 && types.some((type) => !seen.has(type)); seed++) {
      const { eventsByType } = await runSeed(seed, { stations: 5, commands: 220, faults: true })
      for (const type of Object.keys(eventsByType)) seen.add(type)
    }
    expect(types.filter((type) => !seen.has(type))).toEqual([])
  }, 240_000)

  it('a seed runs the same way twice', async () => {
    const options = { stations: 3, commands: 60, faults: true }
    expect(await runSeed(7, options)).toEqual(await runSeed(7, options))
  })
})
